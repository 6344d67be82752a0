import type { Leg, LotKey } from '../ledger/entry.ts';
import { emptyStanding, type Standing } from '../member/standing.ts';
import { invariant } from '../result.ts';
import type { LocalDate } from '../time.ts';

/** What a member has in one unit: points by lot, and what the member owes. */
export interface Balance {
  readonly lots: ReadonlyMap<LotKey, bigint>;
  /** Zero or more; the next credit pays it first. */
  readonly debt: bigint;
  /** Counts redemptions, so that two of them cannot both spend what was read once. */
  readonly redeemVersion: bigint;
  /** Counts what opened or ended a lot or a vesting day: nobody makes a debt beside one unseen. */
  readonly lotsOpened: bigint;
  /** Lots up to this key are expired and closed. */
  readonly expiredThrough?: LotKey;
  /** Points that wait for an event which names their accrual. */
  readonly pending: bigint;
  /** Points that become spendable on a day. */
  readonly vesting: ReadonlyMap<LotKey, bigint>;
  /** The first day without any of the points, where inactivity ends them; `neverLot` when unset. */
  readonly activeUntil?: LotKey;
  /** Warnings due up to this day have been given; begins on the day of the first points. */
  readonly warnedThrough?: LotKey;
  /** Empty but on the balance of the program's first unit. */
  readonly standing: Standing;
}

/** What a member has and owes, without the marks of a balance. */
export type Holdings = Pick<Balance, 'lots' | 'vesting' | 'pending' | 'debt'>;

export const emptyBalance: Balance = {
  ...{ lots: new Map(), debt: 0n },
  ...{ redeemVersion: 0n, lotsOpened: 0n, pending: 0n, vesting: new Map() },
  standing: emptyStanding,
};

const firstCentury = '20';

/** The lot of points that do not expire, and the day of what never comes. */
export const neverLot = '991231' as LotKey;

/** The lot that expires at the start of `date`. Throws outside 2000-2099. */
export function lotExpiringOn(date: LocalDate): LotKey {
  invariant(date.startsWith(firstCentury), `A lot cannot expire on ${date}: outside 2000-2099.`);
  return date.slice(2).replaceAll('-', '') as LotKey;
}

/** The first day without the lot. */
export function dayOfLot(lot: LotKey): LocalDate {
  return `${firstCentury}${lot.slice(0, 2)}-${lot.slice(2, 4)}-${lot.slice(4)}` as LocalDate;
}

export function isExpired(lot: LotKey, today: LocalDate): boolean {
  return lot <= lotExpiringOn(today);
}

/** Whether inactivity has ended every point that was spendable then. */
export function isInactive({ activeUntil }: Balance, today: LocalDate): boolean {
  return activeUntil !== undefined && isExpired(activeUntil, today);
}

/** Vesting days that have come, earliest first, with the points that wait for the sweep. */
export function dueVesting({ vesting }: Balance, today: LocalDate): [LotKey, bigint][] {
  if (vesting.size === 0) return [];
  const last = lotExpiringOn(today);
  return inOrder([...vesting].filter(([day, points]) => points > 0n && day <= last));
}

/**
 * Unexpired lots, and points whose vesting day has come though the sweep has not been, minus debt;
 * negative while the member owes more than they have. A sweep that is late by a whole life of
 * points may find vested ones gone again: they are settled before they can be spent.
 */
export function available(
  balance: Balance,
  today: LocalDate,
  spendable = spendableLots(balance, today),
): bigint {
  const ended = isInactive(balance, today);
  let points = 0n;
  let debt = balance.debt;
  for (const [day, vested] of dueVesting(balance, today)) {
    const died = ended && day < (balance.activeUntil ?? neverLot);
    if (!died) points += vested;
    else debt -= vested < debt ? vested : debt;
  }
  for (const [, held] of spendable) points += held;
  return points - debt;
}

/** The lots that can be spent today, first-expiring first. What has vested counts once swept. */
export function spendableLots(balance: Balance, today: LocalDate): [LotKey, bigint][] {
  if (isInactive(balance, today)) return [];
  const last = lotExpiringOn(today);
  return inOrder([...balance.lots].filter(([lot, points]) => points > 0n && lot > last));
}

/**
 * Whether due work must be booked before anything else is: lots cannot give yet what has vested,
 * and a new activity must not revive what inactivity has ended.
 */
export function needsSettling(balance: Balance, today: LocalDate): boolean {
  if (dueVesting(balance, today).length > 0) return true;
  return isInactive(balance, today) && [...balance.lots.values()].some((points) => points > 0n);
}

function inOrder(lots: [LotKey, bigint][]): [LotKey, bigint][] {
  return lots.sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Takes up to `points` first-expiring first: what each lot gives, and what no lot could cover. */
export function allocate(
  lots: readonly (readonly [LotKey, bigint])[],
  points: bigint,
): { readonly parts: [LotKey, bigint][]; readonly uncovered: bigint } {
  const parts: [LotKey, bigint][] = [];
  let uncovered = points;
  for (const [lot, held] of lots) {
    if (uncovered === 0n) break;
    const part = held < uncovered ? held : uncovered;
    parts.push([lot, part]);
    uncovered -= part;
  }
  return { parts, uncovered };
}

/** The balance after a member's legs in one unit: a balance is the fold of its entries. */
export function applyLegs(
  balance: Balance,
  legs: Iterable<Leg>,
  owner: { readonly member: string; readonly unit: string },
): Balance {
  const lots = new Map(balance.lots);
  let { debt, pending } = balance;
  let vesting: Map<LotKey, bigint> | undefined;
  for (const { account, unit, amount } of legs) {
    if (unit !== owner.unit || !('member' in account) || account.member !== owner.member) continue;
    if (account.kind === 'lot') addTo(lots, account.lot, amount);
    else if (account.kind === 'debt') debt -= amount;
    else if (account.vestOn === undefined) pending += amount;
    else {
      vesting ??= new Map(balance.vesting);
      addTo(vesting, account.vestOn, amount);
    }
  }
  invariant(debt >= 0n, 'Debt would fall below zero.');
  invariant(pending >= 0n, 'Pending points would fall below zero.');
  return { ...balance, lots, vesting: vesting ?? balance.vesting, debt, pending };
}

function addTo(held: Map<LotKey, bigint>, lot: LotKey, amount: bigint): void {
  const points = (held.get(lot) ?? 0n) + amount;
  invariant(points >= 0n, `Lot ${lot} would fall below zero.`);
  held.set(lot, points);
}
