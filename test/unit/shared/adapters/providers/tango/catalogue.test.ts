import { expect, test } from 'vitest';
import { parseExactJson } from '../../../../../../shared/adapters/providers/exact-json.ts';
import { productsOf } from '../../../../../../shared/adapters/providers/tango/catalogue.ts';

const item = {
  ...{ utid: 'U1', rewardName: 'Card', rewardType: 'gift card', status: 'active' },
  ...{ currencyCode: 'EUR', minValue: 5, maxValue: 500.5, countries: ['DE'] },
};

function read(change: object, ofBrand: object = {}) {
  const brand = { brandKey: 'B1', brandName: 'Brand', items: [{ ...item, ...change }], ...ofBrand };
  return [...productsOf([parseExactJson(JSON.stringify(brand))])][0];
}

test('an item in our words', () => {
  const terms = { disclaimer: '<p>A &amp; B</p>', terms: 'C<br>D' };
  const imageUrls = {
    '80w-326ppi': 'https://i.example/80',
    '300w-326ppi': 'https://i.example/300',
  };
  expect(read({}, { ...terms, imageUrls })).toEqual({
    ...{ provider: 'tango', product: 'U1', name: 'Card', brand: 'Brand', kind: 'eGiftCard' },
    ...{ currency: 'EUR', bands: [{ minimumMinor: 500n, maximumMinor: 50_050n }] },
    ...{ countries: ['DE'], languages: [], disclosure: 'A & B\nC\nD' },
    ...{ image: 'https://i.example/300', deliveryMinutes: 5, costBasisPoints: 10_000 },
    orderable: true,
  });
});

test('a face value, or a range in whole units', () => {
  const fixed = { faceValue: 10, minValue: null, maxValue: null, valueType: 'VARIABLE_VALUE' };
  expect(read(fixed)?.bands).toEqual([{ minimumMinor: 1_000n, maximumMinor: 1_000n }]);
  const whole = { isWholeAmountValueRequired: true };
  expect(read(whole)?.bands).toEqual([
    { minimumMinor: 500n, maximumMinor: 50_050n, stepMinor: 100n },
  ]);
});

test.each([
  ['an unknown currency', { currencyCode: 'XXX' }],
  ['no amounts', { minValue: undefined }],
  ['amounts as texts', { minValue: '5' }],
  ['a fraction of a cent', { maxValue: 10.001 }],
  ['a range that ends before it begins', { minValue: 600 }],
  ['nothing as its least', { minValue: 0 }],
  ['an unknown type', { rewardType: 'lottery ticket' }],
  ['countries that are none', { countries: ['Germany', 'XX', 'AN'] }],
  ['a fee that cannot be read', { fee: { type: 'PERCENT', value: '3' } }],
  ['a fee that is paid to us', { fee: { type: 'PERCENT', value: -3 } }],
  ['a place in the post', { fulfillmentType: 'PHYSICAL' }],
  ['an id for a path', { utid: '../accounts' }],
  ['no name', { rewardName: '' }],
])('an item with %s is left out', (_, change) => {
  expect(read(change)).toBeUndefined();
});

test.each([
  ['PERCENT', 1.5, { costBasisPoints: 10_150 }],
  ['percentage', 0.29, { costBasisPoints: 10_029 }],
  ['FLAT', 2.5, { costBasisPoints: 10_000, fee: { amountMinor: 250n, currency: 'EUR' } }],
  ['FLAT', 0, { costBasisPoints: 10_000 }],
])('a fee %s %s', (type, value, expected) => {
  const { costBasisPoints, fee } = read({ fee: { type, value } }) ?? {};
  expect({ costBasisPoints, ...(fee && { fee }) }).toEqual(expected);
});

test.each([
  ['inactive', { status: 'inactive' }, {}],
  ['of an inactive brand', {}, { status: 'inactive' }],
  ['out of stock', { itemAvailability: { itemAvailabilityStatus: 'UNAVAILABLE' } }, {}],
  ['without anything to hand over', { credentialTypes: ['securityUrl'] }, {}],
])('an item that is %s is listed and cannot be ordered', (_, change, ofBrand) => {
  expect(read(change, ofBrand)).toMatchObject({ product: 'U1', orderable: false });
});

test.each([
  ['cash equivalent', 'prepaidCard'],
  ['Donation', 'donation'],
  ['reward link', 'eGiftCard'],
])('%s is a %s', (rewardType, kind) => {
  expect(read({ rewardType })?.kind).toBe(kind);
});

test('brands that cannot be read, and images that are none, take nothing else with them', () => {
  const good = parseExactJson(JSON.stringify({ brandKey: 'B', brandName: 'B', items: [item, 7] }));
  expect([...productsOf([null, 7, { brandKey: 'B' }, good])]).toHaveLength(1);
  expect(read({}, { imageUrls: { a: 7, b: 'http://i.example' } })).not.toHaveProperty('image');
});
