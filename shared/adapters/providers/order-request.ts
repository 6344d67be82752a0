import { isCurrency } from '../../domain/money/currency.ts';
import { type Money, toDecimal } from '../../domain/money/money.ts';
import { invariant } from '../../domain/result.ts';
import { exactNumber } from './exact-json.ts';
import { identifierPattern } from './wire-schemas.ts';

export function isReference(text: string): boolean {
  return identifierPattern.test(text);
}

export function requireReference(reference: string): void {
  invariant(isReference(reference), 'A reference is 1 to 100 of A-Z, a-z, 0-9, - and _.');
}

export function requireProducts(products: readonly string[]): void {
  invariant(products.length > 0, 'An order names at least one product.');
}

/**
 * What is asked for, as a JSON number. Throws `InvariantError` for an amount that is not positive,
 * or in a currency without a known minor unit.
 */
export function exactValue(value: Money): unknown {
  invariant(value.amountMinor > 0n, 'An order is for more than nothing.');
  invariant(isCurrency(value.currency), 'An order is in a currency with a known minor unit.');
  return exactNumber(toDecimal(value));
}
