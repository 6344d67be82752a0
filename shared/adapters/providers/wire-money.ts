import { type Decimal, decimalReader, isWhole, toWhole } from '../../domain/import/decimal.ts';
import { currencyExponent } from '../../domain/money/currency.ts';
import type { Money } from '../../domain/money/money.ts';
import type { WireNumber } from './exact-json.ts';

/** Providers write amounts as numbers or as decimal texts. */
export type WireAmount = WireNumber | string;

const readDecimal = decimalReader({ decimalSeparator: '.' });

export function decimalOf(amount: WireAmount): Decimal | undefined {
  return readDecimal(typeof amount === 'string' ? amount : amount.text);
}

/** Exact, or `undefined` for an unknown currency or a fraction of its minor unit. */
export function moneyOf(amount: WireAmount, currency: string): Money | undefined {
  const exponent = currencyExponent(currency);
  const decimal = decimalOf(amount);
  if (exponent === undefined || decimal === undefined || !isWhole(decimal, exponent)) {
    return undefined;
  }
  return { amountMinor: toWhole(decimal, exponent), currency };
}

export function isSameMoney(told: Money | undefined, asked: Money): boolean {
  return told?.amountMinor === asked.amountMinor && told.currency === asked.currency;
}

/** As it leaves an account. */
export function negative({ amountMinor, currency }: Money): Money {
  return { amountMinor: -amountMinor, currency };
}
