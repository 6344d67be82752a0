import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactJson } from '../../../../../../shared/adapters/providers/exact-json.ts';
import { productOf } from '../../../../../../shared/adapters/providers/reloadly/catalogue.ts';
import { collected } from '../../../../../providers/certification/on-stage.ts';
import { problem, type Scripted, sandbox, scene } from './scripted.ts';

const listed = {
  ...{ productId: 15_363, productName: 'Bookworm UK', global: false, status: 'ACTIVE' },
  ...{ senderFee: 0.5, senderFeePercentage: null, discountPercentage: 3.5 },
  ...{ denominationType: 'FIXED', recipientCurrencyCode: 'GBP', senderCurrencyCode: 'USD' },
  ...{ minRecipientDenomination: null, maxRecipientDenomination: null },
  fixedRecipientDenominations: [5, 12.5, 100],
  fixedRecipientToSenderDenominationsMap: { '5.00': 6.4 },
  logoUrls: ['https://cdn.example/bookworm.jpg'],
  brand: { brandId: 7, brandName: 'Bookworm' },
  category: { id: 2, name: 'Shopping' },
  country: { isoName: 'GB', name: 'United Kingdom', flagUrl: 'https://flag.example/gb.svg' },
  redeemInstruction: {
    concise: 'At the till.',
    verbose: '<p>At <b>the</b> till &amp; on line.</p>',
  },
};

const read = (change: object = {}) =>
  productOf(parseExactJson(JSON.stringify({ ...listed, ...change })));

test('a product in our words', () => {
  expect(read()).toEqual({
    ...{ provider: 'reloadly', product: '15363', name: 'Bookworm UK', brand: 'Bookworm' },
    ...{ kind: 'eGiftCard', currency: 'GBP', countries: ['GB'], languages: [] },
    bands: [
      { minimumMinor: 500n, maximumMinor: 500n },
      { minimumMinor: 1_250n, maximumMinor: 1_250n },
      { minimumMinor: 10_000n, maximumMinor: 10_000n },
    ],
    disclosure: 'At the till & on line.',
    image: 'https://cdn.example/bookworm.jpg',
    ...{ deliveryMinutes: 5, costBasisPoints: 9_650, orderable: true },
    fee: { amountMinor: 50n, currency: 'USD' },
  });
});

const range = { minRecipientDenomination: 5, maxRecipientDenomination: 250 };
const aRange = { minimumMinor: 500n, maximumMinor: 25_000n };
const misspelt = { maxRecipientDenomination: undefined, maxrecipientDenomination: 250 };
const three = [500n, 1_250n, 10_000n].map((minor) => ({
  minimumMinor: minor,
  maximumMinor: minor,
}));

test.each<[object, object]>([
  [{ ...range, denominationType: 'RANGE', fixedRecipientDenominations: [] }, [aRange]],
  [{ ...range, denominationType: 'RANGE' }, [aRange]],
  [{ ...range, ...misspelt, denominationType: 'RANGE' }, [aRange]],
  [{ ...range, denominationType: 'FIXED_AND_RANGE' }, [...three, aRange]],
  [{ ...range, denominationType: 'FIXED' }, three],
  [{ denominationType: 'FIXED_AND_RANGE' }, three],
  [{ fixedRecipientDenominations: [5, 12.505, 0, -1] }, three.slice(0, 1)],
])('face values of %j', (change, bands) => {
  expect(read(change)?.bands).toEqual(bands);
});

test.each([
  { denominationType: 'RANGE' },
  { denominationType: 'RANGE', minRecipientDenomination: 9, maxRecipientDenomination: 5 },
  { denominationType: 'AUCTION' },
  { fixedRecipientDenominations: [] },
  { fixedRecipientDenominations: null },
  { recipientCurrencyCode: 'XAU' },
  { recipientCurrencyCode: null },
  { productId: 'abc' },
  { productId: 1.5 },
  { productName: ' ' },
  { productName: '<b></b>' },
  { country: null },
  { country: { isoName: 'Britain' } },
  { discountPercentage: 100 },
  { discountPercentage: -1 },
  { discountPercentage: 'much' },
  { senderCurrencyCode: 'GOLD' },
  { senderFee: -1 },
])('a product that cannot be read is left out: %j', (change) => {
  expect(read(change)).toBeUndefined();
});

test.each<[object, object]>([
  [
    { discountPercentage: 0, senderFee: 0 },
    { costBasisPoints: 10_000, fee: undefined },
  ],
  [
    { discountPercentage: null, senderFee: null },
    { costBasisPoints: 10_000, fee: undefined },
  ],
  [{ senderFeePercentage: 2.25 }, { costBasisPoints: 9_875 }],
  [{ discountPercentage: 1.234 }, { costBasisPoints: 9_877 }],
  [{ senderFee: 0.0 }, { fee: undefined }],
  [{ senderFee: 1.4567 }, { fee: { amountMinor: 146n, currency: 'USD' } }],
  [{ category: { name: 'Payment Cards' } }, { kind: 'prepaidCard' }],
  [{ category: null }, { kind: 'eGiftCard' }],
  [{ global: true, country: null }, { countries: [] }],
  [{ brand: null }, { brand: 'Bookworm UK' }],
  [{ brand: { brandName: ' ' } }, { brand: 'Bookworm UK' }],
  [{ status: 'INACTIVE' }, { orderable: false }],
  [{ status: undefined }, { orderable: true }],
  [{ additionalRequirements: { userIdRequired: true } }, { orderable: false }],
  [{ additionalRequirements: { userIdRequired: false } }, { orderable: true }],
  [
    { redeemInstruction: null, logoUrls: null },
    { disclosure: undefined, image: undefined },
  ],
  [{ redeemInstruction: { concise: 'Short.', verbose: '' } }, { disclosure: 'Short.' }],
  [
    { logoUrls: ['http://plain.example', 7, 'https://x.example/'] },
    { image: 'https://x.example/' },
  ],
  [{ fixedRecipientToSenderDenominationsMap: [{ '5.00': 6.4 }] }, { product: '15363' }],
])('%j is read', (change, expected) => {
  expect({
    fee: undefined,
    disclosure: undefined,
    image: undefined,
    ...read(change),
  }).toMatchObject(expected);
});

test('texts are bounded', () => {
  const long = 'x'.repeat(5_000);
  const product = read({ productName: long, redeemInstruction: { verbose: long } });
  expect(product?.name).toHaveLength(200);
  expect(product?.disclosure).toHaveLength(2_000);
});

test('whatever comes, a product is whole or left out', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constant(5), fc.constantFrom('RANGE', 'JPY'));
  const fields = Object.keys(listed);
  const change = fc.dictionary(fc.constantFrom(...fields), anything, { maxKeys: 3 });
  fc.assert(
    fc.property(change, (changed) => {
      const product = read(changed);
      if (product === undefined) return;
      expect(product.bands.length).toBeGreaterThan(0);
      expect(Number.isSafeInteger(product.costBasisPoints)).toBe(true);
      for (const { minimumMinor, maximumMinor } of product.bands) {
        expect(minimumMinor > 0n && minimumMinor <= maximumMinor).toBe(true);
      }
    }),
    { seed: 20_260_115, numRuns: 300 },
  );
});

const pageOf = (content: readonly unknown[], last: boolean): Scripted => [200, { content, last }];

test('pages are asked from 1 until the last; a product that has moved comes once', async () => {
  const second = { ...listed, productId: 2 };
  const { provider, sent } = scene({
    '/products': [pageOf([listed, { productId: 3 }], false), pageOf([listed, second], true)],
  });
  const products = await collected(provider.catalogue());
  expect(products.map(({ product }) => product)).toEqual(['15363', '2']);
  const pages = sent.slice(1).map(({ url }) => new URL(url).searchParams.get('page'));
  expect(pages).toEqual(['1', '2']);
});

test.each<[string, readonly Scripted[]]>([
  ['a page that fails', [pageOf([listed], false), [500, problem('sorry')]]],
  ['a page without a word of an end', [pageOf([listed], false), [200, { content: [] }]]],
  ['no end', [pageOf([], false)]],
])('a catalogue with %s cannot be read', async (_what, pages) => {
  const { provider } = scene({ '/products': pages });
  await expect(collected(provider.catalogue())).rejects.toThrow('could not be read');
});

test.each([400, 404])('a product that is answered %i is not sold', async (status) => {
  const { provider, sent } = scene({ '/products/': [[status, problem('gone')]] });
  expect(await provider.product('a/b')).toBeUndefined();
  expect(sent[1]?.url).toBe(`${sandbox}/products/a%2Fb`);
});
