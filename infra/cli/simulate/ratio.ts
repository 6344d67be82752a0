import { type Fraction, rounded } from '../../../shared/domain/money/fraction.ts';
import type { Worth } from './worth.ts';

export const nothing: Fraction = { numerator: 0n, denominator: 1n };

export function plus(one: Fraction, other: Fraction): Fraction {
  return {
    numerator: one.numerator * other.denominator + other.numerator * one.denominator,
    denominator: one.denominator * other.denominator,
  };
}

/** What points are worth, in minor units. */
export function worthMinor(points: bigint, { amountMinor, points: per }: Worth): Fraction {
  return { numerator: points * amountMinor, denominator: per };
}

/** To whole minor units, once; halves go up. */
export function wholeMinor(value: Fraction): bigint {
  return rounded(value, 'halfUp');
}

/** Two decimals, rounded once; halves go up. `undefined` where there is nothing to divide by. */
export function twoDecimals({ numerator, denominator }: Fraction): string | undefined {
  if (denominator === 0n) return undefined;
  const sign = denominator < 0n ? -1n : 1n;
  const hundredths = rounded(
    { numerator: 100n * sign * numerator, denominator: sign * denominator },
    'halfUp',
  );
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** So many percent is a part of a whole, with two decimals; `undefined` where that is nothing. */
export function percentOf(part: Fraction, whole: Fraction): string | undefined {
  return twoDecimals({
    numerator: 100n * part.numerator * whole.denominator,
    denominator: part.denominator * whole.numerator,
  });
}
