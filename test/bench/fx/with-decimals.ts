import { Decimal } from 'decimal.js';
import { currencyExponent } from '../../../shared/domain/money/currency.ts';
import type { RateSnapshot } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { FxCase } from './cases.ts';
import { type SumsByUnit, sumsOf } from './unit-sums.ts';

/*
 * The same with decimal.js. A cross rate is no finite decimal, so amounts are multiplied first and
 * divided last, to as many digits as tell on which side of a half a result is. For any amount and
 * rate that is accepted: one of 18 digits, times a rate of 40 digits, times 1000, has 61 digits; it
 * is divided by one of 43, so that what is no half is at least 1/10^44 away from one.
 */
const Exact = Decimal.clone({ precision: 61 + 44, rounding: Decimal.ROUND_FLOOR });
const zero = new Exact(0);

interface DecimalLeg {
  readonly account: string;
  readonly unit: string;
  readonly amount: Decimal;
}

export interface DecimalCase {
  readonly asked: FxCase;
  readonly amountMinor: Decimal;
  /** Rates for one euro. */
  readonly perFrom: Decimal;
  readonly perTo: Decimal;
}

export function decimalCase(snapshots: readonly RateSnapshot[]): (asked: FxCase) => DecimalCase {
  const rates = new Map<LocalDate, Map<string, Decimal>>();
  for (const { date, rates: texts } of snapshots) {
    const exact = [...texts].map(([code, text]) => [code, new Exact(text)] as const);
    rates.set(date, new Map([...exact, ['EUR', new Exact(1)]]));
  }
  return (asked) => {
    const perEuro = rates.get(asked.on);
    const [perFrom, perTo] = [perEuro?.get(asked.from), perEuro?.get(asked.to)];
    if (!perFrom || !perTo) throw new Error(`No rate from ${asked.from} to ${asked.to}.`);
    return { asked, amountMinor: new Exact(`${asked.amountMinor}`), perFrom, perTo };
  };
}

const minorUnits = [1, 10, 100, 1000].map((units) => new Exact(units));

function minorPerMajor(currency: string): Decimal {
  return minorUnits[currencyExponent(currency) ?? 0] ?? zero;
}

export class DecimalBooks {
  readonly sums: SumsByUnit<Decimal> = new Map();

  post({ asked, amountMinor, perFrom, perTo }: DecimalCase): Decimal {
    const { from, to, member } = asked;
    const scaled = amountMinor.times(perTo).times(minorPerMajor(to));
    const exact = scaled.div(perFrom.times(minorPerMajor(from)));
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
    for (const each of legs) this.#add(each);
    return keptMinor;
  }

  #add({ account, unit, amount }: DecimalLeg): void {
    const sums = sumsOf(this.sums, unit, zero);
    if (account === 'issued') sums.issued = sums.issued.plus(amount);
    else if (account === 'fxPosition') sums.fxPosition = sums.fxPosition.plus(amount);
    else if (account === 'rounding') sums.rounding = sums.rounding.plus(amount);
    else sums.wallets.set(account, (sums.wallets.get(account) ?? zero).plus(amount));
  }
}

function assertBalanced(legs: readonly DecimalLeg[]): void {
  const sums = new Map<string, Decimal>();
  for (const { unit, amount } of legs) sums.set(unit, (sums.get(unit) ?? zero).plus(amount));
  for (const sum of sums.values()) if (!sum.isZero()) throw new Error('Legs do not balance.');
}
