import type { LotKey } from '../ledger/entry.ts';
import type { Balance } from './balance.ts';
import type { BalanceChange, BalanceGuards, BalanceMove } from './balance-change.ts';
import { endsAll } from './balance-move.ts';

type Change = Omit<BalanceChange, 'guards'>;

/** What a change demands of the stored balance, which was read as `read`. */
export function guardsOf(read: Balance, move: BalanceMove, change: Change): BalanceGuards {
  return {
    debt: read.debt,
    ...openLot(change),
    ...(demandsAll(move, change)
      ? { lotExactly: read.lots, lotsOpened: read.lotsOpened }
      : coverage(change)),
    ...figureGuards(read, move, change),
    ...(move.activeUntil === undefined && change.activeUntil === undefined
      ? {}
      : { activeUntil: read.activeUntil ?? null }),
    ...(move.warnedThrough !== undefined && { warnedThrough: read.warnedThrough ?? null }),
    ...(move.redeems && { redeemVersion: read.redeemVersion }),
    ...(move.tier !== undefined && { tierVersion: read.standing.tier?.version ?? 0n }),
  };
}

function openLot({ lots }: Change): Pick<BalanceGuards, 'notExpiredThrough'> {
  const credited = [...lots].filter(([, amount]) => amount > 0n).map(([lot]) => lot);
  const [earliest] = credited.sort();
  return earliest === undefined ? {} : { notExpiredThrough: earliest };
}

/** A debt beside a lot, or points left behind by a merge or by the end of all, would be unseen. */
function demandsAll(move: BalanceMove, change: Change): boolean {
  return change.debt > 0n || endsAll(move) || givesAway(move, change);
}

/** Whether points go from this member's lots to another's. */
function givesAway({ legs }: BalanceMove, { lots, member, unit }: Change): boolean {
  if (![...lots.values()].some((amount) => amount < 0n)) return false;
  return legs.some(({ account, unit: of, amount }) => {
    return account.kind === 'lot' && account.member !== member && of === unit && amount > 0n;
  });
}

/** Every lot still holds what is taken of it. Stores demand whole what is removed. */
function coverage({ lots, removedLots }: Change): Pick<BalanceGuards, 'lotAtLeast'> {
  const least = new Map<LotKey, bigint>();
  for (const [lot, amount] of lots) {
    if (amount < 0n && !removedLots.includes(lot)) least.set(lot, -amount);
  }
  return least.size === 0 ? {} : { lotAtLeast: least };
}

function figureGuards({ standing }: Balance, { relied }: BalanceMove, change: Change) {
  const { metrics, removedCounters, removedMetrics } = change;
  const lowered = [...metrics].filter(([, add]) => add < 0n).map(([key]) => key);
  const counters = exactly(standing.counters, [...(relied?.counters ?? []), ...removedCounters]);
  const sums = exactly(standing.metrics, [
    ...(relied?.metrics ?? []),
    ...lowered,
    ...removedMetrics,
  ]);
  const cooldowns = exactly(standing.cooldowns, [...(relied?.cooldowns ?? [])]);
  return {
    ...(counters.size > 0 && { countersExactly: counters }),
    ...(sums.size > 0 && { metricsExactly: sums }),
    ...(cooldowns.size > 0 && { cooldownsExactly: cooldowns }),
  };
}

function exactly(
  figures: ReadonlyMap<string, bigint>,
  keys: readonly string[],
): ReadonlyMap<string, bigint> {
  return new Map(keys.map((key) => [key, figures.get(key) ?? 0n]));
}
