import { localDayAt } from '../earning/local-day.ts';
import { enrolledAt, profileOf } from '../member/profile.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Segment } from '../program/schema.ts';
import { invariant } from '../result.ts';
import { addDays, type Instant } from '../time.ts';
import { meets, monthsOn } from './condition.ts';
import { tierAt } from './tier.ts';
import { dayOf, levelAt, levelOf, rankOf, tierView } from './tier-view.ts';

export interface SegmentInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  /** The id of a segment. */
  readonly segment: string;
  readonly at: Instant;
}

/** Whether a member is in a segment at an instant. Who was never enrolled is in no list. */
export function inSegment(input: SegmentInput): boolean {
  const { compiled, snapshot, at } = input;
  const segment = compiled.program.segments.find(({ id }) => id === input.segment);
  invariant(segment !== undefined, 'A program names only segments that it has.');
  switch (segment.kind) {
    case 'listed':
      return profileOf(snapshot)?.segments.includes(segment.id) ?? false;
    case 'tier': {
      const level = tierAt(snapshot, compiled.program, at);
      return level !== undefined && segment.levels.includes(level);
    }
    case 'nearTier':
      return isNear(input, segment);
    case 'enrolledWithin':
      return isNew(input, segment.days);
  }
}

function isNear(
  { compiled, snapshot, at }: SegmentInput,
  { level, withinPercent }: Extract<Segment, { kind: 'nearTier' }>,
): boolean {
  const view = tierView(snapshot, compiled.program);
  if (view === undefined) return false;
  const { tiers, standing } = view;
  const rank = rankOf(tiers, level);
  const { qualify } = levelOf(tiers, rank);
  if (qualify === undefined || rankOf(tiers, levelAt(tiers, standing, at)) >= rank) return false;
  return meets(view, qualify, monthsOn(view, dayOf(view, at)), withinPercent);
}

/** The day of enrolment is the first of the days. */
function isNew({ compiled, snapshot, at }: SegmentInput, days: number): boolean {
  const enrolled = enrolledAt(snapshot);
  if (enrolled === undefined || at < enrolled) return false;
  const { timeZone } = compiled.program;
  const since = localDayAt(enrolled, timeZone).date;
  return localDayAt(at, timeZone).date < addDays(since, days);
}
