import { invariant } from '../result.ts';
import { type CurrencyExponent, currencyExponent } from './currency.ts';

/** An exact amount: whole minor units of an ISO 4217 currency. */
export interface Money<Currency extends string = string> {
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** How many minor units make one major unit: 1, 100 or 1000. */
export function minorPerMajor(currency: string): bigint {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) invariant(false, `Currency ${currency} has no known minor unit.`);
  return minorUnits[exponent];
}

const minorUnits = { 0: 1n, 2: 100n, 3: 1000n } as const satisfies Record<CurrencyExponent, bigint>;

/** A decimal text such as `12.50`, with exactly the currency's digits. */
export function toDecimal(money: Money): string {
  const exponent = currencyExponent(money.currency) ?? 0;
  const sign = money.amountMinor < 0n ? '-' : '';
  const digits = (money.amountMinor < 0n ? -money.amountMinor : money.amountMinor)
    .toString()
    .padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
