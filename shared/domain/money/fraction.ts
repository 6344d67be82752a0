import { invariant } from '../result.ts';

/** How an exact value becomes a whole number; halves go up (towards plus infinity). */
export const roundings = ['down', 'halfUp', 'up'] as const;
export type Rounding = (typeof roundings)[number];

/** An exact ratio; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const one: Fraction = { numerator: 1n, denominator: 1n };

/** Floor of a fraction with a positive denominator. */
export function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const isDown = numerator >= 0n || quotient * denominator === numerator;
  return isDown ? quotient : quotient - 1n;
}

/** Ceiling of a fraction with a positive denominator. */
export function ceilingDivide(numerator: bigint, denominator: bigint): bigint {
  return -floorDivide(-numerator, denominator);
}

/** To a whole number, once. */
export function rounded(fraction: Fraction, rounding: Rounding): bigint {
  const whole = floorDivide(fraction.numerator, fraction.denominator);
  return roundedFrom(whole, fraction, rounding);
}

/** The same for who has the floor of the fraction already. */
export function roundedFrom(
  whole: bigint,
  { numerator, denominator }: Fraction,
  rounding: Rounding,
): bigint {
  if (rounding === 'down') return whole;
  const rest = numerator - whole * denominator;
  const isMore = rounding === 'up' ? rest > 0n : rest + rest >= denominator;
  return isMore ? whole + 1n : whole;
}

export function product(left: Fraction, right: Fraction): Fraction {
  return {
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

/** Throws on zero and below: only rates are turned round. */
export function reciprocal({ numerator, denominator }: Fraction): Fraction {
  invariant(numerator > 0n, 'Only a positive fraction has a reciprocal here.');
  return { numerator: denominator, denominator: numerator };
}

export function lowestTerms({ numerator, denominator }: Fraction): Fraction {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left, right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** `n/d`, as entries and reports write an exact ratio. */
export function formatFraction({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`;
}

/** What `formatFraction` wrote, or `undefined` for any other text. */
export function parseFraction(text: string): Fraction | undefined {
  const [, numerator, denominator] = /^(\d{1,60})\/([1-9]\d{0,59})$/.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined) return undefined;
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}
