import { type Decision, emptyDecision, type Movement } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { Program } from '../program/schema.ts';
import { movedRecords } from './merge-records.ts';

interface Stranded {
  readonly program: Program;
  readonly survivor: MemberSnapshot;
  /** Merged into the survivor. */
  readonly from: MemberSnapshot;
  /** Tells what is moved now from what was moved before. */
  readonly hash: string;
}

/**
 * What was on its way to a member while it was merged into another follows, points and records;
 * `undefined` where nothing was.
 */
export function strandedDecision(input: Stranded): Decision | undefined {
  const movements = absorbed(input.survivor.member, input.from);
  const records = movedRecords(input);
  if (movements.length + records.length === 0) return undefined;
  const explanation = { reason: 'CAME_AFTER_MERGE', inputs: { from: input.from.member } };
  return { ...emptyDecision('merge', explanation), movements, records };
}

/** All points of a member, unit by unit, to the one it was merged into. */
export function absorbed(member: string, from: MemberSnapshot): Movement[] {
  const held = [...from.balances].filter(([, { lots, debt, pending, vesting }]) =>
    [...lots.values(), debt, pending, ...vesting.values()].some((points) => points !== 0n),
  );
  return held.map(([unit]) => ({ kind: 'absorb', member, unit, fromMember: from.member }));
}
