import { enrolledAt, profileId } from '../member/profile.ts';
import { type MemberSnapshot, recordOf } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { inSegment } from '../tiers/segment.ts';
import { tierAt } from '../tiers/tier.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CustomerEvent, EventSubject } from './event.ts';
import { type LocalDay, localDayAt } from './local-day.ts';

/** Members as they are now. */
export type Snapshots = (members: Iterable<string>) => ReadonlyMap<string, MemberSnapshot>;

/** One event with what its rules ask about it: everything as it was when the event happened. */
export interface EventContext {
  readonly compiled: CompiledProgram;
  readonly event: CustomerEvent;
  readonly subject: EventSubject;
  readonly member: MemberSnapshot;
  readonly day: LocalDay;
  readonly tier: string | undefined;
  /** Other members, of those whose points the event may move. */
  readonly snapshots: Snapshots;
  readonly rates: RateBook;
  /** Of the posting: which currencies members still have is decided by its day. */
  readonly now: Instant;
}

interface ContextInput {
  readonly compiled: CompiledProgram;
  readonly event: CustomerEvent;
  readonly subject: EventSubject;
  readonly member: MemberSnapshot;
  readonly snapshots: Snapshots;
  readonly rates: RateBook;
  readonly now: Instant;
}

export function contextOf(input: ContextInput): EventContext {
  const { compiled, event, subject, member, snapshots, rates, now } = input;
  const { program } = compiled;
  const day = localDayAt(event.occurredAt, program.timeZone);
  const tier = program.tiers && tierAt(member, program, event.occurredAt);
  return { compiled, event, subject, member, day, tier, snapshots, rates, now };
}

/** Whether the member is in one of the segments. */
export function isInSegments(context: EventContext, segments: readonly string[]): boolean {
  const { compiled, member: snapshot, event } = context;
  return segments.some((segment) =>
    inSegment({ compiled, snapshot, segment, at: event.occurredAt }),
  );
}

export function isOnTiers({ tier }: EventContext, tiers: readonly string[]): boolean {
  return tier !== undefined && tiers.includes(tier);
}

export function memberSince({ member, compiled }: EventContext): LocalDate | undefined {
  const since = enrolledAt(member);
  return since === undefined ? undefined : localDayAt(since, compiled.program.timeZone).date;
}

export function isEnrolled(member: MemberSnapshot): boolean {
  return recordOf(member, 'profile', profileId) !== undefined;
}
