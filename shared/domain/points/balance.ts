import type { Leg, LotKey } from '../ledger/entry.ts';
import { invariant } from '../result.ts';
import type { LocalDate } from '../time.ts';

/** What a member has in one unit: points by lot, and what the member owes. */
export interface Balance {
  readonly lots: ReadonlyMap<LotKey, bigint>;
  /** Zero or more; the next credit pays it first. */
  readonly debt: bigint;
  /** Counts redemptions, so that two of them cannot both spend what was read once. */
  readonly redeemVersion: bigint;
  /** Counts the credits that opened a lot, so that nobody makes a debt beside a lot unseen. */
  readonly lotsOpened: bigint;
  /** Lots up to this key are expired and closed. */
  readonly expiredThrough?: LotKey;
}

export const emptyBalance: Balance = {
  ...{ lots: new Map(), debt: 0n },
  ...{ redeemVersion: 0n, lotsOpened: 0n },
};

const firstCentury = '20';

/** The lot that expires at the start of `date`. Throws outside 2000-2099. */
export function lotExpiringOn(date: LocalDate): LotKey {
  invariant(date.startsWith(firstCentury), `A lot cannot expire on ${date}: outside 2000-2099.`);
  return date.slice(2).replaceAll('-', '') as LotKey;
}

export function isExpired(lot: LotKey, today: LocalDate): boolean {
  return lot <= lotExpiringOn(today);
}

/** Unexpired lots minus debt; negative while the member owes more than they have. */
export function available(balance: Balance, today: LocalDate): bigint {
  let sum = -balance.debt;
  for (const [lot, points] of balance.lots) if (!isExpired(lot, today)) sum += points;
  return sum;
}

/** The lots that can be spent today, first-expiring first. */
export function spendableLots(balance: Balance, today: LocalDate): [LotKey, bigint][] {
  return [...balance.lots]
    .filter(([lot, points]) => points > 0n && !isExpired(lot, today))
    .sort(([left], [right]) => (left < right ? -1 : 1));
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
  let debt = balance.debt;
  for (const { account, unit, amount } of legs) {
    if (unit !== owner.unit) continue;
    if (account.kind === 'lot' && account.member === owner.member) {
      const points = (lots.get(account.lot) ?? 0n) + amount;
      invariant(points >= 0n, `Lot ${account.lot} would fall below zero.`);
      lots.set(account.lot, points);
    }
    if (account.kind === 'debt' && account.member === owner.member) debt -= amount;
  }
  invariant(debt >= 0n, 'Debt would fall below zero.');
  return { ...balance, lots, debt };
}
