import {
  balanceKeyOf,
  changeBalance,
  mayChange,
  balanceOf as storedBalance,
} from '../../shared/adapters/memory/balance-change.ts';
import { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import type { LotKey } from '../../shared/domain/ledger/entry.ts';
import { type Balance, emptyBalance, lotExpiringOn } from '../../shared/domain/points/balance.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import type { LocalDate } from '../../shared/domain/time.ts';

export const owner = { program: 'online-retail', member: 'ann', unit: 'PTS' } as const;

export function day(text: string): LocalDate {
  return text as LocalDate;
}

export function lot(date: string): LotKey {
  return lotExpiringOn(day(date));
}

/** A balance with lots by the date on which they expire. */
export function balanceOf(
  lots: Readonly<Record<string, bigint>>,
  rest: Partial<Omit<Balance, 'lots'>> = {},
): Balance {
  const entries = Object.entries(lots).map(([date, points]) => [lot(date), points] as const);
  return { ...emptyBalance, lots: new Map(entries), ...rest };
}

/** Lots that hold something, in the order of their dates: how two balances compare. */
export function filledLots(balance: Balance): [string, bigint][] {
  return [...balance.lots].filter(([, points]) => points !== 0n).sort();
}

/** What a store does with a change: `undefined` where a guard no longer holds. */
export function applyChange(stored: Balance, change: BalanceChange): Balance | undefined {
  const { program, member, unit } = change;
  const table = new MemoryTable();
  table.balances.set(balanceKeyOf(change), { program, member, unit, balance: stored });
  if (!mayChange(table, change)) return undefined;
  changeBalance(table, change);
  return storedBalance(table, change);
}
