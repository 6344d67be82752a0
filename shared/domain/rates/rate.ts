import {
  type Fraction,
  floorDivide,
  lowestTerms,
  product,
  type Rounding,
  roundedFrom,
} from '../money/fraction.ts';
import { type Money, minorPerMajor } from '../money/money.ts';
import type { LocalDate } from '../time.ts';

/** Major units of `to` for one major unit of `from`, in lowest terms. */
export interface Rate extends Fraction {
  readonly from: string;
  readonly to: string;
  /** The day of the rates it is made of; of a fixed rate, the day since when it holds. */
  readonly asOf: LocalDate;
  /** Who published it, or the law that fixes it; both, where both are on the way. */
  readonly source: string;
  /** The currencies on the way, both ends included. */
  readonly path: readonly string[];
  /** Minor units of `to` for one minor unit of `from`, in lowest terms. */
  readonly perMinor: Fraction;
}

/** The rate of an exact value in major units. */
export function rateOf(value: Fraction, parts: Omit<Rate, keyof Fraction | 'perMinor'>): Rate {
  const { from, to } = parts;
  const scale = { numerator: minorPerMajor(to), denominator: minorPerMajor(from) };
  return { ...lowestTerms(value), ...parts, perMinor: lowestTerms(product(value, scale)) };
}

/** An amount in another currency. */
export interface Conversion<To extends string = string> {
  readonly amount: Money<To>;
  readonly rounding: Rounding;
  /** Minor units without the fraction: what the position holds; the rest is rounding. */
  readonly wholeMinor: bigint;
  /** The exact result in minor units of `to`, not in lowest terms. */
  readonly exact: Fraction;
}

/** Converts exactly and rounds once, at the end, to the minor unit of `to`. */
export function convert<To extends string>(
  amountMinor: bigint,
  rate: Rate & { readonly to: To },
  rounding: Rounding,
): Conversion<To> {
  const { denominator } = rate.perMinor;
  const numerator = amountMinor * rate.perMinor.numerator;
  const exact = { numerator, denominator };
  const wholeMinor = floorDivide(numerator, denominator);
  return {
    amount: { amountMinor: roundedFrom(wholeMinor, exact, rounding), currency: rate.to },
    rounding,
    wholeMinor,
    exact,
  };
}

/** What rounding gave (positive) or took, in minor units of `to`; not in lowest terms. */
export function residualOf({ amount, exact }: Conversion): Fraction {
  const { numerator, denominator } = exact;
  return { numerator: amount.amountMinor * denominator - numerator, denominator };
}
