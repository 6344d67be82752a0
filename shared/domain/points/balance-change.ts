import type { Leg, LotKey } from '../ledger/entry.ts';
import { applyLegs, type Balance } from './balance.ts';

/** What must still hold of the stored balance for a change to apply; anything else is stale. */
export interface BalanceGuards {
  /** The debt must be exactly this. */
  readonly debt: bigint;
  /** No lot up to this key may have been expired meanwhile. */
  readonly notExpiredThrough?: LotKey;
  /** Each lot must hold at least this. */
  readonly lotAtLeast?: ReadonlyMap<LotKey, bigint>;
  /** Each lot must hold exactly this (zero: it may be absent). */
  readonly lotExactly?: ReadonlyMap<LotKey, bigint>;
  /** No lot may have been opened since: the count must be exactly this. */
  readonly lotsOpened?: bigint;
  /** The redeem version must be exactly this; the change adds one to it. */
  readonly redeemVersion?: bigint;
}

/** One conditional update of a balance: signed differences, so that independent credits commute. */
export interface BalanceChange {
  readonly program: string;
  readonly member: string;
  readonly unit: string;
  readonly lots: ReadonlyMap<LotKey, bigint>;
  readonly debt: bigint;
  /** Adds one to the count of opened lots. */
  readonly opensLot?: true;
  readonly guards: BalanceGuards;
}

export interface BalanceOwner {
  readonly program: string;
  readonly member: string;
  readonly unit: string;
}

/** Differences that the legs make to the owner's lots and debt. */
function differences(
  legs: readonly Leg[],
  owner: BalanceOwner,
): { readonly lots: Map<LotKey, bigint>; readonly debt: bigint } {
  const lots = new Map<LotKey, bigint>();
  let debt = 0n;
  for (const { account, unit, amount } of legs) {
    if (unit !== owner.unit) continue;
    if (account.kind === 'lot' && account.member === owner.member) {
      lots.set(account.lot, (lots.get(account.lot) ?? 0n) + amount);
    }
    if (account.kind === 'debt' && account.member === owner.member) debt -= amount;
  }
  for (const [lot, amount] of lots) if (amount === 0n) lots.delete(lot);
  return { lots, debt };
}

/**
 * The change that posts `legs` on a balance that was read as `read`, or `undefined` when they leave
 * it alone. Credits to a member without debt demand nothing but that there is still no debt and
 * that their lot is still open, so concurrent ones never refuse each other; whatever takes points
 * or touches debt demands the balance as it was read.
 */
export function balanceChange(
  read: Balance,
  legs: readonly Leg[],
  owner: BalanceOwner,
): BalanceChange | undefined {
  const { lots, debt } = differences(legs, owner);
  const touchesDebt = read.debt !== 0n || debt !== 0n;
  if (lots.size === 0 && debt === 0n) return undefined;
  applyLegs(read, legs, owner);
  const guards: BalanceGuards = { debt: read.debt, ...openLotGuard(lots) };
  const opened = [...lots].some(([lot, amount]) => amount > 0n && !read.lots.has(lot));
  const change = { ...owner, lots, debt, ...(opened && { opensLot: true as const }) };
  if (debt > 0n) {
    const { lots: lotExactly, lotsOpened } = read;
    return { ...change, guards: { ...guards, lotExactly, lotsOpened } };
  }
  const taken = new Map([...lots].filter(([, amount]) => amount < 0n).map(([k, n]) => [k, -n]));
  if (taken.size === 0 && !touchesDebt) return { ...change, guards };
  return { ...change, guards: { ...guards, lotAtLeast: taken } };
}

/** As `balanceChange`, and counted as a redemption. */
export function redeemChange(
  read: Balance,
  legs: readonly Leg[],
  owner: BalanceOwner,
): BalanceChange {
  const change = balanceChange(read, legs, owner) ?? {
    ...owner,
    lots: new Map(),
    debt: 0n,
    guards: { debt: read.debt },
  };
  return { ...change, guards: { ...change.guards, redeemVersion: read.redeemVersion } };
}

function openLotGuard(lots: ReadonlyMap<LotKey, bigint>): { notExpiredThrough?: LotKey } {
  const credited = [...lots].filter(([, amount]) => amount > 0n).map(([lot]) => lot);
  const earliest = credited.sort()[0];
  return earliest === undefined ? {} : { notExpiredThrough: earliest };
}
