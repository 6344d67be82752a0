import { Decimal } from 'decimal.js';
import { currencyExponent } from '../../../shared/domain/money/currency.ts';
import type { RateSnapshot } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { FxCase } from './cases.ts';
import { type SumsByUnit, sumsOf, type UnitSums, walletOf } from './unit-sums.ts';

/*
 * The same with decimal.js. A cross rate is no finite decimal, so amounts are multiplied first and
 * divided last. Digits are as many as it takes to be exact for any amount and rate that is
 * accepted, as the other side is, and no more: an amount of 18 digits, times a rate of 40, times
 * 1000, has 61; the quotient has no more before the point. It is cut off, so that one digit behind
 * the point tells on which side of a half it is.
 */
const digits = 61 + 1;
const Exact = Decimal.clone({ precision: digits, rounding: Decimal.ROUND_FLOOR });
/** A million results of 23 digits. */
const Sum = Decimal.clone({ precision: 23 + 6 });
const zero = new Sum(0);

interface DecimalLeg {
  readonly account: string;
  readonly unit: string;
  readonly amount: Decimal;
}

/** An amount as this side is given it; the other side is given a bigint. */
export interface DecimalCase {
  readonly asked: FxCase;
  readonly amountMinor: Decimal;
}

export function decimalCase(asked: FxCase): DecimalCase {
  return { asked, amountMinor: new Exact(`${asked.amountMinor}`) };
}

/** Minor units of one currency for one of another: `times` over `over`. */
interface DecimalRate {
  readonly times: Decimal;
  readonly over: Decimal;
}

/** The rates of days, each worked out once with the minor units in it, as the rate book does. */
class DecimalRates {
  readonly #texts: ReadonlyMap<LocalDate, ReadonlyMap<string, string>>;
  readonly #found = new Map<LocalDate, Map<string, Map<string, DecimalRate>>>();

  constructor(snapshots: readonly RateSnapshot[]) {
    this.#texts = new Map(snapshots.map(({ date, rates }) => [date, rates]));
  }

  rateAt({ from, to, on }: FxCase): DecimalRate {
    return this.#found.get(on)?.get(from)?.get(to) ?? this.#find(from, to, on);
  }

  #find(from: string, to: string, on: LocalDate): DecimalRate {
    const perEuro = (code: string) => new Exact(this.#texts.get(on)?.get(code) ?? 1);
    const rate = {
      times: perEuro(to).times(minorPerMajor(to)),
      over: perEuro(from).times(minorPerMajor(from)),
    };
    const ofDay = this.#found.get(on) ?? new Map<string, Map<string, DecimalRate>>();
    const ofCurrency = ofDay.get(from) ?? new Map<string, DecimalRate>();
    this.#found.set(on, ofDay.set(from, ofCurrency.set(to, rate)));
    return rate;
  }
}

const minorUnits = [1, 10, 100, 1000].map((units) => new Exact(units));

function minorPerMajor(currency: string): Decimal {
  return minorUnits[currencyExponent(currency) ?? 0] ?? zero;
}

export class DecimalBooks {
  readonly sums: SumsByUnit<Decimal> = new Map();
  readonly #rates: DecimalRates;

  constructor(snapshots: readonly RateSnapshot[]) {
    this.#rates = new DecimalRates(snapshots);
  }

  post({ asked, amountMinor }: DecimalCase): Decimal {
    const { from, to, member } = asked;
    const { times, over } = this.#rates.rateAt(asked);
    const exact = amountMinor.times(times).div(over);
    const wholeMinor = exact.floor();
    const keptMinor = exact.toDecimalPlaces(0, Decimal.ROUND_HALF_CEIL);
    const legs: DecimalLeg[] = [
      { account: 'issued', unit: from, amount: amountMinor.neg() },
      { account: 'fxPosition', unit: from, amount: amountMinor },
      { account: 'fxPosition', unit: to, amount: wholeMinor.neg() },
    ];
    if (!keptMinor.eq(wholeMinor)) {
      legs.push({ account: 'rounding', unit: to, amount: wholeMinor.minus(keptMinor) });
    }
    if (!keptMinor.isZero()) legs.push({ account: member, unit: to, amount: keptMinor });
    assertBalanced(legs);
    let sums = sumsOf(this.sums, from, zero);
    let unit = from;
    for (const each of legs) {
      if (each.unit !== unit) sums = sumsOf(this.sums, each.unit, zero);
      unit = each.unit;
      addTo(sums, each);
    }
    return keptMinor;
  }
}

function addTo(sums: UnitSums<Decimal>, { account, amount }: DecimalLeg): void {
  if (account === 'issued') sums.issued = sums.issued.plus(amount);
  else if (account === 'fxPosition') sums.fxPosition = sums.fxPosition.plus(amount);
  else if (account === 'rounding') sums.rounding = sums.rounding.plus(amount);
  else {
    const wallet = walletOf(sums, account, zero);
    wallet.sum = wallet.sum.plus(amount);
  }
}

function assertBalanced(legs: readonly DecimalLeg[]): void {
  const sums = new Map<string, Decimal>();
  for (const { unit, amount } of legs) sums.set(unit, (sums.get(unit) ?? zero).plus(amount));
  for (const sum of sums.values()) if (!sum.isZero()) throw new Error('Legs do not balance.');
}
