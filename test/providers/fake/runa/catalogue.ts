import { minorOf } from './money.ts';

/** Something that the fake sells. */
export interface Sold {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly type: 'gift_card' | 'payment' | 'subscription';
  readonly categories: readonly string[];
  readonly countries: readonly string[];
  /** Hundredths off the price. */
  readonly discount: bigint;
  readonly amounts:
    | { readonly least: string; readonly most: string }
    | { readonly list: readonly string[] };
  /** Codes of plans and what they cost, of a subscription. */
  readonly plans?: Readonly<Record<string, string>>;
}

type Row = readonly [code: string, name: string, category: string, countries: string, list: string];

/** More than anybody orders. */
const most = '1000000000000000000000';

/** One for each currency, for any amount: the code is `MARKET-` and the currency. */
const markets: readonly Sold[] = [
  ...(['GBP GB', 'EUR DE FR ES NL IE', 'USD US', 'PLN PL', 'JPY JP', 'KWD KW'] as const),
  ...(['BHD BH', 'AED AE', 'CAD CA', 'SEK SE'] as const),
].map((text) => {
  const [currency = '', ...countries] = text.split(' ');
  return {
    ...{
      code: `MARKET-${currency}`,
      name: 'Corner Market',
      currency,
      countries,
      type: 'gift_card',
    },
    ...{ categories: ['supermarkets'], discount: 2n, amounts: { least: '0', most } },
  };
});

const cards: readonly Row[] = [
  ['BOOKS-GB', 'Paper Lantern Books', 'booksellers', 'GBP GB', '5.00 10.00 25.00 50.00'],
  ['BOOKS-DE', 'Paper Lantern Books', 'booksellers', 'EUR DE AT', '10.00 25.00 50.00'],
  ['FLIGHT-US', 'Balloon Flights', 'experiences', 'USD US', '99.00 199.00'],
  ['TEA-JP', 'Morning Tea House', 'food-and-drink', 'JPY JP', '500 1000 3000'],
  ['SHOES-PL', 'Good Shoes', 'fashion', 'PLN PL', '50.00 100.00 200.00'],
];

export const sold: readonly Sold[] = [
  ...markets,
  ...cards.map(([code, name, category, places, list]): Sold => {
    const [currency = '', ...countries] = places.split(' ');
    return {
      ...{ code, name, currency, countries, type: 'gift_card', categories: [category] },
      ...{ discount: 5n, amounts: { list: list.split(' ') } },
    };
  }),
  {
    ...{ code: 'PREPAID-US', name: 'Prepaid Card', currency: 'USD', type: 'payment' },
    ...{ categories: ['prepaid-card'], countries: ['US'], discount: 0n },
    amounts: { least: '5.00', most: '1000.00' },
  },
  {
    ...{ code: 'PLAYER-GB', name: 'Player', currency: 'GBP', type: 'subscription' },
    ...{ categories: ['entertainment'], countries: ['GB'], discount: 10n, amounts: { list: [] } },
    plans: { 'PLAYER-GB-SUB-1': '9.99', 'PLAYER-GB-SUB-3': '26.99' },
  },
];

/** Products and plans that can be ordered by a code of their own. */
export const codesSold = sold.flatMap(({ code, plans }) => (plans ? Object.keys(plans) : [code]));

/** By the code that is ordered: a plan's for a subscription. */
export function soldAs(code: string): Sold | undefined {
  return sold.find((it) => (it.plans ? Object.hasOwn(it.plans, code) : it.code === code));
}

/** Whether one product can be had for that much. */
export function isOffered(product: Sold, code: string, faceMinor: bigint): boolean {
  const { amounts, plans, currency } = product;
  if (plans) return minorOf(plans[code] ?? '', currency) === faceMinor;
  if ('list' in amounts) return amounts.list.some((it) => minorOf(it, currency) === faceMinor);
  return atLeast(product, faceMinor) && faceMinor <= (minorOf(amounts.most, currency) ?? 0n);
}

/** Whether a product can be one of several to choose from for that much. */
export function atLeast({ amounts, currency }: Sold, faceMinor: bigint): boolean {
  const least = 'list' in amounts ? (amounts.list[0] ?? '0') : amounts.least;
  return faceMinor > 0n && faceMinor >= (minorOf(least, currency) ?? 0n);
}

export function discountText(discount: bigint): string {
  return `0.${discount.toString().padStart(2, '0')}`;
}

export function denominationsView({ amounts }: Sold): object {
  if ('list' in amounts) {
    const { list } = amounts;
    const range = { minimum_value: list[0] ?? '0', maximum_value: list.at(-1) ?? '0' };
    return { type: 'fixed', ...range, available_list: list };
  }
  const range = { minimum_value: amounts.least, maximum_value: amounts.most };
  return { type: 'open', ...range, available_list: null };
}

const files = 'https://files.runa.example';

export function productView(product: Sold, isOrderable: boolean): object {
  const { code, name, currency, type, categories, countries, discount, plans } = product;
  const detail = {
    assets: { card_image_url: `${files}/${code}-card.png`, icon_image_url: null },
    expiry: { type: 'from-issue-date', in_months: 24, date_policy: 'Good for <b>24</b> months.' },
    content_resources: {
      description_markdown_url: `${files}/${code}/description.md`,
      terms_consumer_markdown_url: `${files}/${code}/terms.md`,
      disclaimer_markdown_url: null,
      locale: 'en_GB',
    },
    redeemable_at: 'all',
    ...(plans
      ? { subscription_plans: Object.entries(plans).map(planView) }
      : { denominations: denominationsView(product) }),
  };
  return {
    ...{ name, code, currency, categories, payout_type: type, is_orderable: isOrderable },
    state: isOrderable ? 'LIVE' : 'TEMPORARILY_DISABLED',
    countries_redeemable_in: countries,
    customer_service: {},
    discount_multiplier: discountText(discount),
    availability: 'realtime',
    [type]: detail,
  };
}

function planView([code, price]: readonly [string, string], index: number): object {
  const length = index === 0 ? 1 : 3;
  const name = `${length} months`;
  return { name, price, subscription_plan_code: code, length, length_unit: 'MONTHS' };
}
