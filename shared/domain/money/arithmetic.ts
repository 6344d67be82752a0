import {
  add as addDinero,
  allocate as allocateDinero,
  compare as compareDinero,
  type Dinero,
  dinero,
  subtract as subtractDinero,
  toSnapshot,
} from 'dinero.js/bigint';
import { invariant } from '../result.ts';
import { currencyExponent } from './currency.ts';
import { floorDivide } from './fraction.ts';
import type { Money } from './money.ts';

/*
 * Sums, differences, comparisons and parts of amounts of one currency. Two currencies that are
 * literal types do not compile together; those that are only known at run time throw.
 */

export function add<Currency extends string>(
  left: Money<Currency>,
  right: Money<NoInfer<Currency>>,
): Money<Currency> {
  return moneyOf(addDinero(...pairOf(left, right)));
}

export function subtract<Currency extends string>(
  left: Money<Currency>,
  right: Money<NoInfer<Currency>>,
): Money<Currency> {
  return moneyOf(subtractDinero(...pairOf(left, right)));
}

/** Negative where `left` is less, positive where it is more. */
export function compare<Currency extends string>(
  left: Money<Currency>,
  right: Money<NoInfer<Currency>>,
): number {
  return compareDinero(...pairOf(left, right));
}

/** Parts by weight that sum to the whole; see `allocateWhole`. */
export function allocate<Currency extends string>(
  { amountMinor, currency }: Money<Currency>,
  weights: readonly bigint[],
): Money<Currency>[] {
  return allocateWhole(amountMinor, weights).map((part) => ({ amountMinor: part, currency }));
}

/**
 * Whole parts by weight, of minor units or of points: they sum to the whole, and each is less than
 * one away from its exact share. What is left of the shares rounded down goes one by one to the
 * largest remainders, the first of equals first. A negative whole has the parts of the positive
 * one, negative. Weights are zero or more, and not all zero; a weight of zero gets nothing.
 */
export function allocateWhole(whole: bigint, weights: readonly bigint[]): bigint[] {
  if (whole < 0n) return allocateWhole(-whole, weights).map((part) => -part);
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  invariant(all > 0n && weights.every((weight) => weight >= 0n), 'Weights are zero or more.');
  const floors = weights.map((weight) => floorDivide(whole * weight, all));
  const left = floors.reduce((rest, part) => rest - part, whole);
  if (left === 0n) return floors;
  // Dinero gives what it cannot divide to the largest weights: here these are the remainders.
  const remainders = weights.map((weight) => (whole * weight) % all);
  const extra = allocateDinero(dinero({ amount: left, currency: unitless }), remainders);
  return floors.map((part, index) => part + amountOf(extra[index]));
}

const unitless = { code: 'XXX', base: 10n, exponent: 0n };

function amountOf(part: Dinero<bigint> | undefined): bigint {
  return part === undefined ? 0n : toSnapshot(part).amount;
}

function moneyOf<Currency extends string>(amount: Dinero<bigint, Currency>): Money<Currency> {
  const { amount: amountMinor, currency } = toSnapshot(amount);
  return { amountMinor, currency: currency.code };
}

function pairOf<Currency extends string>(left: Money<Currency>, right: Money<Currency>) {
  const { currency } = left;
  invariant(currency === right.currency, `${currency} and ${right.currency} do not go together.`);
  const exponent = currencyExponent(currency);
  invariant(exponent !== undefined, `Currency ${currency} has no known minor unit.`);
  const known = { code: currency, base: 10n, exponent: BigInt(exponent) };
  return [
    dinero({ amount: left.amountMinor, currency: known }),
    dinero({ amount: right.amountMinor, currency: known }),
  ] as const;
}
