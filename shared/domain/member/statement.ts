import { isCurrency } from '../money/currency.ts';
import { type Fraction, lowestTerms, type Rounding, rounded } from '../money/fraction.ts';
import type { Money } from '../money/money.ts';
import { available, type Balance, dayOfLot } from '../points/balance.ts';
import type { Program } from '../program/schema.ts';
import { freshRate } from '../rates/fresh-rate.ts';
import { convert, type Rate } from '../rates/rate.ts';
import type { RateBook } from '../rates/rate-book.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import type { LocalDate } from '../time.ts';
import { profileOf } from './profile.ts';
import { balanceIn, type MemberSnapshot } from './snapshot.ts';
import { memberCurrencyOf, otherwiseCurrencyOf } from './wallet-currency.ts';

/** What a member has in one unit: points, or minor units of a currency. */
export interface HeldUnit {
  readonly unit: string;
  /** What can be spent today, less debt. */
  readonly available: bigint;
  /** What cannot be spent before a day, or before an event where there is none. */
  readonly pending: readonly { readonly vestOn?: LocalDate; readonly amount: bigint }[];
  readonly debt: bigint;
}

export interface HeldWallet extends HeldUnit {
  /** From the wallet's currency into that of the total, or why there is none. */
  readonly rate: Result<Rate, Refusal>;
}

export interface Statement {
  /** The day whose rates are used. */
  readonly on: LocalDate;
  readonly wallets: readonly HeldWallet[];
  readonly points: readonly HeldUnit[];
  readonly total: {
    readonly money: Money;
    /** Once, of the exact sum of all wallets. */
    readonly rounding: Rounding;
    /** Currencies of wallets with something available and no rate. */
    readonly leftOut: readonly string[];
  };
}

interface StatementInput {
  readonly program: Program;
  readonly snapshot: MemberSnapshot;
  readonly rates: RateBook;
  readonly on: LocalDate;
}

const rounding = 'halfUp';

/**
 * All that a member has, unit by unit, and what the money they can spend is worth in their own
 * currency; in that which the program falls back on where no rate leads from any wallet to theirs.
 */
export function statementOf({ program, snapshot, rates, on }: StatementInput): Statement {
  const held = heldUnits(program, snapshot, on);
  const money = held.filter(({ unit }) => isCurrency(unit));
  const { staleDays } = program.money;
  const rateInto = (from: string, to: string) => freshRate(rates, { from, to, on, staleDays });
  const wanted = memberCurrencyOf({ program, profile: profileOf(snapshot), on });
  const isReached = (to: string) =>
    money.some(({ unit, available: spendable }) => spendable !== 0n && rateInto(unit, to).ok);
  const reached = [wanted, otherwiseCurrencyOf(program, on)].find(isReached);
  const currency = reached ?? wanted;
  const wallets = money.map((wallet) => ({ ...wallet, rate: rateInto(wallet.unit, currency) }));
  const worth = wallets.flatMap(({ available: amountMinor, rate }) =>
    rate.ok ? [convert(amountMinor, rate.value, rounding).exact] : [],
  );
  const leftOut = wallets.filter(({ available: spendable, rate }) => spendable !== 0n && !rate.ok);
  return {
    ...{ on, wallets, points: held.filter(({ unit }) => !isCurrency(unit)) },
    total: {
      money: { amountMinor: rounded(sumOf(worth), rounding), currency },
      rounding,
      leftOut: leftOut.map(({ unit }) => unit),
    },
  };
}

function heldUnits(program: Program, snapshot: MemberSnapshot, on: LocalDate): HeldUnit[] {
  const own = Object.keys(program.units);
  const units = [...new Set([...own, ...[...snapshot.balances.keys()].sort()])];
  return units
    .map((unit) => heldIn(unit, balanceIn(snapshot, unit), on))
    .filter((held) => isListed(program, held));
}

/** The program's own units are, and of all others those that hold something. */
export function isListed(
  { units }: Pick<Program, 'units'>,
  { unit, available: spendable, debt, pending }: HeldUnit,
): boolean {
  return Object.hasOwn(units, unit) || spendable !== 0n || debt > 0n || pending.length > 0;
}

export function heldIn(unit: string, balance: Balance, on: LocalDate): HeldUnit {
  const days = [...balance.vesting].sort(([left], [right]) => (left < right ? -1 : 1));
  const vesting = days.map(([day, amount]) => ({ vestOn: dayOfLot(day), amount }));
  const pending = [...vesting.filter(({ vestOn }) => vestOn > on), { amount: balance.pending }];
  return {
    ...{ unit, available: available(balance, on), debt: balance.debt },
    pending: pending.filter(({ amount }) => amount !== 0n),
  };
}

function sumOf(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(
    (sum, { numerator, denominator }) =>
      lowestTerms({
        numerator: sum.numerator * denominator + numerator * sum.denominator,
        denominator: sum.denominator * denominator,
      }),
    { numerator: 0n, denominator: 1n },
  );
}
