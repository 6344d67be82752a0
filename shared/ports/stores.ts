import type { Entry } from '../domain/ledger/entry.ts';
import type { Balance } from '../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../domain/points/balance-change.ts';
import type { ProgramVersion, PublishedProgram } from '../domain/program/version.ts';
import type { Order } from '../domain/redemption/order.ts';
import type { Review } from '../domain/redemption/review.ts';
import type { AgreedTerms } from '../domain/redemption/terms.ts';
import type { Instant } from '../domain/time.ts';

/** A hold: the entry, and what the member asked for. */
export interface Hold {
  readonly redemption: string;
  readonly entry: Entry;
  readonly rewardId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly country: string;
  readonly unit: string;
  readonly points: bigint;
  /** The address for delivery, sealed. */
  readonly sealedEmail: string;
  /** Where goods are sent to, sealed. */
  readonly sealedAddress?: string;
  /** Whom money is paid to, sealed with the member's choice of a rail. */
  readonly sealedPayee?: string;
  readonly terms: AgreedTerms;
}

export interface Settlement {
  /** From 1; the next after each reopening. */
  readonly number: number;
  readonly entry: Entry;
  /** Empty where no provider was ever asked. */
  readonly provider: string;
}

/** An undo of settlement `number`: its entry holds the value again. */
export interface Reopening {
  readonly number: number;
  readonly entry: Entry;
}

/** The merchant has collected the part of the price that is paid in cash. */
export interface CashPayment {
  readonly entry: Entry;
  /** The merchant's own name of the payment. */
  readonly paymentId: string;
}

export interface RedemptionRecord {
  readonly hold: Hold;
  readonly order?: Order;
  readonly settlements: readonly Settlement[];
  readonly reopenings: readonly Reopening[];
  readonly review?: Review;
  readonly payment?: CashPayment;
}

export type HoldOutcome =
  | { readonly kind: 'held' }
  | { readonly kind: 'exists'; readonly hold: Hold }
  /** Another redemption has taken the price of the same quote. */
  | { readonly kind: 'quoteUsed' }
  /** Another payout of the same wallet has begun since. */
  | { readonly kind: 'walletBusy' }
  | { readonly kind: 'stale' };

export interface HeldBeside {
  readonly review?: Review;
  /** Of a payout: what was the newest of its wallet when it was decided. */
  readonly lastPayout?: string;
}

/** Every write names the state it expects; `lost` means that somebody else was faster. */
export interface RedemptionStore {
  /**
   * With a review, both or neither: nothing is ordered before it is decided. Of all holds by one
   * quote the first one stands; of payouts from one wallet the next comes after `lastPayout`.
   */
  hold(hold: Hold, balance: BalanceChange, beside?: HeldBeside): Promise<HoldOutcome>;
  /** The newest payout of a wallet, whatever became of it. */
  lastPayout(wallet: BalanceOwner): Promise<string | undefined>;
  read(redemption: string): Promise<RedemptionRecord | undefined>;
  /** Puts the first order row if there is none. */
  createOrder(order: Order): Promise<'created' | 'exists'>;
  /** Replaces the row on condition of attempt, call, state and marks as in `read`. */
  updateOrder(read: Order, next: Order): Promise<'done' | 'lost'>;
  /** One transaction: row to captured, settlement entry. */
  capture(read: Order, settlement: Settlement): Promise<'done' | 'lost'>;
  /** One transaction: row from closing to released, settlement entry, balance. */
  release(
    read: Order,
    settlement: Settlement,
    balance: BalanceChange,
  ): Promise<'done' | 'lost' | 'stale'>;
  /** One transaction: row from captured to reopened, `REOPEN#k`. */
  reopen(read: Order, reopening: Reopening): Promise<'done' | 'lost'>;
  /** Once for each attempt: what a reward too many costs, then a case about it. */
  recordLate(late: {
    readonly entry: Entry;
    readonly provider: string;
    readonly reason: string;
  }): Promise<'done' | 'exists'>;
  /** Once: a second payment of the same name is `exists`, of another one `conflict`. */
  recordPayment(payment: CashPayment): Promise<'done' | 'exists' | 'conflict'>;
  /** Replaces the review on condition of its version. */
  updateReview(read: Review, next: Review): Promise<'done' | 'lost'>;
  /** Puts a case for a person, once per redemption and reason. */
  openCase(redemptionCase: {
    readonly program: string;
    readonly redemption: string;
    readonly reason: string;
    readonly openedAt: Instant;
  }): Promise<void>;
}

export interface SealedReward {
  readonly program: string;
  readonly redemption: string;
  readonly attempt: number;
  readonly kind: 'link' | 'code';
  readonly sealed: string;
}

/** Codes in items of their own, under their own key prefix and role. */
export interface CodeStore {
  /** Keeps the first one. */
  put(reward: SealedReward): Promise<void>;
  read(key: {
    readonly program: string;
    readonly redemption: string;
  }): Promise<SealedReward | undefined>;
  /** One audit row for each time a person saw the code. */
  recordReveal(reveal: {
    readonly program: string;
    readonly redemption: string;
    readonly revealedAt: Instant;
    readonly revealId: string;
  }): Promise<void>;
}

export interface ProgramStore {
  load(program: string): Promise<PublishedProgram | undefined>;
  /** Keeps the version that stands from the same instant, whatever it says. */
  publish(version: ProgramVersion): Promise<'published' | 'exists'>;
  withdraw(program: string, from: Instant): Promise<'withdrawn' | 'absent'>;
  /** Every program that was ever published. */
  names(): AsyncIterable<string>;
}

export interface HistoryRow {
  readonly program: string;
  readonly member: string;
  /** Without what only writers need: metrics, new members, delivery. */
  readonly entry: Entry;
  /** Set for redemptions: what became of it; `reopened` tells that a capture was undone. */
  readonly redemption?: {
    readonly id: string;
    readonly state: 'open' | 'captured' | 'released' | 'reopened';
  };
}

/**
 * Projections: puts that may come in any order and more than once. A redemption is open and closed
 * by turns, from 0: one that comes late changes nothing.
 */
export interface ProjectionStore {
  putHistory(rows: readonly HistoryRow[]): Promise<void>;
  openRedemption(row: HistoryRow, turn: number): Promise<void>;
  closeRedemption(
    row: HistoryRow,
    closed: { readonly turn: number; readonly at: Instant },
  ): Promise<void>;
  /** Lists members, so that sweeps find them. */
  putMembers(program: string, members: readonly string[]): Promise<void>;
  readHistory(query: {
    readonly program: string;
    readonly member: string;
    readonly limit: number;
    readonly before?: string;
  }): Promise<{ readonly rows: readonly HistoryRow[]; readonly next?: string }>;
}

/** An entry as it is stored, with what stands beside it in a redemption's items. */
export interface LedgerItem {
  readonly entry: Entry;
  readonly hold?: Hold;
  readonly settlement?: Settlement;
  readonly payment?: CashPayment;
}

/** Every ledger entry of a table, for verification: pages, bounded memory. */
export interface LedgerScan {
  items(): AsyncIterable<LedgerItem>;
  balances(): AsyncIterable<BalanceOwner & { readonly balance: Balance }>;
}
