import * as z from 'zod/mini';
import type { Band, CatalogueProduct, RewardKind } from '../../../domain/catalogue/product.ts';
import { multiply, toWhole } from '../../../domain/import/decimal.ts';
import { type Money, minorPerMajor } from '../../../domain/money/money.ts';
import {
  bandOf,
  countryCodes,
  faceBasisPoints,
  longestName,
  shownWith,
} from '../catalogue-parts.ts';
import { plainText } from '../plain-text.ts';
import { decimalOf, moneyOf } from '../wire-money.ts';
import { identifier, wireNumber } from '../wire-schemas.ts';
import { deliverableTypes } from './reward.ts';

/** Codes come with the answer; an order under review takes up to one business day. */
const deliveryMinutes = 5;

/** By the vendor's own words; a type that is not among them is not guessed. */
const kinds: ReadonlyMap<string, RewardKind> = new Map([
  ['gift card', 'eGiftCard'],
  ['reward link', 'eGiftCard'],
  ['choice product', 'eGiftCard'],
  ['cash equivalent', 'prepaidCard'],
  ['prepaid card', 'prepaidCard'],
  ['donation', 'donation'],
  ['charity', 'donation'],
]);

const text = z.string().check(z.minLength(1), z.maxLength(500));
const amount = z.nullish(wireNumber);

const brandSchema = z.object({
  brandKey: text,
  brandName: text,
  status: z.nullish(z.string()),
  disclaimer: z.nullish(z.string()),
  terms: z.nullish(z.string()),
  imageUrls: z.nullish(z.record(z.string(), z.unknown())),
  items: z.array(z.unknown()),
});

const itemSchema = z.object({
  utid: identifier,
  rewardName: text,
  rewardType: text,
  status: z.nullish(z.string()),
  currencyCode: text,
  ...{ faceValue: amount, minValue: amount, maxValue: amount, fee: z.optional(z.unknown()) },
  isWholeAmountValueRequired: z.nullish(z.boolean()),
  countries: z.nullish(z.array(z.string())),
  credentialTypes: z.nullish(z.array(z.string())),
  fulfillmentType: z.nullish(z.string()),
  itemAvailability: z.nullish(z.object({ itemAvailabilityStatus: z.nullish(z.string()) })),
});

const feeSchema = z.object({ type: z.string(), value: wireNumber });

type Brand = z.infer<typeof brandSchema>;
type Item = z.infer<typeof itemSchema>;

/** Every item that can be read; one that cannot is left out, and so is one that is sent by post. */
export function* productsOf(brands: readonly unknown[]): Generator<CatalogueProduct> {
  for (const candidate of brands) {
    const brand = z.safeParse(brandSchema, candidate).data;
    if (brand === undefined) continue;
    const shown = shownOf(brand);
    for (const entry of brand.items) {
      const item = z.safeParse(itemSchema, entry).data;
      const product = item && productOf(item, brand, shown);
      if (product !== undefined) yield product;
    }
  }
}

type Shown = Pick<CatalogueProduct, 'brand' | 'disclosure' | 'image'>;

function shownOf({ brandName, disclaimer, terms, imageUrls }: Brand): Shown {
  // What lies beyond this is not shown: no need to look for tags in it.
  const pieces = [disclaimer, terms].map((piece) => piece?.slice(0, 20_000) ?? '');
  const images = [imageUrls?.['300w-326ppi'], ...Object.values(imageUrls ?? {})];
  const brand = plainText(brandName, longestName);
  return { brand, ...shownWith(pieces.join('\n<br>'), images) };
}

function productOf(item: Item, brand: Brand, shown: Shown): CatalogueProduct | undefined {
  const kind = kinds.get(item.rewardType.trim().toLowerCase());
  const band = amountsOf(item);
  const price = priceOf(item);
  const countries = countryCodes((item.countries ?? []).map((code) => code.toUpperCase()));
  const isPosted = /physical/i.test(item.fulfillmentType ?? '');
  if (!kind || !band || !price || !countries || isPosted) return undefined;
  return {
    ...{ provider: 'tango', product: item.utid, kind, currency: item.currencyCode },
    name: plainText(item.rewardName, longestName),
    ...{ bands: [band], countries, languages: [], deliveryMinutes },
    ...{ ...shown, ...price },
    orderable: isOrderable(item, brand),
  };
}

/** Which of the two it is, the amounts say: what `valueType` may hold is not published. */
function amountsOf(item: Item): Band | undefined {
  const { faceValue, minValue, maxValue, currencyCode } = item;
  const band = bandOf(faceValue ?? minValue, faceValue ?? maxValue, currencyCode);
  const isStepped = !faceValue && item.isWholeAmountValueRequired === true;
  return band && isStepped ? { ...band, stepMinor: minorPerMajor(currencyCode) } : band;
}

/**
 * Percents on top of the face value, or so much an order, in the item's currency; `undefined` for a
 * fee that cannot be read. The rate of exchange of an item's rule is told with the order only.
 */
function priceOf({
  fee,
  currencyCode,
}: Item): { readonly costBasisPoints: number; readonly fee?: Money } | undefined {
  if (fee === undefined || fee === null) return { costBasisPoints: faceBasisPoints };
  const told = z.safeParse(feeSchema, fee).data;
  if (told === undefined) return undefined;
  if (/percent/i.test(told.type)) {
    const percent = decimalOf(told.value);
    if (percent === undefined || percent.digits < 0n || percent.digits > 10n ** 9n)
      return undefined;
    const basisPoints = Number(toWhole(multiply(percent, { digits: 100n, scale: 0 }), 0));
    return { costBasisPoints: faceBasisPoints + basisPoints };
  }
  const money = moneyOf(told.value, currencyCode);
  if (money === undefined || money.amountMinor < 0n) return undefined;
  if (money.amountMinor === 0n) return { costBasisPoints: faceBasisPoints };
  return { costBasisPoints: faceBasisPoints, fee: money };
}

/** Active, in stock, and with something that we can hand over. */
function isOrderable({ status, credentialTypes, itemAvailability }: Item, brand: Brand): boolean {
  const isActive = [status, brand.status].every(
    (told) => (told ?? 'active').toLowerCase() === 'active',
  );
  const stock = itemAvailability?.itemAvailabilityStatus ?? 'AVAILABLE';
  const types = credentialTypes ?? [];
  const isDeliverable = types.length === 0 || types.some((type) => deliverableTypes.has(type));
  return isActive && stock.toUpperCase() === 'AVAILABLE' && isDeliverable;
}
