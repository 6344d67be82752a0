import type {
  AwardRecord,
  EntryKind,
  ExchangeRecord,
  Explanation,
  LotKey,
} from '../ledger/entry.ts';
import type { Holdings } from '../points/balance.ts';
import type { RecordKind } from './snapshot.ts';
import type { TierStanding } from './standing.ts';

/**
 * Points that go somewhere. `member` is whose balance changes; all amounts are positive. What the
 * legs are depends on the balance at the time of posting: see `member/movement-legs.ts`.
 */
export type Movement =
  /** Issued into a lot; debt is paid first. */
  | (MemberAmount & { readonly kind: 'credit'; readonly lot: LotKey; readonly from?: CreditSource })
  /** Issued, not yet spendable: until a named event, or until a day. */
  | (MemberAmount & { readonly kind: 'pend'; readonly vestOn?: LotKey })
  /** What was pending becomes spendable. */
  | (MemberAmount & { readonly kind: 'vest'; readonly vestOn?: LotKey; readonly lot: LotKey })
  /** What was pending is gone: back to the program, or breakage where the member let it lapse. */
  | (MemberAmount & {
      readonly kind: 'unpend';
      readonly vestOn?: LotKey;
      readonly to: 'issued' | 'breakage';
    })
  /**
   * Taken from what still vests on `vestOn`, then from lots, `prefer` first, the rest
   * first-expiring first; then debt.
   */
  | (MemberAmount & {
      readonly kind: 'take';
      readonly vestOn?: LotKey;
      readonly prefer?: LotKey;
      readonly to?: TakeTarget;
      /** `case`: what lots do not cover is not taken. */
      readonly uncovered: 'debt' | 'case';
    })
  /** A lot whose day has come; its points are breakage. */
  | {
      readonly kind: 'expire';
      readonly member: string;
      readonly unit: string;
      readonly lot: LotKey;
    }
  | (MemberAmount & { readonly kind: 'extend'; readonly lot: LotKey; readonly toLot: LotKey })
  /** Another member's whole lots and debt, for a merge. */
  | {
      readonly kind: 'absorb';
      readonly member: string;
      readonly unit: string;
      readonly fromMember: string;
    }
  /**
   * The program's own: an amount on `through` becomes another currency by way of the position
   * accounts. Comes before what credits the result; negative where a return undoes it.
   */
  | {
      readonly kind: 'exchange';
      readonly member: string;
      /** That of `exchange.to`. */
      readonly unit: string;
      readonly through: 'issued' | 'converted';
      readonly exchange: ExchangeRecord;
    }
  /** What leaves a balance in a retired currency, or comes into that of its successor. */
  | {
      readonly kind: 'migrate';
      readonly member: string;
      readonly unit: string;
      readonly way: 'out' | 'in';
      readonly holdings: Holdings;
    }
  /** Issued to a charity; negative where a return takes it back. */
  | (MemberAmount & { readonly kind: 'donate'; readonly charity: string });

export interface MemberAmount {
  readonly member: string;
  readonly unit: string;
  readonly points: bigint;
}

/** The program's account that a credit comes from; `issued` unless named. */
export type CreditSource = 'issued' | 'migrated' | 'adjusted' | 'converted';
/** The program's account that takes what is taken; `issued` unless named. */
export type TakeTarget = 'issued' | 'adjusted' | 'converted';

/** `next` replaces the record that was read as `version` (absent: there was none). */
export interface RecordWrite {
  readonly member: string;
  readonly kind: RecordKind;
  readonly id: string;
  readonly version?: number;
  /** JSON; `undefined` removes the record. */
  readonly next: unknown;
}

/** Adds to a figure of the entry's own member; `read` where the decision relied on its value. */
export interface FigureAdd {
  readonly key: string;
  readonly add: bigint;
  readonly read?: bigint;
}

/** Points drawn from a hard budget; negative where they come back to their shard. */
export interface BudgetDraw {
  readonly budget: string;
  readonly points: bigint;
  /** Where it comes back to. */
  readonly shard?: number;
  /** Index of the award it was drawn for. */
  readonly award?: number;
}

/** Something that a person must decide. */
export interface OpenedCase {
  readonly subject: string;
  readonly reason: string;
}

/** What one event, command or due day does: data, applied in one transaction or not at all. */
export interface Decision {
  readonly kind: EntryKind;
  readonly movements: readonly Movement[];
  readonly awards: readonly AwardRecord[];
  readonly counters: readonly FigureAdd[];
  readonly metrics: readonly FigureAdd[];
  /** Epoch seconds by key; `read` is what the decision relied on. */
  readonly cooldowns: readonly {
    readonly key: string;
    readonly atSeconds: bigint;
    readonly read?: bigint;
  }[];
  readonly budgets: readonly BudgetDraw[];
  readonly records: readonly RecordWrite[];
  readonly cases: readonly OpenedCase[];
  /** The member's next tier standing; applies only over the version before it. */
  readonly tier?: TierStanding;
  /** Units whose points live on from this activity, and until when. */
  readonly activeUntil: readonly { readonly unit: string; readonly until: LotKey }[];
  /** Warnings due up to this day have been given. */
  readonly warned?: readonly { readonly unit: string; readonly through: LotKey }[];
  /** What the event was worth, for later returns. */
  readonly amountMinor?: bigint;
  readonly currency?: string;
  readonly explanation: Explanation;
}

/** A decision that does nothing yet. */
export function emptyDecision(kind: EntryKind, explanation: Explanation): Decision {
  return {
    ...{ kind, movements: [], awards: [], counters: [], metrics: [], cooldowns: [] },
    ...{ budgets: [], records: [], cases: [], activeUntil: [], explanation },
  };
}

/** Both at once; kind and explanation are those of the first. */
export function joined(first: Decision, second: Decision): Decision {
  const tier = second.tier ?? first.tier;
  const warned = [...(first.warned ?? []), ...(second.warned ?? [])];
  return {
    ...first,
    movements: [...first.movements, ...second.movements],
    awards: [...first.awards, ...second.awards],
    counters: [...first.counters, ...second.counters],
    metrics: [...first.metrics, ...second.metrics],
    cooldowns: [...first.cooldowns, ...second.cooldowns],
    budgets: [...first.budgets, ...second.budgets],
    records: [...first.records, ...second.records],
    cases: [...first.cases, ...second.cases],
    activeUntil: [...first.activeUntil, ...second.activeUntil],
    ...(warned.length > 0 && { warned }),
    ...(tier !== undefined && { tier }),
  };
}

/**
 * Work that a day brings without anybody asking: expiry, vesting, reviews, birthdays. `at` is the
 * instant it was due, which decides; `id` makes it happen once.
 */
export interface DueWork {
  readonly at: number;
  readonly id: string;
  readonly decision: Decision;
}
