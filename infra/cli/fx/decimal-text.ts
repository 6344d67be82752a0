import { type Fraction, rounded } from '../../../shared/domain/money/fraction.ts';

const significantDigits = 12;

/**
 * A positive fraction for readers: exact where twelve significant digits can say it, otherwise
 * rounded half up to twelve; digits before the point always stand whole.
 */
export function decimalText({ numerator, denominator }: Fraction): string {
  const magnitude = magnitudeOf({ numerator, denominator });
  const decimals = Math.max(0, significantDigits - 1 - magnitude);
  const scaled = { numerator: numerator * 10n ** BigInt(decimals), denominator };
  const digits = rounded(scaled, 'halfUp')
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const kept = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** The same of `n/d`. */
export function decimalOfRatio(ratio: string): string {
  const [numerator = '', denominator = ''] = ratio.split('/');
  return decimalText({ numerator: BigInt(numerator), denominator: BigInt(denominator) });
}

/** The power of ten of the first digit: 0 for 1 to 9.9. */
function magnitudeOf({ numerator, denominator }: Fraction): number {
  const guess = numerator.toString().length - denominator.toString().length;
  const [left, right] =
    guess < 0
      ? [numerator * 10n ** BigInt(-guess), denominator]
      : [numerator, denominator * 10n ** BigInt(guess)];
  return left < right ? guess - 1 : guess;
}
