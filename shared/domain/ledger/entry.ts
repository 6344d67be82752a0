import type { Fraction, Rounding } from '../money/fraction.ts';
import { invariant } from '../result.ts';
import type { Instant, LocalDate } from '../time.ts';

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
  /** Not yet spendable: until `vestOn`, or until an event that names the accrual. */
  | { readonly kind: 'pending'; readonly member: string; readonly vestOn?: LotKey }
  | { readonly kind: ProgramAccount }
  /** Owed to a charity. */
  | { readonly kind: 'donation'; readonly charity: string }
  | { readonly kind: 'providerPayable'; readonly provider: string };

/** `unit` is a points code or an ISO 4217 code; `amount` is whole points or minor units. */
export interface Leg {
  readonly account: Account;
  readonly unit: string;
  readonly amount: bigint;
}

export type ProgramAccount =
  | 'issued'
  | 'held'
  | 'redeemed'
  | 'breakage'
  | 'rewardCost'
  | 'migrated'
  | 'adjusted'
  | 'converted'
  /** What conversions took in (positive) and gave, by currency. */
  | 'fxPosition'
  /** What rounding gave beyond the whole minor units of an exact result. */
  | 'rounding'
  /** Parts of prices that merchants have collected for rewards. */
  | 'merchantReceivable'
  /** What members have borne of the cost of payouts. */
  | 'payoutFee'
  /** What conversions have gained where a payout came back, or lost (negative). */
  | 'fxResult';

export const entryKinds = [
  'accrual',
  'return',
  'activation',
  'forfeiture',
  'vesting',
  'expiry',
  'extension',
  'conversion',
  'exchange',
  'migration',
  'adjustment',
  'opening',
  'merge',
  'tier',
  'change',
  'hold',
  'capture',
  'release',
  /** What was captured is undone: the value is held again until a final word. */
  'reopen',
  /** A reward went out although its points had gone back. */
  'late',
  /** The merchant has collected the part of a price that points did not pay. */
  'payment',
] as const;

/** `change` moves no points: an enrolment, a proof that waits, an entitlement that ended. */
export type EntryKind = (typeof entryKinds)[number];

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
  /** When the version that judged came into force, where a program has several. */
  readonly version?: Instant;
  readonly reason: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * One conversion of money as it was done; negative where a return undoes a part of it. The legs of
 * the entry post it through the position accounts.
 */
export interface ExchangeRecord {
  readonly from: string;
  readonly fromMinor: bigint;
  readonly to: string;
  /** What was got, rounded once. */
  readonly toMinor: bigint;
  /** The exact result without its fraction; the difference to `toMinor` is on `rounding`. */
  readonly wholeMinor: bigint;
  /** Major units of `to` for one of `from`, in lowest terms. */
  readonly rate: Fraction;
  /** The day and the publisher of the rate. */
  readonly asOf: LocalDate;
  readonly source: string;
  readonly rounding: Rounding;
}

/** What one rule gave, with all that a return must give back. */
export interface AwardRecord {
  /** The rule, or the way to earn, such as `order-points` or `referral`. */
  readonly rule: string;
  readonly unit: string;
  /** Everything that was given, what was donated of it included. */
  readonly points: bigint;
  /** What it was before it was converted into `unit`: its part of the entry's exchange. */
  readonly judged?: { readonly unit: string; readonly points: bigint; readonly wholeMinor: bigint };
  /** Given away at once, and not among the parts. */
  readonly donated?: { readonly charity: string; readonly points: bigint };
  /** What of the event's amount the rule has counted; zero where it counts none. */
  readonly basisMinor: bigint;
  /** Where points went; a split has one part for each member. */
  readonly parts: readonly { readonly member: string; readonly points: bigint }[];
  readonly lot?: LotKey;
  /** Not spendable before this day. */
  readonly vestOn?: LotKey;
  /** Not spendable before events that name this one. */
  readonly pending?: true;
  /** Keys of the figures that the points, or the one time, were counted in. */
  readonly pointCounters?: readonly string[];
  readonly timeCounters?: readonly string[];
  /** Drawn for a promotion. */
  readonly budgets?: readonly {
    readonly budget: string;
    readonly shard: number;
    readonly points: bigint;
  }[];
  /** The arithmetic, such as `12345/100*1=123 *125%=153 cap day=100`. */
  readonly arithmetic: string;
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
  /** What the event was worth, in minor units of its currency. */
  readonly amountMinor?: bigint;
  readonly currency?: string;
  readonly awards?: readonly AwardRecord[];
  /** In the order in which they were done; at most one from one currency into another. */
  readonly exchanges?: readonly ExchangeRecord[];
  /** What the event added to the member's metrics, by key. */
  readonly metrics?: readonly (readonly [string, bigint])[];
  /** Members that had neither balance nor record before, for the list of members. */
  readonly newMembers?: readonly string[];
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
  if (isBalancedInOrder(legs)) return;
  for (const [unit, sum] of sumByUnit(legs)) {
    if (sum !== 0n) invariant(false, `Legs leave ${sum} ${unit} over: an entry must balance.`);
  }
}

/** Mostly the legs of a unit stand together and sum to zero: then nothing is kept by unit. */
function isBalancedInOrder(legs: readonly Leg[]): boolean {
  let unit: string | undefined;
  let sum = 0n;
  for (const leg of legs) {
    if (leg.unit !== unit && sum !== 0n) return false;
    unit = leg.unit;
    sum += leg.amount;
  }
  return sum === 0n;
}

/**
 * What the legs give members that they can spend, by unit (negative: take), lots and debt together;
 * of one member where it is named.
 */
export function memberAmounts(legs: readonly Leg[], member?: string): Map<string, bigint> {
  const own = legs.filter(
    ({ account }) =>
      (account.kind === 'lot' || account.kind === 'debt') &&
      (member === undefined || account.member === member),
  );
  return sumByUnit(own);
}
