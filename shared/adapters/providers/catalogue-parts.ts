import type { Band, CatalogueProduct } from '../../domain/catalogue/product.ts';
import { isCountry } from '../../domain/country.ts';
import { plainText } from './plain-text.ts';
import { moneyOf, type WireAmount } from './wire-money.ts';
import { isPage } from './wire-schemas.ts';

export const longestName = 200;
const longestDisclosure = 2_000;

/** What is worth what it costs. */
export const faceBasisPoints = 10_000;

/** Of a least and a most, where both are amounts of the currency and more than nothing. */
export function bandOf(
  least: WireAmount | null | undefined,
  most: WireAmount | null | undefined,
  currency: string,
): Band | undefined {
  const minimumMinor = least ? (moneyOf(least, currency)?.amountMinor ?? 0n) : 0n;
  const maximumMinor = most ? (moneyOf(most, currency)?.amountMinor ?? 0n) : 0n;
  const isBand = minimumMinor > 0n && maximumMinor >= minimumMinor;
  return isBand ? { minimumMinor, maximumMinor } : undefined;
}

/**
 * Each once, without what is no country today. `undefined` for a list of which nothing is left:
 * nobody knows where it works, whereas an empty one means everywhere.
 */
export function countryCodes(listed: readonly string[]): readonly string[] | undefined {
  const countries = [...new Set(listed.filter(isCountry))];
  return listed.length > 0 && countries.length === 0 ? undefined : countries;
}

/** The terms as plain text, and the first address that is a page, where there are any. */
export function shownWith(
  terms: string,
  images: readonly unknown[],
): Pick<CatalogueProduct, 'disclosure' | 'image'> {
  const disclosure = plainText(terms, longestDisclosure);
  const image = images.find((url) => typeof url === 'string' && isPage(url));
  return {
    ...(disclosure !== '' && { disclosure }),
    ...(typeof image === 'string' && { image }),
  };
}
