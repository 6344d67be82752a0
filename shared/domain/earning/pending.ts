import * as z from 'zod/mini';
import type { AwardRecord, Entry, LotKey } from '../ledger/entry.ts';
import {
  type Decision,
  type DueWork,
  emptyDecision,
  type Movement,
  type RecordWrite,
} from '../member/decision.ts';
import { type MemberSnapshot, recordOf, recordsOf, type StoredRecord } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { EarningRule } from '../program/schema.ts';
import { addDays, type Instant, instantOf, type LocalDate, startOfDay } from '../time.ts';

const pendingAward = z.strictObject({
  /** Place among the awards of the entry. */
  award: z.int(),
  rule: z.string(),
  unit: z.string(),
  /**
   * What still waits, by the award's own parts: less than was earned after a return. Last comes
   * what is to be donated of it, with the charity.
   */
  parts: z.array(
    z.strictObject({
      member: z.string(),
      points: z.string(),
      charity: z.optional(z.string()),
    }),
  ),
  /** In the order of the rule's `until`. */
  requirements: z.array(
    z.strictObject({
      /** The last day on which it can be met. */
      by: z.optional(z.string()),
      /** When it was met, epoch milliseconds. */
      metAt: z.optional(z.int()),
    }),
  ),
  /** The last day on which the points wait. */
  forfeitAfter: z.optional(z.string()),
  /** Decided awards stand on only while others wait, or where not all fared alike. */
  state: z.enum(['waiting', 'activated', 'forfeited']),
  /** Where activated points went. */
  lot: z.optional(z.string()),
});

const pendingRecord = z.strictObject({
  /** Of the event, epoch milliseconds. */
  occurredAt: z.int(),
  awards: z.array(pendingAward),
});

export type PendingAward = z.output<typeof pendingAward>;

/** What waits of one event, as its record says. The record's id is the event's hash. */
export interface PendingRecord {
  readonly stored: StoredRecord;
  readonly occurredAt: Instant;
  readonly awards: readonly PendingAward[];
}

export function pendingRecordOf(snapshot: MemberSnapshot, hash: string): PendingRecord | undefined {
  const stored = recordOf(snapshot, 'pending', hash);
  return stored && parsed(stored);
}

function parsed(stored: StoredRecord): PendingRecord {
  const { occurredAt, awards } = z.parse(pendingRecord, stored.value);
  return { stored, occurredAt: instantOf(occurredAt), awards };
}

interface NewPending {
  readonly pending: NonNullable<EarningRule['pending']>;
  readonly record: AwardRecord;
  /** Place among the awards of the entry. */
  readonly award: number;
  /** Of the event, whose donations these are. */
  readonly member: string;
  readonly earnedOn: LocalDate;
}

/** How a rule's award waits, beginning on the day of its event. */
export function pendingAwardOf(input: NewPending): PendingAward {
  const { pending, record, award, member, earnedOn } = input;
  const { until, forfeitAfterDays } = pending;
  const { rule, unit, parts, donated } = record;
  const kept = parts.map((part) => ({ member: part.member, points: part.points.toString() }));
  const given = donated && { member, points: `${donated.points}`, charity: donated.charity };
  return {
    ...{ award, rule, unit, state: 'waiting' },
    parts: given === undefined ? kept : [...kept, given],
    requirements: until.map(({ withinDays }) =>
      withinDays === undefined ? {} : { by: addDays(earnedOn, withinDays) },
    ),
    ...(forfeitAfterDays !== undefined && { forfeitAfter: addDays(earnedOn, forfeitAfterDays) }),
  };
}

/** The first writing of a record. */
export function newPendingRecord(
  member: string,
  id: string,
  occurredAt: Instant,
  awards: readonly PendingAward[],
): RecordWrite {
  return { member, kind: 'pending', id, next: { occurredAt, awards } };
}

/**
 * Whether the currency of an award has been replaced since it was earned: then the record alone
 * tells how much it is.
 */
export function isMigrated({ award, unit }: PendingAward, { awards = [] }: Entry): boolean {
  const earned = awards[award];
  return earned !== undefined && earned.unit !== unit;
}

/**
 * The record with its awards changed; removed when nothing waits and all fared alike, unless the
 * entry that it is of cannot tell any more how much they are.
 */
export function pendingWrite(
  member: string,
  { stored, occurredAt }: PendingRecord,
  awards: readonly PendingAward[],
  earnedBy?: Entry,
): RecordWrite {
  const states = new Set(awards.map(({ state }) => state));
  const isTold = earnedBy === undefined || !awards.some((award) => isMigrated(award, earnedBy));
  const over = !states.has('waiting') && states.size <= 1 && isTold;
  const { id, version } = stored;
  return { member, kind: 'pending', id, version, next: over ? undefined : { occurredAt, awards } };
}

/**
 * The record with what a return has left of its awards. What has been decided stays: only the
 * record tells it, where a return has taken all that still waited.
 */
export function pendingAfterReturn(
  member: string,
  { stored, occurredAt }: PendingRecord,
  awards: readonly PendingAward[],
): RecordWrite {
  const next = awards.length === 0 ? undefined : { occurredAt, awards };
  return { member, kind: 'pending', id: stored.id, version: stored.version, next };
}

/** The last day on which an award may still be activated; `undefined`: it waits for ever. */
export function lastDay({ requirements, forfeitAfter }: PendingAward): LocalDate | undefined {
  const unmet = requirements.filter(({ metAt }) => metAt === undefined).map(({ by }) => by);
  const [first] = [forfeitAfter, ...unmet].filter((day) => day !== undefined).sort();
  return first as LocalDate | undefined;
}

/** Where activated points went. */
export function lotOf({ lot }: PendingAward): LotKey | undefined {
  return lot as LotKey | undefined;
}

/** What still waits when so many points of each part have been taken. */
export function withoutPoints(award: PendingAward, taken: readonly bigint[]): PendingAward {
  const parts = award.parts.map((part, index) => ({
    ...part,
    points: (BigInt(part.points) - (taken[index] ?? 0n)).toString(),
  }));
  return { ...award, parts };
}

type PendingEnd = { readonly kind: 'vest'; readonly lot: LotKey } | { readonly kind: 'breakage' };

/** Moves all that waits of an award; what vests and is donated goes to its charity. */
export function pendingMovements({ unit, parts }: PendingAward, end: PendingEnd): Movement[] {
  return parts.flatMap(({ member, points: text, charity }): Movement[] => {
    const points = BigInt(text);
    if (points === 0n) return [];
    const moved = { member, unit, points };
    if (end.kind === 'breakage') return [{ kind: 'unpend', ...moved, to: 'breakage' }];
    if (charity === undefined) return [{ kind: 'vest', ...moved, lot: end.lot }];
    return [
      { kind: 'unpend', ...moved, to: 'issued' },
      { kind: 'donate', ...moved, charity },
    ];
  });
}

interface PendingDueInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly now: Instant;
}

/** Points that have waited too long, each forfeited when the day after its last one begins. */
export function pendingDue({ compiled, snapshot, now }: PendingDueInput): DueWork[] {
  const { timeZone } = compiled.program;
  return recordsOf(snapshot, 'pending').flatMap((stored) => {
    const record = parsed(stored);
    const waiting = record.awards.filter(({ state }) => state === 'waiting');
    const lastDays = new Set(waiting.map(lastDay).filter((day) => day !== undefined));
    return [...lastDays].flatMap((last) => {
      const at = startOfDay(addDays(last, 1), timeZone);
      if (at > now) return [];
      const id = `forfeit:${snapshot.member}:${stored.id}:${last}`;
      return [{ at, id, decision: forfeiture(snapshot.member, record, last) }];
    });
  });
}

/** Everything of a record whose last day is not after `last` is gone. */
function forfeiture(member: string, record: PendingRecord, last: LocalDate): Decision {
  const isOver = (award: PendingAward) => {
    const day = lastDay(award);
    return award.state === 'waiting' && day !== undefined && day <= last;
  };
  const over = record.awards.filter(isOver);
  const awards = record.awards.map((award) =>
    isOver(award) ? { ...award, state: 'forfeited' as const } : award,
  );
  const rule = over[0]?.rule;
  return {
    ...emptyDecision('forfeiture', {
      ...(rule !== undefined && { rule }),
      reason: 'FORFEITED',
      inputs: { lastDay: last },
    }),
    movements: over.flatMap((award) => pendingMovements(award, { kind: 'breakage' })),
    records: [pendingWrite(member, record, awards)],
  };
}
