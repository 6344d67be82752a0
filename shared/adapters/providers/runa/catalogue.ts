import * as z from 'zod/mini';
import type { Band, CatalogueProduct, RewardKind } from '../../../domain/catalogue/product.ts';
import { isLanguage } from '../../../domain/language.ts';
import { bandOf, countryCodes } from '../catalogue-parts.ts';
import { oneLine } from '../plain-text.ts';
import { decimalOf, moneyOf } from '../wire-money.ts';
import { isPage, shortText } from '../wire-schemas.ts';
import { currencyCode, decimalText } from './reply.ts';

/** Cards from stock and in real time alike come within the call; Runa names no time. */
const deliveryMinutes = 1;
/** With two addresses it stays below the 2,000 characters of a disclosure. */
const maximumPolicy = 1_000;
const maximumAmounts = 500;

const maximumAddress = 480;

const denominationsSchema = z.object({
  type: z.nullish(z.string()),
  minimum_value: z.nullish(decimalText),
  maximum_value: z.nullish(decimalText),
  available_list: z.nullish(z.array(decimalText).check(z.maxLength(maximumAmounts))),
});
const contentSchema = z.object({
  disclaimer_markdown_url: z.nullish(z.string()),
  terms_consumer_markdown_url: z.nullish(z.string()),
  locale: z.nullish(z.string()),
});
const detailSchema = z.object({
  denominations: z.nullish(denominationsSchema),
  assets: z.nullish(
    z.object({ card_image_url: z.nullish(z.string()), icon_image_url: z.nullish(z.string()) }),
  ),
  content_resources: z.nullish(contentSchema),
  expiry: z.nullish(z.object({ date_policy: z.nullish(z.string()) })),
  subscription_plans: z.nullish(
    z.array(z.object({ name: shortText, price: decimalText, subscription_plan_code: shortText })),
  ),
});
const productSchema = z.object({
  name: shortText,
  code: shortText,
  currency: currencyCode,
  is_orderable: z.boolean(),
  payout_type: z.string(),
  categories: z.array(z.string()),
  countries_redeemable_in: z.array(z.string()),
  discount_multiplier: decimalText,
  gift_card: z.nullish(detailSchema),
  payment: z.nullish(detailSchema),
  subscription: z.nullish(detailSchema),
});
type Product = z.infer<typeof productSchema>;
type Detail = z.infer<typeof detailSchema>;

/**
 * What can be ordered of one product: a subscription has a code for each of its plans. None where
 * it cannot be read: another type of payout, an unknown currency, no amounts.
 */
export function productsOf(value: unknown): readonly CatalogueProduct[] {
  const parsed = z.safeParse(productSchema, value);
  if (!parsed.success) return [];
  const product = parsed.data;
  const costBasisPoints = costOf(product.discount_multiplier);
  const detail = detailOf(product);
  const countries = countryCodes(product.countries_redeemable_in);
  if (detail === undefined || costBasisPoints === undefined || countries === undefined) return [];
  const common = { ...described(product, detail), countries, costBasisPoints };
  if (product.payout_type === 'subscription') {
    return (detail.subscription_plans ?? []).flatMap((plan) => {
      const band = bandOf(plan.price, plan.price, product.currency);
      const name = `${product.name}: ${plan.name}`;
      const named = { ...common, name, product: plan.subscription_plan_code };
      return band === undefined ? [] : [{ ...named, bands: [band] }];
    });
  }
  const bands = bandsOf(detail, product.currency);
  return bands === undefined ? [] : [{ ...common, bands }];
}

function detailOf(product: Product): Detail | undefined {
  const { payout_type: type, gift_card: card, payment, subscription } = product;
  const details = new Map(Object.entries({ gift_card: card, payment, subscription }));
  return details.get(type) ?? undefined;
}

function described(
  product: Product,
  detail: Detail,
): Omit<CatalogueProduct, 'bands' | 'countries' | 'costBasisPoints'> {
  const { name, code, currency, categories } = product;
  const image = address(detail.assets?.card_image_url ?? detail.assets?.icon_image_url);
  const disclosure = disclosureOf(detail);
  return {
    ...{ provider: 'runa', product: code, name, brand: name, currency, deliveryMinutes },
    kind: kindOf(product.payout_type, categories),
    languages: languagesOf(detail),
    orderable: product.is_orderable,
    ...(disclosure !== '' && { disclosure }),
    ...(image !== undefined && { image }),
  };
}

/** A payment ends on a card or an account of the member's choice: money, as a prepaid card is. */
function kindOf(payoutType: string, categories: readonly string[]): RewardKind {
  if (payoutType === 'subscription') return 'perk';
  if (payoutType === 'payment' || categories.includes('prepaid-card')) return 'prepaidCard';
  return categories.includes('experiences') ? 'experience' : 'eGiftCard';
}

function bandsOf({ denominations }: Detail, currency: string): readonly Band[] | undefined {
  if (!denominations) return undefined;
  const { type, available_list: list, minimum_value: least, maximum_value: most } = denominations;
  if (type === 'fixed') {
    const bands = (list ?? []).map((text) => bandOf(text, text, currency));
    const read = bands.filter((band) => band !== undefined);
    return read.length > 0 && read.length === bands.length ? read : undefined;
  }
  const minimumMinor = moneyOf(least ?? '', currency)?.amountMinor;
  const maximumMinor = moneyOf(most ?? '', currency)?.amountMinor;
  if (minimumMinor === undefined || maximumMinor === undefined) return undefined;
  if (maximumMinor <= 0n || minimumMinor > maximumMinor) return undefined;
  return [{ minimumMinor: minimumMinor > 0n ? minimumMinor : 1n, maximumMinor }];
}

/** A discount of 0.05 costs 9,500 basis points; a fraction of one is not counted on. */
function costOf(discountMultiplier: string): number | undefined {
  const discount = decimalOf(discountMultiplier);
  if (discount === undefined || discount.digits < 0n) return undefined;
  const { digits, scale } = discount;
  const discountBasisPoints = (digits * 10_000n) / 10n ** BigInt(scale);
  return discountBasisPoints > 10_000n ? undefined : Number(10_000n - discountBasisPoints);
}

/** Pages give terms as addresses; what they say in words is how long a card lasts. */
function disclosureOf({ expiry, content_resources: content }: Detail): string {
  const policy = oneLine(expiry?.date_policy ?? '', maximumPolicy);
  const addresses = [content?.disclaimer_markdown_url, content?.terms_consumer_markdown_url];
  return [policy, ...addresses.map(address)].filter((line) => line).join('\n');
}

function address(text: string | null | undefined): string | undefined {
  return text && text.length <= maximumAddress && isPage(text) ? text : undefined;
}

function languagesOf({ content_resources: content }: Detail): readonly string[] {
  const language = /^([a-z]{2})[_-]/.exec(content?.locale ?? '')?.[1];
  return language !== undefined && isLanguage(language) ? [language] : [];
}
