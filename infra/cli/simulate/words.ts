import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { toDecimal } from '../../../shared/domain/money/money.ts';
import type { Measure } from './comparison.ts';
import type { DecileRow } from './decile-row.ts';
import type { WorthRow } from './program-report.ts';
import { wholeMinor } from './ratio.ts';

/** Digits in groups of three, such as `1 234 567`. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** With a sign in front, for differences. */
export function signed(digits: string): string {
  const text = grouped(digits).replace('-', '\u2212');
  return digits.startsWith('-') || /^0(\.0*)?$/.test(digits) ? text : `+${text}`;
}

/** An amount such as `1 234.50 GBP`. */
export function money(amountMinor: string, currency: string): string {
  const [whole = '', decimals] = toDecimal({ amountMinor: BigInt(amountMinor), currency }).split(
    '.',
  );
  return `${grouped(whole)}${decimals === undefined ? '' : `.${decimals}`} ${currency}`;
}

/** So many of a unit: money such as `1 234.50 GBP`, points such as `1 234`. */
export function amount(digits: string, unit: string): string {
  return isCurrency(unit) ? money(digits, unit) : grouped(digits);
}

/** With a sign in front, for differences. */
export function signedAmount(digits: string, unit: string): string {
  if (!isCurrency(unit)) return signed(digits);
  const text = money(digits, unit).replace('-', '\u2212');
  return digits.startsWith('-') || digits === '0' ? text : `+${text}`;
}

/** What one member of a tenth has: points with two decimals, money to a whole minor unit. */
export function mean({ sum, members, mean: points }: DecileRow, unit: string): string {
  return isCurrency(unit) ? money(meanMinor(sum, members), unit) : grouped(points);
}

export function signedMean({ sum, members, mean: points }: DecileRow, unit: string): string {
  return isCurrency(unit) ? signedAmount(meanMinor(sum, members), unit) : signed(points);
}

function meanMinor(sum: string, members: number): string {
  const share = { numerator: BigInt(sum), denominator: BigInt(Math.max(members, 1)) };
  return `${wholeMinor(share)}`;
}

/** How points are valued, and who says so; money is worth itself. */
export function worthsInWords(worths: readonly WorthRow[]): string[] {
  const money = worths.filter(({ from }) => from === 'money').map(({ unit }) => unit);
  return [
    ...worths.filter(({ from }) => from !== 'money').map(worthInWords),
    ...(money.length === 0 ? [] : [`${money.join(', ')} as money`]),
  ];
}

function worthInWords({ unit, currency, amountMinor, points, from }: WorthRow): string {
  const says =
    typeof from === 'string' ? 'the redemption policy' : `the cheapest reward, ${from.reward}`;
  return `${grouped(points)} ${unit} = ${money(amountMinor, currency)}, by ${says}`;
}

export function measureInWords(measure: Measure): string {
  return measure.kind === 'points' ? measure.unit : `value in ${measure.currency}`;
}

/** What amounts of a measure are counted in. */
export function unitOf(measure: Measure): string {
  return measure.kind === 'points' ? measure.unit : measure.currency;
}
