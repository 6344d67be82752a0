import { type Fraction, lowestTerms } from '../money/fraction.ts';
import { invariant } from '../result.ts';
import type { LocalDate } from '../time.ts';

/** Who publishes rates, against which base, and in whose zone a day begins. */
export const rateSources = {
  ecb: { name: 'European Central Bank', base: 'EUR', timeZone: 'Europe/Berlin' },
  openExchangeRates: { name: 'Open Exchange Rates', base: 'USD', timeZone: 'UTC' },
} as const;
export type RateSource = keyof typeof rateSources;

/** What a source published for one day; never changed once it is kept. */
export interface RateSnapshot {
  readonly date: LocalDate;
  /**
   * By currency, without the base: units for one unit of the base, as decimal text without zeros at
   * the end. Never zero.
   */
  readonly rates: ReadonlyMap<string, string>;
}

/** The first seven characters of a date. */
export type Month = string & { readonly month: unique symbol };

export function monthOf(date: LocalDate): Month {
  return date.slice(0, 7) as Month;
}

/** Snapshots of one source and month, as they are stored together. */
export interface RateMonth {
  readonly source: RateSource;
  readonly month: Month;
  /** Counts the writes; a writer names the one it has read. Zero: there is none yet. */
  readonly version: number;
  readonly snapshots: ReadonlyMap<LocalDate, RateSnapshot>;
}

/** What `plainDecimal` makes of them; most rates come like this. */
const plain = /^(?:0|[1-9]\d{0,19})(?:\.\d{0,19}[1-9])?$/;
const decimal = /^(\d{1,20})(?:\.(\d{1,20}))?$/;

/**
 * The one way to write a rate: `366.90` and `366.9` are the same. `undefined` for what is no plain
 * decimal number, such as `NaN`, `-1` or `1e3`; zero stays `0`.
 */
export function plainDecimal(text: string): string | undefined {
  if (plain.test(text)) return text;
  const [, whole, decimals = ''] = decimal.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const kept = decimals.replace(/0+$/, '');
  const digits = whole.replace(/^0+(?=\d)/, '');
  return kept === '' ? digits : `${digits}.${kept}`;
}

/** The exact value of a rate in a snapshot. */
export function rateFraction(text: string): Fraction {
  const [, whole, decimals = ''] = decimal.exec(text) ?? [];
  invariant(whole !== undefined, `A stored rate is no decimal number: ${text}.`);
  const denominator = 10n ** BigInt(decimals.length);
  return lowestTerms({ numerator: BigInt(whole + decimals), denominator });
}
