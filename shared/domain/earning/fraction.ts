import { ceilingDivide, floorDivide } from '../money/money.ts';

export type Rounding = 'down' | 'halfUp' | 'up';

/** An exact ratio; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** To a whole number, once; halves go up. */
export function rounded({ numerator, denominator }: Fraction, rounding: Rounding): bigint {
  if (rounding === 'down') return floorDivide(numerator, denominator);
  if (rounding === 'up') return ceilingDivide(numerator, denominator);
  return floorDivide(2n * numerator + denominator, 2n * denominator);
}

/** What of `whole` belongs to the first `done` of `all`; all of it at the end. */
export function shareOf(whole: bigint, done: bigint, all: bigint): bigint {
  return all === 0n || done >= all ? whole : floorDivide(whole * done, all);
}

export function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

export function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
