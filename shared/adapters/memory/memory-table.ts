import type { Entry, EntryKey } from '../../domain/ledger/entry.ts';
import type { FollowUp } from '../../domain/ledger/follow-up.ts';
import type { StoredRecord } from '../../domain/member/snapshot.ts';
import type { Balance } from '../../domain/points/balance.ts';
import type { BalanceOwner } from '../../domain/points/balance-change.ts';
import type { ProgramVersion } from '../../domain/program/version.ts';
import type { RateMonth } from '../../domain/rates/snapshot.ts';
import type { Order } from '../../domain/redemption/order.ts';
import type { Review } from '../../domain/redemption/review.ts';
import type { Instant } from '../../domain/time.ts';
import type { CaseRow, WaitingFollowUp } from '../../ports/ledger.ts';
import type { Breaker, Float, Look } from '../../ports/provider-health.ts';
import type { QuarantinedSnapshot } from '../../ports/rates.ts';
import type {
  CashPayment,
  HistoryRow,
  Hold,
  Reopening,
  SealedReward,
  Settlement,
} from '../../ports/stores.ts';
import { MemberRows } from './member-rows.ts';
import type { SurveyItem } from './survey-store.ts';
import { VoucherRows } from './voucher-rows.ts';

export type BalanceRow = BalanceOwner & { readonly balance: Balance };

export interface MemoryRecord {
  readonly program: string;
  readonly member: string;
  readonly record: StoredRecord;
}

/** A key of several parts that no part can forge. */
export function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

export function entryKeyOf(key: EntryKey): string {
  return key.at === 'event'
    ? keyOf('E', key.program, key.hash, key.part)
    : keyOf('R', key.redemption, key.part);
}

/** Values by key: a Map, or rows that lie elsewhere. */
export interface Rows<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): unknown;
  delete(key: string): boolean;
  values(): Iterable<Value>;
}

/** What postings read and write. */
export interface LedgerRows {
  readonly entries: Rows<Entry>;
  readonly balances: MemberRows<BalanceRow>;
  readonly records: MemberRows<MemoryRecord>;
  readonly budgets: Rows<bigint>;
  readonly followUps: Rows<FollowUp>;
  readonly waiting: Rows<WaitingFollowUp>;
  readonly cases: Rows<CaseRow>;
}

/**
 * What the memory stores share, as the table is shared by the others: one for each simulated
 * table.
 */
export class MemoryTable {
  readonly entries = new Map<string, Entry>();
  readonly balances = new MemberRows<BalanceRow>();
  readonly records = new MemberRows<MemoryRecord>();
  /** Points drawn from each shard of a budget. */
  readonly budgets = new Map<string, bigint>();
  /** Members by program, as projections have listed them. */
  readonly members = new Map<string, Set<string>>();
  readonly followUps = new Map<string, FollowUp>();
  readonly waiting = new Map<string, WaitingFollowUp>();
  readonly holds = new Map<string, Hold>();
  /** Quotes whose price a redemption has taken. */
  readonly usedQuotes = new Set<string>();
  /** By program, member and unit: the newest payout of a wallet. */
  readonly lastPayouts = new Map<string, string>();
  readonly orders = new Map<string, Order>();
  readonly settlements = new Map<string, readonly Settlement[]>();
  readonly reopenings = new Map<string, readonly Reopening[]>();
  readonly reviews = new Map<string, Review>();
  readonly payments = new Map<string, CashPayment>();
  readonly cases = new Map<string, CaseRow>();
  readonly sealed = new Map<string, SealedReward>();
  readonly reveals = new Map<string, Instant>();
  readonly programs = new Map<string, readonly ProgramVersion[]>();
  /** By source and month; by source and day. */
  readonly rates = new Map<string, RateMonth>();
  readonly quarantine = new Map<string, QuarantinedSnapshot>();
  readonly history = new Map<string, HistoryRow>();
  /** Items of surveys, as they stand: a key, and what little it says. */
  readonly surveys = new Map<string, SurveyItem>();
  readonly vouchers = new VoucherRows();
  /** By provider: the next free turn, breaker and float. */
  readonly turns = new Map<string, Instant>();
  readonly breakers = new Map<string, Breaker>();
  readonly floats = new Map<string, Float>();
  readonly looks = new Map<string, Look>();
  readonly webhooks = new Set<string>();
  /** Without a row it was settled, and a late replay must not open it again. */
  readonly open = new Map<string, { readonly turn: number; readonly row?: HistoryRow }>();
}
