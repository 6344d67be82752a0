import { type Money, minorPerMajor, toDecimal } from '../../../domain/money/money.ts';
import { payPalCurrencies, wholeAtPayPal } from '../../../domain/payout/paypal-currencies.ts';

export type WireValue =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'refused'; readonly detail: 'CURRENCY_NOT_SUPPORTED' | 'AMOUNT_NOT_WHOLE' };

/** The decimal text that PayPal is sent, or why it would not take the amount. */
export function wireValue(money: Money): WireValue {
  const { amountMinor, currency } = money;
  if (!payPalCurrencies.has(currency)) return { kind: 'refused', detail: 'CURRENCY_NOT_SUPPORTED' };
  if (!wholeAtPayPal.has(currency)) return { kind: 'value', value: toDecimal(money) };
  const minor = minorPerMajor(currency);
  if (amountMinor % minor !== 0n) return { kind: 'refused', detail: 'AMOUNT_NOT_WHOLE' };
  return { kind: 'value', value: String(amountMinor / minor) };
}
