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
  if (!guardsHold(stored, change)) return undefined;
  const lots = new Map(stored.lots);
  for (const [key, points] of change.lots) lots.set(key, (lots.get(key) ?? 0n) + points);
  const counted = change.guards.redeemVersion === undefined ? 0n : 1n;
  const redeemVersion = stored.redeemVersion + counted;
  const lotsOpened = stored.lotsOpened + (change.opensLot === true ? 1n : 0n);
  return { ...stored, lots, debt: stored.debt + change.debt, redeemVersion, lotsOpened };
}

function guardsHold(stored: Balance, { guards }: BalanceChange): boolean {
  const pointsOf = (key: LotKey) => stored.lots.get(key) ?? 0n;
  const { debt, notExpiredThrough, lotAtLeast, lotExactly, lotsOpened, redeemVersion } = guards;
  const closed = stored.expiredThrough;
  return (
    stored.debt === debt &&
    (notExpiredThrough === undefined || closed === undefined || closed < notExpiredThrough) &&
    [...(lotAtLeast ?? [])].every(([key, points]) => pointsOf(key) >= points) &&
    [...(lotExactly ?? [])].every(([key, points]) => pointsOf(key) === points) &&
    (lotsOpened === undefined || lotsOpened === stored.lotsOpened) &&
    (redeemVersion === undefined || redeemVersion === stored.redeemVersion)
  );
}
