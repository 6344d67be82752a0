import { pendingDue } from '../earning/pending.ts';
import { pointsDue } from '../points/due.ts';
import { migrationsDue } from '../points/migration.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { targetsDue } from '../tiers/target.ts';
import { tiersDue } from '../tiers/tier.ts';
import type { Instant } from '../time.ts';
import { waysDue } from '../ways/ways.ts';
import type { DueWork } from './decision.ts';
import type { MemberSnapshot } from './snapshot.ts';

export interface DueInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}

/** In this order where several things are due at one instant: points before what looks at them. */
const sources = [pendingDue, pointsDue, migrationsDue, targetsDue, waysDue, tiersDue] as const;

/** What the member's calendar brings next, if anything is due by now. */
export function nextDue(input: DueInput): DueWork | undefined {
  let next: DueWork | undefined;
  for (const due of sources) {
    for (const work of due(input)) if (next === undefined || work.at < next.at) next = work;
  }
  return next;
}
