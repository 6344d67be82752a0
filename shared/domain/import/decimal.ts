/** An exact decimal number: `digits / 10^scale`, `scale` zero or more. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export interface DecimalFormat {
  readonly decimalSeparator: string;
  /** Between groups of three digits; without it a grouped number is no number. */
  readonly groupSeparator?: string | undefined;
}

export type DecimalReader = (text: string) => Decimal | undefined;

/** Longer texts are no amounts of this world; the limit bounds the work on hostile input. */
const maxLength = 40;

export const zero: Decimal = { digits: 0n, scale: 0 };

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** Reads `-1234.50`, `1.234,50` (by format) and `5e-2`; whatever else is `undefined`. */
export function decimalReader(format: DecimalFormat): DecimalReader {
  const group = format.groupSeparator === undefined ? '' : escaped(format.groupSeparator);
  const whole = group === '' ? '\\d+' : `\\d{1,3}(?:${group}\\d{3})+|\\d+`;
  const pattern = new RegExp(
    `^([+-]?)(${whole})?(?:${escaped(format.decimalSeparator)}(\\d+))?(?:[eE]([+-]?\\d{1,2}))?$`,
  );
  return (text) => {
    if (text.length > maxLength) return undefined;
    const match = pattern.exec(text);
    if (match === null || (match[2] === undefined && match[3] === undefined)) return undefined;
    const wholeDigits = (match[2] ?? '').replace(/\D/g, '');
    const fraction = match[3] ?? '';
    const magnitude = BigInt(wholeDigits + fraction);
    const scale = fraction.length - Number(match[4] ?? '0');
    const digits = match[1] === '-' ? -magnitude : magnitude;
    return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
  };
}

function digitsAt(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { digits: digitsAt(left, scale) + digitsAt(right, scale), scale };
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return { digits: left.digits * right.digits, scale: left.scale + right.scale };
}

export function negate(value: Decimal): Decimal {
  return { digits: -value.digits, scale: value.scale };
}

/** `1 - value`, exact. */
export function oneMinus(value: Decimal): Decimal {
  return { digits: 10n ** BigInt(value.scale) - value.digits, scale: value.scale };
}

/**
 * The value times `10^exponent`, rounded to a whole number, half away from zero: what a buyer and
 * an accountant call "half up", and it makes a cancellation worth exactly what its order was.
 */
export function toWhole(value: Decimal, exponent: number): bigint {
  const scale = value.scale - exponent;
  if (scale <= 0) return value.digits * 10n ** BigInt(-scale);
  const divisor = 10n ** BigInt(scale);
  const magnitude = value.digits < 0n ? -value.digits : value.digits;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return value.digits < 0n ? -rounded : rounded;
}

/** Whether the value times `10^exponent` is whole without rounding. */
export function isWhole(value: Decimal, exponent: number): boolean {
  const scale = value.scale - exponent;
  return scale <= 0 || value.digits % 10n ** BigInt(scale) === 0n;
}
