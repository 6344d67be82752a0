import { expect, test } from 'vitest';
import { smallestOrder } from '../../../../../infra/cli/certify/smallest-order.ts';
import type { CatalogueProduct } from '../../../../../shared/domain/catalogue/product.ts';

function product(change: Partial<CatalogueProduct>): CatalogueProduct {
  const bands = [{ minimumMinor: 500n, maximumMinor: 1_000n }];
  return {
    ...{ provider: 'p', product: 'A', name: 'A', brand: 'A', kind: 'eGiftCard', bands },
    ...{ currency: 'USD', countries: ['US'], languages: [], deliveryMinutes: 5 },
    ...{ costBasisPoints: 10_000, orderable: true },
    ...change,
  };
}

const order = (...products: readonly CatalogueProduct[]) =>
  smallestOrder(products, [{ amountMinor: 1n, currency: 'USD' }], 'r');

test('the smallest face value, in a currency that the account holds', () => {
  const yen = { currency: 'JPY', bands: [{ minimumMinor: 1n, maximumMinor: 9n }] };
  const small = [{ minimumMinor: 100n, maximumMinor: 900n }];
  const products = [product({}), product({ product: 'B', bands: small }), product(yen)];
  expect(order(...products)).toEqual({
    ...{ reference: 'r', products: ['B'], kind: 'eGiftCard', country: 'US', language: 'en' },
    ...{ value: { amountMinor: 100n, currency: 'USD' } },
    recipientEmail: 'certification@example.com',
  });
  const none = smallestOrder(products, [], 'r');
  expect(none).toMatchObject({ value: { amountMinor: 100n, currency: 'USD' } });
});

test('amounts of different currencies are compared by number, not by minor units', () => {
  const kuwait = { currency: 'KWD', bands: [{ minimumMinor: 900n, maximumMinor: 900n }] };
  const yen = { currency: 'JPY', bands: [{ minimumMinor: 1n, maximumMinor: 9n }] };
  expect(smallestOrder([product(yen), product(kuwait)], [], 'r')).toMatchObject({
    value: { amountMinor: 900n, currency: 'KWD' },
  });
});

test('only whole steps are asked for', () => {
  const bands = [
    { minimumMinor: 510n, maximumMinor: 590n, stepMinor: 100n },
    { minimumMinor: 510n, maximumMinor: 2_000n, stepMinor: 500n },
  ];
  expect(order(product({ bands }))).toMatchObject({ value: { amountMinor: 1_000n } });
});

test('nothing that cannot be ordered, is no card, or has no face value', () => {
  const others = [{ orderable: false }, { kind: 'donation' as const }, { bands: [] }];
  expect(order(...others.map(product))).toBeUndefined();
});
