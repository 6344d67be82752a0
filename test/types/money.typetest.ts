import { add, allocate, compare, subtract } from '../../shared/domain/money/arithmetic.ts';
import { type Fraction, product, reciprocal } from '../../shared/domain/money/fraction.ts';
import { type Money, toDecimal } from '../../shared/domain/money/money.ts';
import type { Points } from '../../shared/domain/points/points.ts';
import { convert, type Rate } from '../../shared/domain/rates/rate.ts';
import type { RateBook } from '../../shared/domain/rates/rate-book.ts';
import { addDays, type Instant, type LocalDate } from '../../shared/domain/time.ts';

/*
 * Lines that must not compile. Each stands under `@ts-expect-error`: should one compile one day,
 * the type check fails, which is one of the tests. Nothing runs this file.
 */

type DollarRate = Rate & { readonly from: 'EUR'; readonly to: 'USD' };

interface Given {
  readonly euros: Money<'EUR'>;
  readonly dollars: Money<'USD'>;
  readonly anyMoney: Money;
  readonly points: Points<'PTS'>;
  readonly miles: Points<'MILES'>;
  readonly rate: DollarRate;
  readonly book: RateBook;
  readonly day: LocalDate;
  readonly instant: Instant;
}

export function currenciesDoNotMix({ euros, dollars, anyMoney }: Given): unknown[] {
  return [
    add(euros, euros),
    // Known at run time alone: the invariant decides.
    add(anyMoney, dollars),
    // @ts-expect-error dollars to euros
    add(euros, dollars),
    // @ts-expect-error euros from dollars
    subtract(dollars, euros),
    // @ts-expect-error whether euros are more than dollars
    compare(euros, dollars),
    // @ts-expect-error what may be dollars to euros
    add(euros, anyMoney),
    // @ts-expect-error parts of euros are euros
    allocate(euros, [1n, 2n]) satisfies Money<'USD'>[],
    // @ts-expect-error a sum of euros is no dollars
    add(euros, euros) satisfies Money<'USD'>,
  ];
}

export function pointsAreNoMoney({ euros, points, miles }: Given): unknown[] {
  return [
    // @ts-expect-error points to money
    add(euros, points),
    // @ts-expect-error money compared with points
    compare(euros, points),
    // @ts-expect-error points have no minor units to allocate
    allocate(points, [1n]),
    // @ts-expect-error nor are they written with a currency's digits
    toDecimal(points),
    // @ts-expect-error money is no points
    euros satisfies Points,
    // @ts-expect-error miles are no points of another unit
    miles satisfies Points<'PTS'>,
  ];
}

export function amountsAreWholeMinorUnits({ euros, rate }: Given): unknown[] {
  return [
    // @ts-expect-error a number
    { amountMinor: 5, currency: 'EUR' } satisfies Money,
    // @ts-expect-error digits
    { amountMinor: '5', currency: 'EUR' } satisfies Money,
    // @ts-expect-error an amount without its currency
    { amountMinor: 5n } satisfies Money,
    // @ts-expect-error points as a number
    { points: 5, unit: 'PTS' } satisfies Points,
    // @ts-expect-error a weight as a number
    allocate(euros, [1, 2]),
    // @ts-expect-error a number converted
    convert(5, rate, 'halfUp'),
    // @ts-expect-error an amount times a number
    euros.amountMinor * 1.5,
    // @ts-expect-error an amount changed where it stands
    euros.amountMinor++,
  ];
}

export function ratesHaveADirection({ euros, rate }: Given): unknown[] {
  const turned: Fraction = reciprocal(rate);
  return [
    convert(euros.amountMinor, rate, 'halfUp').amount satisfies Money<'USD'>,
    // @ts-expect-error euros for one dollar are dollars for one euro
    reciprocal(rate) satisfies DollarRate,
    // @ts-expect-error a ratio that names no currencies
    convert(euros.amountMinor, turned, 'halfUp'),
    // @ts-expect-error a cross rate is not known before somebody says from what into what
    product(rate, rate) satisfies Rate,
    // @ts-expect-error what a conversion into dollars gives is no euros
    convert(euros.amountMinor, rate, 'halfUp').amount satisfies Money<'EUR'>,
    // @ts-expect-error a rate as a number
    convert(euros.amountMinor, 1.085, 'halfUp'),
    // @ts-expect-error a rounding that nobody has named
    convert(euros.amountMinor, rate, 'nearest'),
    // @ts-expect-error no rounding at all
    convert(euros.amountMinor, rate),
  ];
}

export function daysAreNoTexts({ book, day, instant }: Given): unknown[] {
  const query = { from: 'EUR', to: 'USD', staleDays: 7 } as const;
  return [
    book.rateAt({ ...query, on: day }),
    // @ts-expect-error text that may be no day
    book.rateAt({ ...query, on: '2026-02-30' }),
    // @ts-expect-error an instant is on another day in another zone
    book.rateAt({ ...query, on: instant }),
    // @ts-expect-error text that may be no day
    addDays('2026-03-01', 1),
    // @ts-expect-error a day is no instant
    day satisfies Instant,
  ];
}
