import * as z from 'zod/mini';
import type { Band, CatalogueProduct, RewardKind } from '../../../domain/catalogue/product.ts';
import { add, type Decimal, oneMinus, toWhole, zero } from '../../../domain/import/decimal.ts';
import { currencyExponent } from '../../../domain/money/currency.ts';
import { bandOf, countryCodes, longestName, shownWith } from '../catalogue-parts.ts';
import type { WireNumber } from '../exact-json.ts';
import { oneLine } from '../plain-text.ts';
import { decimalOf } from '../wire-money.ts';
import { wireNumber } from '../wire-schemas.ts';
import { nearestMoney, wireId } from './reply.ts';

const name = z.string().check(z.trim(), z.minLength(1));
const number = z.nullish(wireNumber);

/** The map of prices is not read: it has two forms, and what it says can be worked out. */
const productSchema = z.object({
  productId: wireId,
  productName: name,
  global: z.nullish(z.boolean()),
  status: z.nullish(z.string()),
  denominationType: z.enum(['FIXED', 'RANGE', 'FIXED_AND_RANGE']),
  recipientCurrencyCode: z.string(),
  minRecipientDenomination: number,
  maxRecipientDenomination: number,
  /** As one of Reloadly's pages spells it. */
  maxrecipientDenomination: number,
  fixedRecipientDenominations: z.nullish(z.array(wireNumber)),
  senderCurrencyCode: z.nullish(z.string()),
  senderFee: number,
  senderFeePercentage: number,
  discountPercentage: number,
  logoUrls: z.nullish(z.array(z.unknown())),
  brand: z.nullish(z.object({ brandName: z.nullish(z.string()) })),
  category: z.nullish(z.object({ name: z.nullish(z.string()) })),
  country: z.nullish(z.object({ isoName: z.nullish(z.string()) })),
  redeemInstruction: z.nullish(
    z.object({ concise: z.nullish(z.string()), verbose: z.nullish(z.string()) }),
  ),
  additionalRequirements: z.nullish(z.object({ userIdRequired: z.nullish(z.boolean()) })),
});

type ProductReply = z.infer<typeof productSchema>;

/** Codes come with the answer, or after some reads of a pending order; nothing is promised. */
const deliveryMinutes = 5;

/** In our words; `undefined` for a product that cannot be read or has no face values. */
export function productOf(reply: unknown): CatalogueProduct | undefined {
  const parsed = z.safeParse(productSchema, reply);
  if (!parsed.success || currencyExponent(parsed.data.recipientCurrencyCode) === undefined) {
    return undefined;
  }
  const bands = bandsOf(parsed.data);
  const price = priceOf(parsed.data);
  const countries = countriesOf(parsed.data);
  if (bands.length === 0 || price === undefined || countries === undefined) return undefined;
  const { productId, productName, recipientCurrencyCode: currency } = parsed.data;
  const shownName = oneLine(productName, longestName);
  if (shownName === '') return undefined;
  return {
    provider: 'reloadly',
    product: productId.text,
    name: shownName,
    brand: oneLine(parsed.data.brand?.brandName ?? '', longestName) || shownName,
    kind: kindOf(parsed.data),
    ...{ currency, bands, countries, languages: [], deliveryMinutes },
    ...shownWith(termsOf(parsed.data), parsed.data.logoUrls ?? []),
    ...price,
    orderable: isOrderable(parsed.data),
  };
}

function bandsOf(reply: ProductReply): readonly Band[] {
  const { denominationType: type, recipientCurrencyCode: currency } = reply;
  const fixed = type === 'RANGE' ? [] : (reply.fixedRecipientDenominations ?? []);
  const bands = fixed.flatMap((amount) => bandOf(amount, amount, currency) ?? []);
  if (type === 'FIXED') return bands;
  const most = reply.maxRecipientDenomination ?? reply.maxrecipientDenomination;
  const range = bandOf(reply.minRecipientDenomination, most, currency);
  return range === undefined ? bands : [...bands, range];
}

/**
 * Face value less the discount and with the fees; what the conversion into our wallet's currency
 * costs is not told. `undefined` where a figure cannot be right.
 */
function priceOf(
  reply: ProductReply,
): Pick<CatalogueProduct, 'costBasisPoints' | 'fee'> | undefined {
  const discount = percentOf(reply.discountPercentage);
  const surcharge = percentOf(reply.senderFeePercentage);
  if (discount === undefined || surcharge === undefined) return undefined;
  const cost = toWhole(add(oneMinus(discount), surcharge), 4);
  if (cost <= 0n || cost > 100_000n) return undefined;
  const costBasisPoints = Number(cost);
  const { senderFee, senderCurrencyCode } = reply;
  if (!senderFee || decimalOf(senderFee)?.digits === 0n) return { costBasisPoints };
  const fee = nearestMoney(senderFee, senderCurrencyCode ?? '');
  return fee === undefined || fee.amountMinor < 0n ? undefined : { costBasisPoints, fee };
}

/** 2.5 percent as the number 0.025; absent: none. */
function percentOf(percentage: WireNumber | null | undefined): Decimal | undefined {
  const decimal = percentage ? decimalOf(percentage) : zero;
  if (decimal === undefined || decimal.digits < 0n) return undefined;
  return { digits: decimal.digits, scale: decimal.scale + 2 };
}

/** Reloadly sells cards of brands, and cards to pay with under a category of their own. */
function kindOf({ category }: ProductReply): RewardKind {
  return /prepaid|payment card/i.test(category?.name ?? '') ? 'prepaidCard' : 'eGiftCard';
}

/** A global card is good everywhere, whichever country it is listed under. */
function countriesOf({ global, country }: ProductReply): readonly string[] | undefined {
  return global === true ? [] : countryCodes([country?.isoName ?? '']);
}

/** A product that asks for the member's account with the brand cannot be ordered by us. */
function isOrderable({ status, additionalRequirements }: ProductReply): boolean {
  const isActive = status === undefined || status === null || status === 'ACTIVE';
  return isActive && additionalRequirements?.userIdRequired !== true;
}

function termsOf({ redeemInstruction }: ProductReply): string {
  const { verbose, concise } = redeemInstruction ?? {};
  return verbose || concise || '';
}
