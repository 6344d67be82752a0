import type { Leg, LotKey } from '../../shared/domain/ledger/entry.ts';
import type { Balance } from '../../shared/domain/points/balance.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';

/*
 * What the domain does with balances, as plainly as the stores' tests need it. It shares no code
 * with the domain, so that these suites stand on their own.
 */

export type Owner = { readonly program: string; readonly member: string; readonly unit: string };

/** A change of nothing but `parts`, under no condition but a debt of `guards.debt`, or none. */
export function changeFor(
  { program, member, unit }: Owner,
  { guards, ...parts }: Partial<Omit<BalanceChange, keyof Owner>>,
): BalanceChange {
  return {
    ...{ program, member, unit, lots: new Map(), debt: 0n, pending: 0n, vesting: new Map() },
    ...{ counters: new Map(), metrics: new Map(), cooldowns: new Map() },
    ...{ removedLots: [], removedVesting: [], removedCounters: [], removedMetrics: [] },
    ...parts,
    guards: { debt: 0n, ...guards },
  };
}

/** The change that posts legs on a balance that was read. */
export function changeOf(
  read: Balance,
  legs: readonly Leg[],
  owner: Owner,
  more: Partial<Omit<BalanceChange, keyof Owner>> = {},
): BalanceChange {
  const { lots, vesting, ...sums } = differences(legs, owner);
  const credited = [...lots].filter(([, amount]) => amount > 0n).map(([lot]) => lot);
  const [earliest] = credited.toSorted();
  const opens = credited.some((lot) => !read.lots.has(lot));
  const makesDebt = sums.debt > 0n;
  return changeFor(owner, {
    ...{ lots, vesting, ...sums },
    ...(opens && { opensLot: true as const }),
    ...more,
    guards: {
      debt: read.debt,
      ...(earliest && { notExpiredThrough: earliest }),
      ...(makesDebt && { lotExactly: read.lots, lotsOpened: read.lotsOpened }),
      ...more.guards,
    },
  });
}

function differences(legs: readonly Leg[], { member, unit }: Owner) {
  const lots = new Map<LotKey, bigint>();
  const vesting = new Map<LotKey, bigint>();
  const add = (days: Map<LotKey, bigint>, day: LotKey, by: bigint) =>
    days.set(day, (days.get(day) ?? 0n) + by);
  let [debt, pending] = [0n, 0n];
  for (const { account, unit: of, amount } of legs) {
    if (of !== unit || !('member' in account) || account.member !== member) continue;
    if (account.kind === 'lot') add(lots, account.lot, amount);
    else if (account.kind === 'debt') debt -= amount;
    else if (account.vestOn === undefined) pending += amount;
    else add(vesting, account.vestOn, amount);
  }
  return { lots, vesting, debt, pending };
}

function leg(account: Leg['account'], unit: string, amount: bigint): Leg {
  return { account, unit, amount };
}

/** Points into lots; debt is paid first. */
export function credited(
  { debt }: Balance,
  { member, unit }: Owner,
  parts: readonly (readonly [LotKey, bigint])[],
): Leg[] {
  let owed = debt;
  return parts.flatMap(([lot, points]) => {
    const repaid = owed < points ? owed : points;
    owed -= repaid;
    return [
      ...(repaid > 0n ? [leg({ kind: 'debt', member }, unit, repaid)] : []),
      ...(points > repaid ? [leg({ kind: 'lot', member, lot }, unit, points - repaid)] : []),
    ];
  });
}

/** The lot, or one that nothing closes where it is closed by now. */
export function openLot({ expiredThrough }: Balance, into: LotKey): LotKey {
  const isOpen = expiredThrough === undefined || into > expiredThrough;
  return isOpen ? into : ('290715' as LotKey);
}

export function earned(balance: Balance, owner: Owner, points: bigint, lot: LotKey): Leg[] {
  if (points === 0n) return [];
  const legs = credited(balance, owner, [[lot, points]]);
  return [leg({ kind: 'issued' }, owner.unit, -points), ...legs];
}

/** Points out of lots, first-expiring first; `uncovered` is what they lack. */
export function drawn(
  { lots }: Balance,
  { member, unit }: Owner,
  points: bigint,
): { readonly legs: Leg[]; readonly uncovered: bigint } {
  let left = points;
  const legs = [...lots].toSorted().flatMap(([lot, held]) => {
    const part = held < left ? held : left;
    left -= part;
    return part > 0n ? [leg({ kind: 'lot', member, lot }, unit, -part)] : [];
  });
  return { legs, uncovered: left };
}

/** Taken back; what lots lack becomes debt. */
export function takenBack(balance: Balance, owner: Owner, points: bigint): Leg[] {
  if (points === 0n) return [];
  const { member, unit } = owner;
  const { legs, uncovered } = drawn(balance, owner, points);
  if (uncovered > 0n) legs.push(leg({ kind: 'debt', member }, unit, -uncovered));
  return [...legs, leg({ kind: 'issued' }, unit, points)];
}

/** Points that are not spendable yet; negative: they are no longer pending. */
export function pended({ member, unit }: Owner, points: bigint, vestOn?: LotKey): Leg {
  return leg({ kind: 'pending', member, ...(vestOn && { vestOn }) }, unit, points);
}

export function moved(kind: 'issued' | 'breakage' | 'held', unit: string, points: bigint): Leg {
  return leg({ kind }, unit, points);
}
