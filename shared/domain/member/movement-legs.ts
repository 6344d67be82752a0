import type { Account, Leg, LotKey } from '../ledger/entry.ts';
import { creditParts, leg } from '../ledger/recipes.ts';
import {
  allocate,
  applyLegs,
  type Balance,
  isExpired,
  isInactive,
  spendableLots,
} from '../points/balance.ts';
import type { LocalDate } from '../time.ts';
import type { Movement } from './decision.ts';

type BalanceOf = (member: string, unit: string) => Balance;

export interface MovementLegs {
  readonly legs: Leg[];
  /** Of a `take`: what lots did not cover and no debt stands for. */
  readonly uncovered: bigint;
}

type Of<Kind extends Movement['kind']> = Extract<Movement, { kind: Kind }>;

/**
 * The balanced legs of a movement on balances as they are. `today` is the day that decides what is
 * expired: that of the posting for events and commands, the day it was due for due work.
 */
export function movementLegs(
  movement: Movement,
  balanceOf: BalanceOf,
  today: LocalDate,
): MovementLegs {
  if (movement.kind === 'absorb') return covered(absorbed(movement, balanceOf, today));
  if (movement.kind === 'exchange') return covered(exchanged(movement));
  if (movement.kind === 'donate') {
    const { charity } = movement;
    return covered(between(movement, { kind: 'issued' }, { kind: 'donation', charity }));
  }
  const balance = balanceOf(movement.member, movement.unit);
  if (movement.kind === 'migrate') return covered(migrated(movement, balance, today));
  switch (movement.kind) {
    case 'credit':
      return covered(credited(movement, balance, today));
    case 'pend':
      return covered(between(movement, { kind: 'issued' }, pendingOf(movement)));
    case 'vest':
      return covered(vested(movement, balance));
    case 'unpend':
      return covered(between(movement, pendingOf(movement), { kind: movement.to }));
    case 'take':
      return taken(movement, balance, today);
    case 'expire':
      return covered(expired(movement, balance));
    case 'extend':
      return covered(
        between(movement, lotOf(movement, movement.lot), lotOf(movement, movement.toLot)),
      );
  }
}

function covered(legs: Leg[]): MovementLegs {
  return { legs, uncovered: 0n };
}

function lotOf({ member }: { readonly member: string }, lot: LotKey): Account {
  return { kind: 'lot', member, lot };
}

function pendingOf({ member, vestOn }: Of<'pend' | 'vest' | 'unpend'>): Account {
  return { kind: 'pending', member, ...(vestOn !== undefined && { vestOn }) };
}

interface Amount {
  readonly unit: string;
  readonly points: bigint;
}

function between({ unit, points }: Amount, from: Account, to: Account): Leg[] {
  return points === 0n ? [] : [leg(from, unit, -points), leg(to, unit, points)];
}

/**
 * Debt first, the rest into the lot. In a lot that has expired they are breakage at once, and pay
 * no debt: otherwise it would matter whether they came before or after what made it.
 */
function credited(movement: Of<'credit'>, balance: Balance, today: LocalDate): Leg[] {
  const source: Account = { kind: movement.from ?? 'issued' };
  const isOver = isExpired(movement.lot, today) || isClosed(balance, movement.lot);
  return isOver
    ? between(movement, source, { kind: 'breakage' })
    : intoLot(movement, source, balance);
}

function intoLot(movement: Of<'credit' | 'vest'>, source: Account, { debt }: Balance): Leg[] {
  const { unit, points, lot } = movement;
  if (points === 0n) return [];
  return [leg(source, unit, -points), ...creditParts(debt, movement, [[lot, points]])];
}

function isClosed({ expiredThrough }: Balance, lot: LotKey): boolean {
  return expiredThrough !== undefined && lot <= expiredThrough;
}

/** A lot that has expired since the vesting day is filled, paying debt, and expires by itself. */
function vested(movement: Of<'vest'>, balance: Balance): Leg[] {
  const source = pendingOf(movement);
  return isClosed(balance, movement.lot)
    ? between(movement, source, { kind: 'breakage' })
    : intoLot(movement, source, balance);
}

function taken(movement: Of<'take'>, balance: Balance, today: LocalDate): MovementLegs {
  const { member, unit, points, prefer, vestOn, to = 'issued' } = movement;
  const vesting = (vestOn === undefined ? undefined : balance.vesting.get(vestOn)) ?? 0n;
  const early = vesting < points ? vesting : points;
  const lots = spendableLots(balance, today);
  const preferred = [
    ...lots.filter(([lot]) => lot === prefer),
    ...lots.filter(([lot]) => lot !== prefer),
  ];
  const { parts, uncovered } = allocate(preferred, points - early);
  const owed = movement.uncovered === 'debt' ? uncovered : 0n;
  const given = points - uncovered + owed;
  const legs = parts.map(([lot, part]) => leg(lotOf(movement, lot), unit, -part));
  if (early > 0n)
    legs.unshift(leg({ kind: 'pending', member, ...(vestOn && { vestOn }) }, unit, -early));
  if (owed > 0n) legs.push(leg({ kind: 'debt', member }, unit, -owed));
  if (given > 0n) legs.push(leg({ kind: to }, unit, given));
  return { legs, uncovered: uncovered - owed };
}

function expired(movement: Of<'expire'>, { lots }: Balance): Leg[] {
  const { unit, lot } = movement;
  const points = lots.get(lot) ?? 0n;
  return between({ unit, points }, lotOf(movement, lot), { kind: 'breakage' });
}

/** Two balanced legs in each currency, and a third where rounding gave more than whole units. */
function exchanged({ through, exchange }: Of<'exchange'>): Leg[] {
  const { from, fromMinor, to, toMinor, wholeMinor } = exchange;
  const legs = [
    leg({ kind: through }, from, -fromMinor),
    leg({ kind: 'fxPosition' }, from, fromMinor),
    leg({ kind: 'fxPosition' }, to, -wholeMinor),
    leg({ kind: 'rounding' }, to, wholeMinor - toMinor),
    leg({ kind: through }, to, toMinor),
  ];
  return legs.filter(({ amount }) => amount !== 0n);
}

/**
 * Lot for lot; a lot that is over on either side is breakage. Then what both owe is paid from what
 * both have.
 */
function absorbed(movement: Of<'absorb'>, balanceOf: BalanceOf, today: LocalDate): Leg[] {
  const { member, unit, fromMember } = movement;
  const own = balanceOf(member, unit);
  const theirs = balanceOf(fromMember, unit);
  const ended = isInactive(theirs, today);
  const move = (points: bigint, accountOf: (member: string) => Account, to?: Account) =>
    between({ unit, points }, accountOf(fromMember), to ?? accountOf(member));
  const lots = [...theirs.lots].flatMap(([lot, points]) => {
    const isOver = ended || isExpired(lot, today) || isClosed(own, lot);
    const to: Account | undefined = isOver ? { kind: 'breakage' } : undefined;
    return move(points, (of) => ({ kind: 'lot', member: of, lot }), to);
  });
  const vesting = [...theirs.vesting].flatMap(([vestOn, points]) =>
    move(points, (of) => ({ kind: 'pending', member: of, vestOn })),
  );
  const pending = move(theirs.pending, (of) => ({ kind: 'pending', member: of }));
  const debt = move(-theirs.debt, (of) => ({ kind: 'debt', member: of }));
  const legs = [...lots, ...vesting, ...pending, ...debt];
  return [...legs, ...netted(applyLegs(own, legs, movement), movement, today)];
}

/**
 * All of it out of the balance; or into it as lots, days and debt of their own. A lot that is over
 * there is breakage, and debt meets what it can be paid from.
 */
function migrated(movement: Of<'migrate'>, balance: Balance, today: LocalDate): Leg[] {
  const { member, unit, way, holdings } = movement;
  const { lots, vesting, pending, debt } = holdings;
  const sign = way === 'in' ? 1n : -1n;
  const placed = (lot: LotKey): Account => {
    const isOver = way === 'in' && (isExpired(lot, today) || isClosed(balance, lot));
    return isOver ? { kind: 'breakage' } : lotOf(movement, lot);
  };
  const legs = [
    ...[...lots].map(([lot, points]) => leg(placed(lot), unit, sign * points)),
    ...[...vesting].map(([vestOn, points]) =>
      leg({ kind: 'pending', member, vestOn }, unit, sign * points),
    ),
    leg({ kind: 'pending', member }, unit, sign * pending),
    leg({ kind: 'debt', member }, unit, -sign * debt),
  ].filter(({ amount }) => amount !== 0n);
  const sum = legs.reduce((total, { amount }) => total + amount, 0n);
  if (sum !== 0n) legs.unshift(leg({ kind: 'converted' }, unit, -sum));
  if (way === 'out') return legs;
  return [...legs, ...netted(applyLegs(balance, legs, movement), movement, today)];
}

/** Debt paid from the lots that can be spent. */
function netted(balance: Balance, movement: Of<'absorb' | 'migrate'>, today: LocalDate): Leg[] {
  const { member, unit } = movement;
  const { parts, uncovered } = allocate(spendableLots(balance, today), balance.debt);
  const paid = balance.debt - uncovered;
  if (paid === 0n) return [];
  const legs = parts.map(([lot, part]) => leg(lotOf(movement, lot), unit, -part));
  return [...legs, leg({ kind: 'debt', member }, unit, paid)];
}
