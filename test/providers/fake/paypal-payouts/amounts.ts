/** No fraction at all, not even of zeros. */
const wholeOnly = new Set(['HUF', 'JPY', 'TWD']);
export const currencies = new Set(
  (
    'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB ' +
    'TWD USD'
  ).split(' '),
);

/** Hundredths of a positive decimal text as PayPal takes it, else `undefined`. */
export function hundredthsOf(text: string, currency: string): bigint | undefined {
  const form = wholeOnly.has(currency) ? /^(\d{1,30})()$/ : /^(\d{1,30})(?:\.(\d{1,2}))?$/;
  const match = form.exec(text);
  if (match === null || !currencies.has(currency)) return undefined;
  const hundredths = BigInt(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
  return hundredths > 0n ? hundredths : undefined;
}

export function moneyText(hundredths: bigint, currency: string): string {
  const sign = hundredths < 0n ? '-' : '';
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  const whole = sign + digits.slice(0, -2);
  return wholeOnly.has(currency) ? whole : `${whole}.${digits.slice(-2)}`;
}

const flatFee = 25n;
const highestFee = 20_00n;

/** A quarter in dollars, else 2 % up to a cap, in what the currency has. */
export function feeOf(hundredths: bigint, currency: string): bigint {
  if (currency === 'USD') return flatFee;
  const unit = wholeOnly.has(currency) ? 100n : 1n;
  const fee = ((hundredths + 25n * unit) / (50n * unit)) * unit;
  return fee < highestFee ? fee : highestFee;
}
