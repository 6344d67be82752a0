import type { CustomerEvent, EventSubject } from '../earning/event.ts';
import type { AwardRecord, EntryKind } from '../ledger/entry.ts';
import { type Decision, emptyDecision, type RecordWrite } from '../member/decision.ts';
import { type MemberSnapshot, type RecordKind, recordKey, recordOf } from '../member/snapshot.ts';
import type { Fraction } from '../money/fraction.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Instant, type LocalDate, localDateAt } from '../time.ts';

/** An event of a member, as the ways to earn beside the earning rules see it. */
export interface WayInput {
  readonly compiled: CompiledProgram;
  readonly event: CustomerEvent;
  readonly subject: EventSubject;
  readonly member: MemberSnapshot;
  /** Of the event's (source, id): names what it makes. */
  readonly hash: string;
  /** What the earning rules gave for it: metrics that count points need them. */
  readonly awards?: readonly AwardRecord[];
  /** Minor units of the program's currency for one of the event's, where metrics ask for it. */
  readonly toProgram?: Fraction;
}

/** A record's next value over the version that was read; `undefined` removes it. */
export function recordWrite(
  snapshot: MemberSnapshot,
  { kind, id, next }: { readonly kind: RecordKind; readonly id: string; readonly next: unknown },
): RecordWrite {
  const before = recordOf(snapshot, kind, id);
  const { member } = snapshot;
  return { member, kind, id, ...(before && { version: before.version }), next };
}

/** The member as the writes leave them, for whoever decides next in the same posting. */
export function withRecords(
  snapshot: MemberSnapshot,
  writes: readonly RecordWrite[],
): MemberSnapshot {
  const records = new Map(snapshot.records);
  for (const { member, kind, id, version = 0, next } of writes) {
    if (member !== snapshot.member) continue;
    const key = recordKey(kind, id);
    if (next === undefined) records.delete(key);
    else records.set(key, { kind, id, version: version + 1, value: next });
  }
  return { ...snapshot, records };
}

/** A decision that writes records and moves nothing; `why` goes into its explanation. */
export function recordDecision(
  reason: string,
  records: readonly RecordWrite[],
  why: Readonly<Record<string, string>> = {},
): Decision {
  const inputs = Object.keys(why).length === 0 ? {} : { inputs: why };
  return { ...emptyDecision(kindOfChange, { reason, ...inputs }), records };
}

const kindOfChange: EntryKind = 'change';

export function dayOf({ program }: CompiledProgram, at: Instant): LocalDate {
  return localDateAt(at, program.timeZone);
}

/** From the start of one day to the start of another, which is no longer in it. */
export function isBetween(
  between: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
  day: LocalDate,
): boolean {
  const { from, to } = between ?? {};
  return (from === undefined || day >= from) && (to === undefined || day < to);
}
