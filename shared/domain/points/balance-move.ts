import type { LotKey } from '../ledger/entry.ts';
import type { Standing } from '../member/standing.ts';
import {
  applyLegs,
  type Balance,
  isExpired,
  isInactive,
  lotExpiringOn,
  neverLot,
} from './balance.ts';
import type { BalanceMove } from './balance-change.ts';

/** The later of two days until which activity keeps points; `neverLot` is a clock that stands. */
export function laterActivity(known: LotKey | undefined, until: LotKey): LotKey {
  if (known === undefined || known === neverLot) return until;
  return known > until ? known : until;
}

/** The balance after a move, as a store holds it but for the versions that count writes. */
export function applyMove(
  read: Balance,
  move: BalanceMove,
  owner: { readonly member: string; readonly unit: string },
): Balance {
  const moved = applyLegs(read, move.legs, owner);
  const today = move.stale?.today;
  const expiredThrough = later(read.expiredThrough, closedBy(move));
  const activeUntil = activityAfter(read, move, moved);
  const warnedThrough = move.warnedThrough ?? firstWarned(read, move, moved);
  const isDayOver = (day: LotKey) => today !== undefined && isExpired(day, today);
  const isLotOver = (lot: LotKey) =>
    isDayOver(lot) || lot <= (expiredThrough ?? '') || endsAll(move);
  return {
    ...moved,
    lots: kept(moved.lots, isLotOver),
    vesting: kept(moved.vesting, isDayOver),
    ...(expiredThrough !== undefined && { expiredThrough }),
    ...(activeUntil !== undefined && { activeUntil }),
    ...(warnedThrough !== undefined && { warnedThrough }),
    standing: standingAfter(read.standing, move),
  };
}

/** Inactivity ends every lot: the clock stands until the next activity. */
export function endsAll({ activeUntil }: BalanceMove): boolean {
  return activeUntil === neverLot;
}

/** The lot of points that never expire is never closed. */
export function closedBy({ expiredThrough }: BalanceMove): LotKey | undefined {
  return expiredThrough === neverLot ? undefined : expiredThrough;
}

function later(left: LotKey | undefined, right: LotKey | undefined): LotKey | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left > right ? left : right;
}

/** Without what is over and holds nothing; mostly nothing is. */
function kept(
  held: ReadonlyMap<LotKey, bigint>,
  isOver: (lot: LotKey) => boolean,
): ReadonlyMap<LotKey, bigint> {
  let isAllKept = true;
  for (const [lot, points] of held) isAllKept &&= points !== 0n || !isOver(lot);
  if (isAllKept) return held;
  return new Map([...held].filter(([lot, points]) => points !== 0n || !isOver(lot)));
}

/**
 * A clock that ran out over an empty balance has nothing to end: points that come later, without
 * an activity, are not to die by it.
 */
function activityAfter(read: Balance, move: BalanceMove, moved: Balance): LotKey | undefined {
  const today = move.stale?.today;
  const ranOut = today !== undefined && isInactive(read, today) && !holdsLots(read);
  const known = ranOut && holdsLots(moved) ? neverLot : read.activeUntil;
  return move.activeUntil === undefined ? known : laterActivity(known, move.activeUntil);
}

/** What was due before a member had anything is not due for them. */
function firstWarned(read: Balance, move: BalanceMove, moved: Balance): LotKey | undefined {
  const today = move.stale?.today;
  if (read.warnedThrough !== undefined || today === undefined) return read.warnedThrough;
  if (!isUntouched(read) || isUntouched(moved)) return undefined;
  return lotExpiringOn(today);
}

/** Whether there have never been any points. */
export function isUntouched({ lots, vesting, pending, lotsOpened }: Balance): boolean {
  return lotsOpened === 0n && lots.size === 0 && vesting.size === 0 && pending === 0n;
}

function holdsLots({ lots }: Balance): boolean {
  return [...lots.values()].some((points) => points > 0n);
}

function standingAfter(standing: Standing, move: BalanceMove): Standing {
  const { cooldowns, stale } = move;
  const tier = move.tier ?? standing.tier;
  return {
    counters: figuresAfter(standing.counters, move.counters, stale?.counters),
    metrics: figuresAfter(standing.metrics, move.metrics, stale?.metrics),
    cooldowns: cooldowns ? new Map([...standing.cooldowns, ...cooldowns]) : standing.cooldowns,
    ...(tier !== undefined && { tier }),
  };
}

const none: ReadonlyMap<string, bigint> = new Map();

/** A stale figure that is added to stays. */
function figuresAfter(
  figures: ReadonlyMap<string, bigint>,
  adds: ReadonlyMap<string, bigint> = none,
  stale: readonly string[] = [],
): ReadonlyMap<string, bigint> {
  if (adds.size === 0 && stale.length === 0) return figures;
  const after = new Map(figures);
  for (const key of stale) if (!adds.has(key)) after.delete(key);
  for (const [key, add] of adds) if (add !== 0n) after.set(key, (after.get(key) ?? 0n) + add);
  return after;
}
