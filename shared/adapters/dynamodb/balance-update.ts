import type { LotKey } from '../../domain/ledger/entry.ts';
import type { BalanceChange } from '../../domain/points/balance-change.ts';
import { invariant } from '../../domain/result.ts';
import { attributeOf } from './balance-item.ts';
import {
  absentOrAtMost,
  absentOrBefore,
  allOf,
  amountIs,
  amountIsAtLeast,
  type Condition,
  textIs,
} from './condition.ts';
import { balanceKey } from './schema.ts';
import { encodeTier } from './tier-text.ts';
import type { Transaction } from './transact.ts';
import { type Changes, changesNothing } from './update-expression.ts';

/** Adds the change to a transaction as a part of that name. */
export function changeBalance(transaction: Transaction, name: string, change: BalanceChange): void {
  const changes = changesOf(change);
  const condition = conditionOf(change);
  if (changesNothing(changes)) transaction.check(name, balanceKey(change), condition);
  else transaction.update(name, balanceKey(change), { changes, condition });
}

type Days = ReadonlyMap<LotKey, bigint>;

function changesOf(change: BalanceChange): Changes {
  const { guards, tier, activeUntil, warnedThrough, expiredThrough } = change;
  const add = new Map<string, bigint>([
    ...amountsOf(change.lots, attributeOf.lot, change.removedLots),
    ...amountsOf(change.vesting, attributeOf.vesting, change.removedVesting),
    ...amountsOf(change.counters, attributeOf.counter),
    ...amountsOf(change.metrics, attributeOf.metric),
  ]);
  if (change.debt !== 0n) add.set('d', change.debt);
  if (change.pending !== 0n) add.set('pn', change.pending);
  if (change.opensLot === true) add.set('lv', 1n);
  if (guards.redeemVersion !== undefined) add.set('rv', 1n);
  const set = new Map<string, string | bigint>();
  for (const [key, seconds] of change.cooldowns) set.set(attributeOf.cooldown(key), seconds);
  if (tier !== undefined) set.set('t', encodeTier(tier)).set('tv', tier.version);
  if (activeUntil !== undefined) set.set('iu', activeUntil);
  if (warnedThrough !== undefined) set.set('wl', warnedThrough);
  if (expiredThrough !== undefined) set.set('xe', expiredThrough);
  const removed = new Set([
    ...change.removedLots.map(attributeOf.lot),
    ...change.removedVesting.map(attributeOf.vesting),
    ...change.removedCounters.map(attributeOf.counter),
    ...change.removedMetrics.map(attributeOf.metric),
  ]);
  return { add, set, remove: [...removed].filter((attribute) => !add.has(attribute)) };
}

function amountsOf<Key extends string>(
  amounts: ReadonlyMap<Key, bigint>,
  nameOf: (key: Key) => string,
  removed: readonly Key[] = [],
): [string, bigint][] {
  return [...amounts]
    .filter(([key, amount]) => amount !== 0n && !removed.includes(key))
    .map(([key, amount]) => [nameOf(key), amount]);
}

/**
 * The guards as one condition. Whatever is taken must be there, and what is removed must be zero
 * after the change, also where no guard says so. An expression holds 300 operators: an amount that
 * must be zero takes four, any other two, so a balance of 1 KB reaches neither them nor 4 KB unless
 * nearly all of it must be zero at once.
 */
function conditionOf(change: BalanceChange): Condition {
  const { guards } = change;
  const { notExpiredThrough, lotAtLeast, lotExactly, lotsOpened, redeemVersion } = guards;
  const amounts: (readonly [string, bigint | undefined])[] = [
    ['lv', lotsOpened],
    ['rv', redeemVersion],
    ['tv', guards.tierVersion],
    ...exactly(exactDays(change.lots, change.removedLots, lotExactly), attributeOf.lot),
    ...exactly(exactDays(change.vesting, change.removedVesting), attributeOf.vesting),
    ...exactly(guards.countersExactly, attributeOf.counter),
    ...exactly(guards.metricsExactly, attributeOf.metric),
    ...exactly(guards.cooldownsExactly, attributeOf.cooldown),
  ];
  const { activeUntil, warnedThrough } = guards;
  return allOf([
    amountIs('d', guards.debt),
    ...(notExpiredThrough === undefined ? [] : [absentOrBefore('xe', notExpiredThrough)]),
    ...(change.expiredThrough === undefined ? [] : [absentOrAtMost('xe', change.expiredThrough)]),
    ...covered(taken(change.lots, change.removedLots, lotAtLeast), attributeOf.lot),
    ...covered(taken(change.vesting, change.removedVesting), attributeOf.vesting),
    ...(change.pending < 0n ? [amountIsAtLeast('pn', -change.pending)] : []),
    ...amounts.flatMap(([name, value]) => (value === undefined ? [] : [amountIs(name, value)])),
    ...(activeUntil === undefined ? [] : [textIs('iu', activeUntil)]),
    ...(warnedThrough === undefined ? [] : [textIs('wl', warnedThrough)]),
  ]);
}

function exactly<Key extends string>(
  amounts: ReadonlyMap<Key, bigint> | undefined,
  nameOf: (key: Key) => string,
): (readonly [string, bigint])[] {
  return [...(amounts ?? [])].map(([key, amount]) => [nameOf(key), amount] as const);
}

/** What each day must hold at least: the larger of what is taken and what is asked for. */
function taken(changes: Days, removed: readonly LotKey[], asked: Days = new Map()): Days {
  const least = new Map<LotKey, bigint>();
  for (const [day, amount] of changes) {
    if (amount < 0n && !removed.includes(day)) least.set(day, -amount);
  }
  for (const [day, amount] of asked) {
    if (amount > (least.get(day) ?? 0n)) least.set(day, amount);
  }
  return least;
}

function covered(least: Days, nameOf: (day: LotKey) => string): Condition[] {
  return [...least].map(([day, amount]) => amountIsAtLeast(nameOf(day), amount));
}

/** What is removed holds exactly what the change takes from it. */
function exactDays(changes: Days, removed: readonly LotKey[], asked: Days = new Map()): Days {
  const exact = new Map(asked);
  for (const day of removed) {
    const left = -(changes.get(day) ?? 0n);
    invariant((exact.get(day) ?? left) === left, 'What is removed must be used up.');
    exact.set(day, left);
  }
  return exact;
}
