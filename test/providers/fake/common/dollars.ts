const withoutMinor = new Set([
  'CLP',
  'ISK',
  'JPY',
  'KRW',
  'PYG',
  'UGX',
  'VND',
  'XAF',
  'XOF',
  'XPF',
]);
const withThreeDigits = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/**
 * Thousandths of a US dollar for one unit: round figures, good enough to charge a fake account
 * with.
 */
export const dollarThousandths: Readonly<Record<string, bigint>> = {
  AED: 272n,
  BHD: 2_650n,
  CAD: 730n,
  EUR: 1_080n,
  GBP: 1_270n,
  JPY: 7n,
  KWD: 3_250n,
  PLN: 250n,
  SEK: 95n,
  USD: 1_000n,
};

export function digitsOf(currency: string): number {
  if (withoutMinor.has(currency)) return 0;
  return withThreeDigits.has(currency) ? 3 : 2;
}

/** Thousandths of a positive decimal text with no more than `digits` digits, else `undefined`. */
export function thousandths(text: string, digits: number): bigint | undefined {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (match === null || fraction.length > digits) return undefined;
  return BigInt(`${match[1]}${fraction.padEnd(3, '0')}`);
}

/** What the organisation, which is in US dollars, pays; half a cent rounds up. */
export function dollarCents(valueThousandths: bigint, currency: string): bigint {
  const rate = dollarThousandths[currency] ?? 1_000n;
  return (valueThousandths * rate + 5_000n) / 10_000n;
}

export function dollarText(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
