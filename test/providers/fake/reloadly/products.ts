import { digitsOf } from '../common/dollars.ts';
import { rawNumber } from '../common/raw-json.ts';

export interface SoldProduct {
  readonly id: number;
  readonly name: string;
  readonly brand: string;
  readonly country: string;
  readonly currency: string;
  readonly category: string;
  /** Decimal texts of the card's currency. */
  readonly fixed: readonly string[];
  readonly range?: readonly [minimum: string, maximum: string];
  /** Decimal text of percent. */
  readonly discount: string;
  readonly feeCents: bigint;
  readonly global: boolean;
  readonly status: string;
}

const plain = {
  ...{ category: 'Shopping', fixed: [], discount: '0', feeCents: 0n },
  ...{ global: false, status: 'ACTIVE' },
} as const;

/** Open to any amount, so that every amount can be tried: 101 on. */
const openOnes = ['EUR', 'USD', 'GBP', 'JPY', 'BHD', 'KWD', 'PLN', 'CAD'].map(
  (currency, index): SoldProduct => ({
    ...plain,
    ...{ id: 101 + index, name: `Open card ${currency}`, brand: 'Open card', currency },
    country: countryOf(currency),
    range: [smallestOf(currency), '999999999999999999'],
  }),
);

/** More like what Reloadly sells: 201 on. */
const namedOnes: readonly SoldProduct[] = [
  {
    ...{ ...plain, id: 201, name: 'Bookworm UK', brand: 'Bookworm', country: 'GB' },
    ...{ currency: 'GBP', fixed: ['5', '10.00', '25', '50'], discount: '3.5' },
  },
  {
    ...{ ...plain, id: 202, name: 'Bookworm DE', brand: 'Bookworm', country: 'DE' },
    ...{ currency: 'EUR', fixed: ['10', '20'], range: ['25', '150'], discount: '2.25' },
  },
  {
    ...{ ...plain, id: 203, name: 'Sklep PL', brand: 'Sklep', country: 'PL', currency: 'PLN' },
    ...{ range: ['20', '1000'], discount: '4', feeCents: 50n },
  },
  {
    ...{ ...plain, id: 204, name: 'Konbini', brand: 'Konbini', country: 'JP', currency: 'JPY' },
    ...{ fixed: ['500', '1000', '5000'], discount: '1' },
  },
  {
    ...{ ...plain, id: 205, name: 'Virtual pay card USD', brand: 'Pay card', country: 'US' },
    ...{ currency: 'USD', category: 'Payment Cards', range: ['5', '500'], feeCents: 150n },
    global: true,
  },
  {
    ...{ ...plain, id: 206, name: 'Souk KW', brand: 'Souk', country: 'KW', currency: 'KWD' },
    fixed: ['5.000', '10.500'],
  },
  {
    ...{ ...plain, id: 207, name: 'Arcade 60 coins', brand: 'Arcade', country: 'BR' },
    ...{ currency: 'USD', category: 'Gaming', fixed: ['1', '2'], discount: '2.9', global: true },
  },
  {
    ...{ ...plain, id: 208, name: 'Maple', brand: 'Maple', country: 'CA', currency: 'CAD' },
    ...{ range: ['10', '250'], status: 'INACTIVE' },
  },
];

/** In no currency that has a minor unit: nobody can order it exactly. */
const unreadable: SoldProduct = {
  ...{ ...plain, id: 299, name: 'Gold grain', brand: 'Gold', country: 'AE', currency: 'XAU' },
  range: ['1', '10'],
};

export const soldProducts: readonly SoldProduct[] = [...openOnes, ...namedOnes, unreadable];
/** Those that make sense to an adapter. */
export const readableProducts = soldProducts.length - 1;

/** A number that nothing is sold under for a currency that no open card is in. */
export function openProductIn(currency: string): string {
  return String(openOnes.find((it) => it.currency === currency)?.id ?? 199);
}

function countryOf(currency: string): string {
  return currency === 'EUR' ? 'DE' : currency.slice(0, 2);
}

function smallestOf(currency: string): string {
  const digits = digitsOf(currency);
  return digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`;
}

export function productView(product: SoldProduct): object {
  const { id, fixed, range, feeCents } = product;
  const kinds = ['FIXED', 'RANGE', 'FIXED_AND_RANGE'];
  const kind = range === undefined ? 0 : fixed.length === 0 ? 1 : 2;
  const [minimum, maximum] = (range ?? []).map(rawNumber);
  return {
    productId: id,
    productName: product.name,
    ...{ global: product.global, status: product.status, supportsPreOrder: false },
    senderFee: rawNumber(`${feeCents / 100n}.${String(feeCents % 100n).padStart(2, '0')}`),
    senderFeePercentage: 0,
    discountPercentage: rawNumber(product.discount),
    denominationType: kinds[kind],
    recipientCurrencyCode: product.currency,
    minRecipientDenomination: minimum ?? null,
    ...(id % 2 === 0 && { maxRecipientDenomination: maximum ?? null }),
    ...(id % 2 === 1 && { maxrecipientDenomination: maximum ?? null }),
    senderCurrencyCode: 'USD',
    ...{ minSenderDenomination: null, maxSenderDenomination: null },
    fixedRecipientDenominations: fixed.map(rawNumber),
    fixedSenderDenominations: null,
    fixedRecipientToSenderDenominationsMap: mapView(product),
    logoUrls: [`https://cdn.reloadly.example/${id}.jpg`],
    brand: { brandId: id, brandName: product.brand },
    category: { id: 1, name: product.category },
    country: { isoName: product.country, name: product.country, flagUrl: 'https://flag.example/' },
    redeemInstruction: {
      concise: 'Use it at the till.',
      verbose: `<p>Use it at the till of <b>${product.brand}</b>.</p><p>No cash back.</p>`,
    },
    additionalRequirements: { userIdRequired: id === 207 },
  };
}

/** Both shapes that have been seen, and none for a range. */
function mapView({ id, fixed }: SoldProduct): unknown {
  if (fixed.length === 0) return null;
  const parts = fixed.map((price) => [price, rawNumber(price)] as const);
  return id % 2 === 0 ? Object.fromEntries(parts) : parts.map(([key, price]) => ({ [key]: price }));
}
