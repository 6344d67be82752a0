import type { Entry, EntryKey, LotKey } from '../../domain/ledger/entry.ts';
import { type Balance, emptyBalance } from '../../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../../domain/points/balance-change.ts';
import type { Program } from '../../domain/program/schema.ts';
import type { Order } from '../../domain/redemption/order.ts';
import type { Instant } from '../../domain/time.ts';
import type {
  FollowUp,
  HistoryRow,
  Hold,
  SealedReward,
  Settlement,
  WaitingReturn,
} from '../../ports/stores.ts';

export interface MemoryCase {
  readonly program: string;
  readonly subject: string;
  readonly reason: string;
  readonly openedAt: Instant;
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

/**
 * What the memory stores share, as the table is shared by the others: one for each simulated
 * table.
 */
export class MemoryTable {
  readonly entries = new Map<string, Entry>();
  readonly balances = new Map<string, BalanceOwner & { readonly balance: Balance }>();
  readonly followUps = new Map<string, FollowUp>();
  readonly waiting = new Map<string, WaitingReturn>();
  readonly holds = new Map<string, Hold>();
  readonly orders = new Map<string, Order>();
  readonly settlements = new Map<string, readonly Settlement[]>();
  readonly cases = new Map<string, MemoryCase>();
  readonly sealed = new Map<string, SealedReward>();
  readonly reveals = new Map<string, Instant>();
  readonly programs = new Map<string, Program>();
  readonly history = new Map<string, HistoryRow>();
  /** `closed`: the redemption was settled, and a late replay must not open it again. */
  readonly open = new Map<string, HistoryRow | 'closed'>();
}

function balanceKeyOf({ program, member, unit }: BalanceOwner): string {
  return keyOf(program, member, unit);
}

export function balanceOf(table: MemoryTable, owner: BalanceOwner): Balance {
  return table.balances.get(balanceKeyOf(owner))?.balance ?? emptyBalance;
}

/** Whether the stored balance still is what the change was made for. */
export function mayChange(table: MemoryTable, change: BalanceChange): boolean {
  const balance = balanceOf(table, change);
  const { debt, notExpiredThrough, lotAtLeast, lotExactly, lotsOpened, redeemVersion } =
    change.guards;
  const held = (lot: LotKey): bigint => balance.lots.get(lot) ?? 0n;
  const expired = balance.expiredThrough;
  const isOpen =
    notExpiredThrough === undefined || expired === undefined || expired < notExpiredThrough;
  return (
    balance.debt === debt &&
    isOpen &&
    [...change.lots].every(([lot, amount]) => amount >= 0n || held(lot) >= -amount) &&
    [...(lotAtLeast ?? [])].every(([lot, amount]) => amount === 0n || held(lot) >= amount) &&
    [...(lotExactly ?? [])].every(([lot, amount]) => held(lot) === amount) &&
    (lotsOpened === undefined || balance.lotsOpened === lotsOpened) &&
    (redeemVersion === undefined || balance.redeemVersion === redeemVersion)
  );
}

export function changeBalance(table: MemoryTable, change: BalanceChange): void {
  const { program, member, unit } = change;
  const before = balanceOf(table, change);
  const lots = new Map(before.lots);
  for (const [lot, amount] of change.lots) lots.set(lot, (lots.get(lot) ?? 0n) + amount);
  const redeemed = change.guards.redeemVersion === undefined ? 0n : 1n;
  const balance: Balance = {
    ...before,
    lots,
    debt: before.debt + change.debt,
    redeemVersion: before.redeemVersion + redeemed,
    lotsOpened: before.lotsOpened + (change.opensLot === true ? 1n : 0n),
  };
  table.balances.set(balanceKeyOf(change), { program, member, unit, balance });
}
