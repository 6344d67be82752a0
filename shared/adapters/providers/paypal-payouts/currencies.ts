import { type Money, minorPerMajor, toDecimal } from '../../../domain/money/money.ts';

/**
 * What PayPal keeps balances in, by its page on currencies in reports
 * (developer.paypal.com, /reports/reference/supported-currencies).
 * Whether an account may send one of them depends on where it is: PayPal says so when it is asked.
 */
const currencies: ReadonlySet<string> = new Set(
  (
    'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB ' +
    'TWD USD'
  ).split(' '),
);

/** Whole units only at PayPal, although ISO 4217 gives two of them hundredths. */
const wholeOnly: ReadonlySet<string> = new Set(['HUF', 'JPY', 'TWD']);

export type WireValue =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'refused'; readonly detail: 'CURRENCY_NOT_SUPPORTED' | 'AMOUNT_NOT_WHOLE' };

/** The decimal text that PayPal is sent, or why it would not take the amount. */
export function wireValue(money: Money): WireValue {
  const { amountMinor, currency } = money;
  if (!currencies.has(currency)) return { kind: 'refused', detail: 'CURRENCY_NOT_SUPPORTED' };
  if (!wholeOnly.has(currency)) return { kind: 'value', value: toDecimal(money) };
  const minor = minorPerMajor(currency);
  if (amountMinor % minor !== 0n) return { kind: 'refused', detail: 'AMOUNT_NOT_WHOLE' };
  return { kind: 'value', value: String(amountMinor / minor) };
}
