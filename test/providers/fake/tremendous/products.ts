import { type Answer, answered } from '../common/answer.ts';
import { digitsOf, thousandths } from '../common/dollars.ts';
import { rawNumber } from '../common/raw-json.ts';
import { type Query, refused } from './answer.ts';

interface SoldProduct {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly currencies: readonly string[];
  readonly countries: readonly string[];
  /** Decimal texts; empty: no bands are told. */
  readonly skus: readonly (readonly [min: string, max: string])[];
}

const anyAmount: SoldProduct['skus'] = [['0.001', '1000000000000000000000']];

const giftCardCountries: Readonly<Record<string, readonly string[]>> = {
  AED: ['AE'],
  AUD: ['AU'],
  BHD: ['BH'],
  CAD: ['CA'],
  CHF: ['CH', 'LI'],
  CNY: ['CN'],
  EUR: ['DE', 'ES', 'FR', 'IE', 'NL'],
  GBP: ['GB'],
  INR: ['IN'],
  JPY: ['JP'],
  KWD: ['KW'],
  MYR: ['MY'],
  PLN: ['PL'],
  USD: ['US', 'PR'],
};

const giftCards = Object.entries(giftCardCountries).map(
  ([currency, countries]): SoldProduct => ({
    ...{ id: `GIFT-CARD-${currency}`, name: `Corner Shop Gift Card ${currency}` },
    ...{ category: 'merchant_card', currencies: [currency], countries },
    skus: digitsOf(currency) === 3 ? anyAmount : [[smallest(currency), '1000000000000000000000']],
  }),
);

function smallest(currency: string): string {
  return digitsOf(currency) === 0 ? '1' : '0.01';
}

const others: readonly SoldProduct[] = [
  ...named('RELOADABLE-CARD-USD', 'Reloadable Card', 'visa_card', 'USD', [['1', '10000']]),
  ...named('STORE-GIFT-CARD-USD', 'Store Gift Card', 'merchant_card', 'USD', [
    ...(['5', '10', '25', '50', '100'] as const).map((value) => [value, value] as const),
    ...([['200', '500']] as const),
  ]),
  {
    ...{ id: 'GIFT-CATALOGUE-GBP', name: 'Gift Catalogue', category: 'merchant_card' },
    ...{ currencies: ['GBP'], countries: ['GB'], skus: [['5', '1000']] },
  },
  ...named('BIG-SCREEN-PLN', 'Big Screen & Friends', 'merchant_card', 'PLN', [['50', '50']]),
  ...named('GOOD-CAUSE-USD', 'The Good Cause', 'charity', 'USD', [['1', '2000']]),
];

/** One id, several currencies. */
const travelCard: SoldProduct = {
  ...{ id: 'TRAVEL-CARD', name: 'Travel Card', category: 'visa_card' },
  ...{ currencies: ['EUR', 'GBP'], countries: ['DE', 'GB'], skus: [['10', '2500']] },
};

/** What the vendor lists and we do not sell: payouts, a currency of nobody, no amounts. */
const leftOut: readonly SoldProduct[] = [
  ...named('BANK-USD', 'Bank Transfer', 'ach', 'USD', [['1', '10000']]),
  ...named('PAYPAL-USD', 'PayPal', 'paypal', 'USD', [['1', '10000']]),
  ...named('GAME-GOLD', 'Game Gold', 'merchant_card', 'GLD', [['1', '10000']]),
  ...named('NO-AMOUNTS-USD', 'Without Amounts', 'merchant_card', 'USD', []),
];

function named(
  id: string,
  name: string,
  category: string,
  ...[currency, skus]: readonly [string, SoldProduct['skus']]
): readonly SoldProduct[] {
  return [{ id, name, category, currencies: [currency], countries: ['US'], skus }];
}

const sold = [...giftCards, ...others, travelCard, ...leftOut];

/** Rewards as the adapter counts them: one a currency. */
export const rewardsSold = giftCards.length + others.length + travelCard.currencies.length;

export function listProducts(query: Query): Answer {
  const currencies = query.get('currency')?.split(',');
  const countries = query.get('country')?.split(',');
  const matching = sold
    .filter((it) => currencies === undefined || overlap(it.currencies, currencies))
    .filter((it) => countries === undefined || overlap(it.countries, countries));
  return answered({ products: matching.map(view) });
}

export function readProduct(id: string): Answer {
  const product = sold.find((it) => it.id === id);
  return product === undefined ? refused(404, 'Not found.') : answered({ product: view(product) });
}

/** Whether one of the products can be had for the value; a sentence says why none can. */
export function productFault(
  ids: readonly string[],
  value: { readonly denomination: string; readonly currency: string },
): string | undefined {
  const products = sold.filter(({ id }) => ids.includes(id));
  if (products.length < new Set(ids).size) return 'There is no such product.';
  const amount = thousandths(value.denomination, 3) ?? 0n;
  const fits = products.some(
    ({ currencies, skus }) =>
      currencies.includes(value.currency) &&
      (skus.length === 0 || skus.some(([min, max]) => isWithin(amount, min, max))),
  );
  return fits ? undefined : 'The denomination is not available for the products.';
}

function isWithin(amount: bigint, min: string, max: string): boolean {
  return amount >= (thousandths(min, 3) ?? 0n) && amount <= (thousandths(max, 3) ?? 0n);
}

function overlap(left: readonly string[], right: readonly string[]): boolean {
  return left.some((it) => right.includes(it));
}

function view({ id, name, category, currencies, countries, skus }: SoldProduct): object {
  const bands = skus.map(([min, max]) => ({ min: rawNumber(min), max: rawNumber(max) }));
  return {
    ...{ id, name, category, description: `${name}, by mail.`, currency_codes: currencies },
    disclosure: `<p>${name}: <a href="https://card.example/">terms</a>.</p><p>No cash.</p>`,
    ...(skus.length > 0 && { skus: bands }),
    countries: countries.map((abbr) => ({ abbr })),
    images: [
      { src: `https://img.example/${id}-logo.png`, type: 'logo' },
      { src: `https://img.example/${id}.png`, type: 'card', content_type: 'image/png' },
    ],
    usage_instructions: '<p>Show it at the till.</p>',
    documents: null,
  };
}
