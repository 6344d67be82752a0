import { toDecimal } from '../../../shared/domain/money/money.ts';
import type { Measure } from './comparison.ts';
import type { WorthRow } from './program-report.ts';

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

/** How the points of a unit are valued, and who says so. */
export function worthInWords({ unit, currency, amountMinor, points, from }: WorthRow): string {
  const says = from === 'policy' ? 'the redemption policy' : `the cheapest reward, ${from.reward}`;
  return `${grouped(points)} ${unit} = ${money(amountMinor, currency)}, by ${says}`;
}

export function measureInWords(measure: Measure): string {
  return measure.kind === 'points' ? measure.unit : `value in minor units of ${measure.currency}`;
}
