import { expect, test } from 'vitest';
import { productsOf } from '../../../../../../shared/adapters/providers/runa/catalogue.ts';

const detail = {
  denominations: { type: 'open', minimum_value: '5.00', maximum_value: '250.00' },
  assets: { card_image_url: 'https://files.example/card.png' },
  expiry: { date_policy: 'Good for <b>24</b>\n months.' },
  content_resources: {
    disclaimer_markdown_url: null,
    terms_consumer_markdown_url: 'https://files.example/terms.md',
    locale: 'de_DE',
  },
};
const card = {
  ...{ name: 'Fine Shop', code: 'FINE-DE', currency: 'EUR', state: 'LIVE', is_orderable: true },
  ...{ payout_type: 'gift_card', categories: ['fashion'], discount_multiplier: '0.05' },
  ...{ countries_redeemable_in: ['DE', 'AT', 'Europe', 'AN', 'XX'], gift_card: detail },
};

const amounts = (denominations: unknown, change: object = {}) =>
  productsOf({ ...card, ...change, gift_card: { ...detail, denominations } })[0]?.bands;

test('a gift card is read in our words', () => {
  expect(productsOf(card)).toEqual([
    {
      ...{ provider: 'runa', product: 'FINE-DE', name: 'Fine Shop', brand: 'Fine Shop' },
      ...{ kind: 'eGiftCard', currency: 'EUR', countries: ['DE', 'AT'], languages: ['de'] },
      bands: [{ minimumMinor: 500n, maximumMinor: 25_000n }],
      disclosure: 'Good for 24 months.\nhttps://files.example/terms.md',
      image: 'https://files.example/card.png',
      ...{ deliveryMinutes: 1, costBasisPoints: 9_500, orderable: true },
    },
  ]);
});

test('fixed amounts are bands of one value; currencies have their own digits', () => {
  const list = { type: 'fixed', available_list: ['10.00', '25'] };
  expect(amounts(list)).toEqual([
    { minimumMinor: 1_000n, maximumMinor: 1_000n },
    { minimumMinor: 2_500n, maximumMinor: 2_500n },
  ]);
  const open = { type: 'open', minimum_value: '0', maximum_value: '9007199254740993' };
  expect(amounts(open, { currency: 'JPY' })).toEqual([
    { minimumMinor: 1n, maximumMinor: 9_007_199_254_740_993n },
  ]);
});

test.each([
  ['no amounts', { gift_card: { ...detail, denominations: null } }],
  ['an empty list', { gift_card: { denominations: { type: 'fixed', available_list: [] } } }],
  [
    'one odd amount',
    { gift_card: { denominations: { type: 'fixed', available_list: ['1', 'x'] } } },
  ],
  [
    'a fraction of a cent',
    { gift_card: { denominations: { type: 'fixed', available_list: ['1.005'] } } },
  ],
  ['no range', { gift_card: { denominations: { type: 'open', minimum_value: '5.00' } } }],
  ['an unknown currency', { currency: 'XAU' }],
  ['another type of payout', { payout_type: 'lottery', lottery: detail }],
  ['a type that is a field of every object', { payout_type: 'constructor' }],
  ['only countries that are none', { countries_redeemable_in: ['AN', 'XX'] }],
  ['no details', { gift_card: null }],
  ['a discount of more than everything', { discount_multiplier: '1.01' }],
  ['a discount that is none', { discount_multiplier: 'five' }],
  ['no name', { name: '' }],
  ['no word on whether it can be ordered', { is_orderable: 'yes' }],
])('a product with %s is left out', (_, change) => {
  expect(productsOf({ ...card, ...change })).toEqual([]);
});

test('a card of no listed country is good everywhere, one in no known language of none', () => {
  const content = { gift_card: { ...detail, content_resources: { locale: 'xx_DE' } } };
  expect(productsOf({ ...card, ...content, countries_redeemable_in: [] })).toMatchObject([
    { countries: [], languages: [] },
  ]);
});

test('what is no product at all is left out', () => {
  for (const value of [null, [], 'FINE-DE', {}]) expect(productsOf(value)).toEqual([]);
});

test.each([
  ['experience', { categories: ['experiences'] }],
  ['prepaidCard', { categories: ['prepaid-card'] }],
  ['prepaidCard', { payout_type: 'payment', payment: detail }],
  ['eGiftCard', { categories: [] }],
])('it is a %s by category or type', (kind, change) => {
  expect(productsOf({ ...card, ...change })).toMatchObject([{ kind }]);
});

test('each plan of a subscription has its own code and price', () => {
  const plans = [
    { name: '1 month', price: '9.99', subscription_plan_code: 'FINE-SUB-1' },
    { name: '3 months', price: '0', subscription_plan_code: 'FINE-SUB-3' },
  ];
  const subscription = { ...detail, subscription_plans: plans };
  const change = { payout_type: 'subscription', subscription };
  expect(productsOf({ ...card, ...change })).toMatchObject([
    {
      ...{ product: 'FINE-SUB-1', name: 'Fine Shop: 1 month', brand: 'Fine Shop', kind: 'perk' },
      bands: [{ minimumMinor: 999n, maximumMinor: 999n }],
    },
  ]);
});

test('texts are bounded, and only addresses that a browser opens are kept', () => {
  const expiry = { date_policy: 'x'.repeat(5_000) };
  const long = `https://files.example/${'y'.repeat(2_000)}`;
  const assets = { card_image_url: 'javascript:alert(1)' };
  const content = {
    terms_consumer_markdown_url: long,
    disclaimer_markdown_url: 'http://a.example',
  };
  const odd = { ...detail, expiry, assets, content_resources: content };
  const [product] = productsOf({ ...card, gift_card: odd });
  expect(product?.disclosure).toBe('x'.repeat(1_000));
  expect(product).not.toHaveProperty('image');
  expect(product?.languages).toEqual([]);
});

test('a discount of part of a basis point is not counted on', () => {
  const cost = (text: string) =>
    productsOf({ ...card, discount_multiplier: text })[0]?.costBasisPoints;
  expect(cost('0')).toBe(10_000);
  expect(cost('0.0333')).toBe(9_667);
  expect(cost('0.03339')).toBe(9_667);
});
