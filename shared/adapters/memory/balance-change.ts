import type { LotKey } from '../../domain/ledger/entry.ts';
import type { Standing } from '../../domain/member/standing.ts';
import { type Balance, emptyBalance } from '../../domain/points/balance.ts';
import type { BalanceChange, BalanceOwner } from '../../domain/points/balance-change.ts';
import { invariant } from '../../domain/result.ts';
import { keyOf, type LedgerRows } from './memory-table.ts';

/* What one conditional update does to a balance of the table, done to one in memory. */

type Amounts<Key> = ReadonlyMap<Key, bigint>;
type Balances = Pick<LedgerRows, 'balances'>;

export function balanceKeyOf({ program, member, unit }: BalanceOwner): string {
  return keyOf(program, member, unit);
}

export function balanceOf(table: Balances, owner: BalanceOwner): Balance {
  return table.balances.get(balanceKeyOf(owner))?.balance ?? emptyBalance;
}

/** Whether the stored balance still is what the change was made for. */
export function mayChange(table: Balances, change: BalanceChange): boolean {
  const balance = balanceOf(table, change);
  const { guards, expiredThrough } = change;
  const { notExpiredThrough, lotAtLeast, lotExactly, lotsOpened, redeemVersion } = guards;
  const { standing, expiredThrough: expired = '' } = balance;
  return (
    balance.debt === guards.debt &&
    (notExpiredThrough === undefined || expired < notExpiredThrough) &&
    (expiredThrough === undefined || expired <= expiredThrough) &&
    mayChangeDays(balance.lots, { by: change.lots, removed: change.removedLots, lotExactly }) &&
    mayChangeDays(balance.vesting, { by: change.vesting, removed: change.removedVesting }) &&
    holdsAtLeast(balance.lots, lotAtLeast) &&
    balance.pending + (change.pending < 0n ? change.pending : 0n) >= 0n &&
    isOrUnasked(balance.lotsOpened, lotsOpened) &&
    isOrUnasked(balance.redeemVersion, redeemVersion) &&
    isOrUnasked(standing.tier?.version ?? 0n, guards.tierVersion) &&
    isOrUnasked(balance.activeUntil ?? null, guards.activeUntil) &&
    isOrUnasked(balance.warnedThrough ?? null, guards.warnedThrough) &&
    holdsExactly(standing.counters, guards.countersExactly) &&
    holdsExactly(standing.metrics, guards.metricsExactly) &&
    holdsExactly(standing.cooldowns, guards.cooldownsExactly)
  );
}

function isOrUnasked<Value>(value: Value, asked: Value | undefined): boolean {
  return asked === undefined || asked === value;
}

function holdsExactly<Key>(amounts: Amounts<Key>, asked: Amounts<Key> | undefined): boolean {
  return [...(asked ?? [])].every(([key, amount]) => (amounts.get(key) ?? 0n) === amount);
}

function holdsAtLeast(amounts: Amounts<LotKey>, asked: Amounts<LotKey> | undefined): boolean {
  return [...(asked ?? [])].every(([day, amount]) => (amounts.get(day) ?? 0n) >= amount);
}

/** What is taken must be there; what is removed must be zero after the change. */
function mayChangeDays(
  days: Amounts<LotKey>,
  change: {
    readonly by: Amounts<LotKey>;
    readonly removed: readonly LotKey[];
    readonly lotExactly?: Amounts<LotKey> | undefined;
  },
): boolean {
  const { by, removed, lotExactly } = change;
  const left = new Map(removed.map((day) => [day, -(by.get(day) ?? 0n)]));
  for (const [day, amount] of left) {
    const asked = lotExactly?.get(day) ?? amount;
    invariant(asked === amount, 'What is removed must be used up.');
  }
  const isCovered = [...by].every(([day, amount]) => (days.get(day) ?? 0n) + amount >= 0n);
  return isCovered && holdsExactly(days, left) && holdsExactly(days, lotExactly);
}

export function changeBalance(table: Balances, change: BalanceChange): void {
  if (changesNothing(change)) return;
  const { program, member, unit, activeUntil, warnedThrough, expiredThrough } = change;
  const before = balanceOf(table, change);
  const redeemed = change.guards.redeemVersion === undefined ? 0n : 1n;
  const balance: Balance = {
    ...before,
    lots: changed(before.lots, change.lots, { always: change.removedLots }),
    vesting: changed(before.vesting, change.vesting, { always: change.removedVesting }),
    debt: before.debt + change.debt,
    pending: before.pending + change.pending,
    redeemVersion: before.redeemVersion + redeemed,
    lotsOpened: before.lotsOpened + (change.opensLot === true ? 1n : 0n),
    ...(activeUntil !== undefined && { activeUntil }),
    ...(warnedThrough !== undefined && { warnedThrough }),
    ...(expiredThrough !== undefined && { expiredThrough }),
    standing: standingAfter(before.standing, change),
  };
  table.balances.set(balanceKeyOf(change), { program, member, unit, balance });
}

function standingAfter(before: Standing, change: BalanceChange): Standing {
  const { counters, metrics, cooldowns, tier, removedCounters, removedMetrics } = change;
  return {
    ...before,
    counters: changed(before.counters, counters, { unlessChanged: removedCounters }),
    metrics: changed(before.metrics, metrics, { unlessChanged: removedMetrics }),
    cooldowns: new Map([...before.cooldowns, ...cooldowns]),
    ...(tier && { tier }),
  };
}

/** Amounts after additions; `unlessChanged`: what is added to is not removed. */
function changed<Key>(
  before: Amounts<Key>,
  by: Amounts<Key>,
  removed: { readonly always?: readonly Key[]; readonly unlessChanged?: readonly Key[] },
): Map<Key, bigint> {
  const after = new Map(before);
  for (const key of removed.unlessChanged ?? []) after.delete(key);
  for (const [key, amount] of by) {
    if (amount !== 0n) after.set(key, (before.get(key) ?? 0n) + amount);
  }
  for (const key of removed.always ?? []) after.delete(key);
  return after;
}

/** A change of nothing is a check: it makes no balance. */
function changesNothing(change: BalanceChange): boolean {
  const { lots, vesting, counters, metrics } = change;
  const adds = [lots, vesting, counters, metrics].some((amounts) =>
    [...amounts.values()].some((amount) => amount !== 0n),
  );
  const { tier, activeUntil, warnedThrough, expiredThrough, opensLot, guards } = change;
  const sets = [tier, activeUntil, warnedThrough, expiredThrough, opensLot, guards.redeemVersion];
  const { removedLots, removedVesting, removedCounters, removedMetrics } = change;
  const removes = [removedLots, removedVesting, removedCounters, removedMetrics];
  return !(
    adds ||
    sets.some((value) => value !== undefined) ||
    removes.some((keys) => keys.length > 0) ||
    change.cooldowns.size > 0 ||
    change.debt !== 0n ||
    change.pending !== 0n
  );
}
