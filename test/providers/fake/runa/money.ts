import { digitsOf, dollarThousandths } from '../common/dollars.ts';

const feeBasisPoints = 190n;

/** Minor units of a decimal text, or `undefined` for one with more digits than the currency has. */
export function minorOf(text: string, currency: string): bigint | undefined {
  const match = /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(text);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  const digits = digitsOf(currency);
  if (match === null || fraction.length > digits) return undefined;
  return BigInt(`${match[1]}${fraction.padEnd(digits, '0')}`);
}

/** `1250` of a currency with two digits is `12.50`. */
export function decimalOf(amountMinor: bigint, currency: string): string {
  const digits = digitsOf(currency);
  const text = amountMinor.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `discount` is in hundredths; half a minor unit rounds up. */
export function discounted(amountMinor: bigint, discount: bigint): bigint {
  return (amountMinor * (100n - discount) + 50n) / 100n;
}

export interface Conversion {
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  /** Units of `to` for one of `from`, in thousandths. */
  readonly rateThousandths: bigint;
}

/** What an amount costs in another currency, with the vendor's standard fee; rounded up. */
export function converted(amountMinor: bigint, from: string, to: string): Conversion | undefined {
  const [price, unit] = [dollarThousandths[from], dollarThousandths[to]];
  if (price === undefined || unit === undefined) return undefined;
  const scaled = amountMinor * price * 10n ** BigInt(digitsOf(to));
  const plain = ceiling(scaled, unit * 10n ** BigInt(digitsOf(from)));
  const feeMinor = ceiling(plain * feeBasisPoints, 10_000n);
  return { amountMinor: plain + feeMinor, feeMinor, rateThousandths: (price * 1_000n) / unit };
}

function ceiling(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
