import { invariant } from '../result.ts';
import type { Instant } from '../time.ts';

/**
 * The first day on which a lot can no longer be spent, `yymmdd` in the program's zone (2000-2099).
 */
export type LotKey = string & { readonly lot: unique symbol };

/**
 * What a leg moves value on. Liabilities of a member are positive; program accounts balance them.
 */
export type Account =
  | { readonly kind: 'lot'; readonly member: string; readonly lot: LotKey }
  | { readonly kind: 'debt'; readonly member: string }
  | { readonly kind: 'issued' | 'held' | 'redeemed' | 'breakage' | 'rewardCost' }
  | { readonly kind: 'providerPayable'; readonly provider: string };

/** `unit` is a points code or an ISO 4217 code; `amount` is whole points or minor units. */
export interface Leg {
  readonly account: Account;
  readonly unit: string;
  readonly amount: bigint;
}

export type EntryKind = 'accrual' | 'return' | 'hold' | 'capture' | 'release';

/** Where an entry is stored, which is also what makes it happen at most once. */
export type EntryKey =
  | {
      readonly at: 'event';
      readonly program: string;
      readonly hash: string;
      readonly part: EventPart;
    }
  | { readonly at: 'redemption'; readonly redemption: string; readonly part: string };

/** `0` is the entry of the event itself, `A` what a return took once its original had arrived. */
export type EventPart = '0' | 'A';

/** Why an event earned what it earned: rule, inputs and arithmetic, short enough to store. */
export interface Explanation {
  readonly rule?: string;
  readonly reason: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** One balanced ledger transaction: immutable once written. */
export interface Entry {
  readonly key: EntryKey;
  readonly kind: EntryKind;
  readonly program: string;
  readonly member: string;
  readonly legs: readonly Leg[];
  /** Decides rules and expiry. */
  readonly occurredAt: Instant;
  /** Decides the day in the books. */
  readonly postedAt: Instant;
  /** Hash of the body's business fields: the same key with another hash is a conflict. */
  readonly bodyHash: string;
  readonly explanation: Explanation;
  /** Names the delivery that won, so that its own redelivery is not taken for a duplicate. */
  readonly delivery?: string;
}

/** Sum of the legs in each unit. */
export function sumByUnit(legs: Iterable<Leg>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const leg of legs) sums.set(leg.unit, (sums.get(leg.unit) ?? 0n) + leg.amount);
  return sums;
}

/** Promise P4: throws unless the legs sum to zero in each unit. */
export function assertBalanced(legs: readonly Leg[]): void {
  for (const [unit, sum] of sumByUnit(legs)) {
    invariant(sum === 0n, `Legs leave ${sum} ${unit} over: an entry must balance.`);
  }
}

/** What the legs give members (negative: take), lots and debt together. */
export function memberPoints(legs: readonly Leg[]): bigint {
  return legs
    .filter(({ account }) => account.kind === 'lot' || account.kind === 'debt')
    .reduce((sum, { amount }) => sum + amount, 0n);
}
