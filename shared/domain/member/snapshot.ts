import { type Balance, emptyBalance } from '../points/balance.ts';
import { type Program, primaryUnit } from '../program/schema.ts';
import type { Standing } from './standing.ts';

/** What a member has beside balances, one item each; every way to earn parses its own. */
export const recordKinds = [
  'profile',
  'pending',
  'entitlement',
  'progress',
  'referral',
  'membership',
  'survey',
  'occasion',
  'envelope',
  'approval',
] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface StoredRecord {
  readonly kind: RecordKind;
  /** Unique among the member's records of the kind. */
  readonly id: string;
  /** One more with each write: a writer names the one it has read. */
  readonly version: number;
  /** JSON; parsed by whoever owns the kind. */
  readonly value: unknown;
}

/** One member as read at once. */
export interface MemberSnapshot {
  readonly member: string;
  /** By unit; a unit without a balance is empty. */
  readonly balances: ReadonlyMap<string, Balance>;
  /** By `recordKey`. */
  readonly records: ReadonlyMap<string, StoredRecord>;
}

export function emptySnapshot(member: string): MemberSnapshot {
  return { member, balances: new Map(), records: new Map() };
}

export function recordKey(kind: RecordKind, id: string): string {
  return `${kind}#${id}`;
}

export function recordOf(
  { records }: MemberSnapshot,
  kind: RecordKind,
  id: string,
): StoredRecord | undefined {
  return records.get(recordKey(kind, id));
}

export function recordsOf({ records }: MemberSnapshot, kind: RecordKind): StoredRecord[] {
  return [...records.values()].filter((record) => record.kind === kind);
}

export function balanceIn({ balances }: MemberSnapshot, unit: string): Balance {
  return balances.get(unit) ?? emptyBalance;
}

/** Counters, metrics and tier: they stand on the balance of the program's first unit. */
export function standingOf(snapshot: MemberSnapshot, program: Program): Standing {
  return balanceIn(snapshot, primaryUnit(program)).standing;
}
