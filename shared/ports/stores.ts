import type { Entry } from '../domain/ledger/entry.ts';
import type { Balance } from '../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../domain/points/balance-change.ts';
import type { Program } from '../domain/program/schema.ts';
import type { Order } from '../domain/redemption/order.ts';
import type { Instant } from '../domain/time.ts';

/** What has come back of one entry so far. Stands beside the entry it follows. */
export interface FollowUp {
  readonly returned: bigint;
}

/** A return whose original has not come yet. */
export interface WaitingReturn {
  /** Hash of the return's own (source, id). */
  readonly hash: string;
  /** Hash of the (source, id) that it names. */
  readonly original: string;
  readonly program: string;
  readonly member: string;
  readonly unit: string;
  readonly points: bigint;
  readonly bodyHash: string;
  readonly occurredAt: Instant;
  readonly waitingSince: Instant;
}

/** Everything that accrual needs, read at once. */
export interface AccrualState {
  readonly balance: Balance;
  /** Entries by the hash of their (source, id). */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly followUps: ReadonlyMap<string, FollowUp>;
}

/** One transaction over entries, a balance and follow-ups. */
export interface Posting {
  readonly operation: 'earn' | 'followUp';
  readonly entries: readonly Entry[];
  readonly balance?: BalanceChange;
  /** Sets `returned`, on condition that it is still what was read. */
  readonly followUps: readonly {
    readonly program: string;
    readonly original: string;
    readonly read: bigint;
    readonly returned: bigint;
  }[];
  /** Also requires that the original is still absent. */
  readonly waiting: readonly WaitingReturn[];
  /** Waiting rows that this posting settles; each must still stand. */
  readonly settled: readonly WaitingReturn[];
}

export type PostOutcome =
  | { readonly kind: 'posted' }
  /** Entries that were there already, by hash. Nothing was written. */
  | { readonly kind: 'entriesExist'; readonly existing: ReadonlyMap<string, Entry> }
  /** The balance, a follow-up or an original is no longer what was read. Nothing was written. */
  | { readonly kind: 'stale' };

/** Postings at most 98 entries each. Conflicts between transactions are retried inside. */
export interface LedgerStore {
  readForAccrual(query: {
    readonly owner: BalanceOwner;
    readonly hashes: readonly string[];
    readonly originals: readonly string[];
  }): Promise<AccrualState>;
  post(posting: Posting): Promise<PostOutcome>;
  readBalance(owner: BalanceOwner): Promise<Balance>;
  waitingReturns(program: string): AsyncIterable<WaitingReturn>;
  /** Turns an aged waiting return into a case. */
  openFollowUpCase(
    waiting: WaitingReturn,
    openedAt: Instant,
    reason: 'RETURN_WITHOUT_ORIGINAL' | 'RETURN_OF_ANOTHER',
  ): Promise<void>;
}

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
}

export interface Settlement {
  readonly number: number;
  readonly entry: Entry;
  readonly provider: string;
}

export interface RedemptionRecord {
  readonly hold: Hold;
  readonly order?: Order;
  readonly settlements: readonly Settlement[];
}

export type HoldOutcome =
  | { readonly kind: 'held' }
  | { readonly kind: 'exists'; readonly hold: Hold }
  | { readonly kind: 'stale' };

/** Every write names the state it expects; `lost` means that somebody else was faster. */
export interface RedemptionStore {
  hold(hold: Hold, balance: BalanceChange): Promise<HoldOutcome>;
  read(redemption: string): Promise<RedemptionRecord | undefined>;
  /** Puts the first order row if there is none. */
  createOrder(order: Order): Promise<'created' | 'exists'>;
  /** Replaces the row on condition of (attempt, call) and state as in `read`. */
  updateOrder(
    read: Order,
    next: Order,
    operation: 'dispatch' | 'release',
  ): Promise<'done' | 'lost'>;
  /** One transaction: row to captured, settlement entry. */
  capture(read: Order, settlement: Settlement): Promise<'done' | 'lost'>;
  /** One transaction: row from closing to released, settlement entry, balance. */
  release(
    read: Order,
    settlement: Settlement,
    balance: BalanceChange,
  ): Promise<'done' | 'lost' | 'stale'>;
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
  load(program: string): Promise<Program | undefined>;
  publish(program: Program): Promise<void>;
  /** Every published program. */
  names(): AsyncIterable<string>;
}

export interface HistoryRow {
  readonly program: string;
  readonly member: string;
  readonly entry: Entry;
  /** Set for redemptions: what became of it. */
  readonly redemption?: { readonly id: string; readonly state: 'open' | 'captured' | 'released' };
}

/** Projections: puts that may come in any order and more than once. */
export interface ProjectionStore {
  putHistory(rows: readonly HistoryRow[]): Promise<void>;
  openRedemption(row: HistoryRow): Promise<void>;
  closeRedemption(row: HistoryRow, at: Instant): Promise<void>;
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
}

/** Every ledger entry of a table, for verification: pages, bounded memory. */
export interface LedgerScan {
  items(): AsyncIterable<LedgerItem>;
  balances(): AsyncIterable<BalanceOwner & { readonly balance: Balance }>;
}
