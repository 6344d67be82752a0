/**
 * What PayPal keeps balances in, by its page on currencies in reports
 * (developer.paypal.com, /reports/reference/supported-currencies).
 * Whether an account may send one of them depends on where it is: PayPal says so when it is asked.
 */
export const payPalCurrencies: ReadonlySet<string> = new Set(
  (
    'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB ' +
    'TWD USD'
  ).split(' '),
);

/** Whole units only at PayPal, although ISO 4217 gives two of them hundredths. */
export const wholeAtPayPal: ReadonlySet<string> = new Set(['HUF', 'JPY', 'TWD']);
