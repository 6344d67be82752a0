import { expect, test } from 'vitest';
import type { CatalogueProduct } from '../../../../../../shared/domain/catalogue/product.ts';
import { answered, type Reply } from './answered.ts';

const card = {
  id: 'CARD',
  name: ' Corner Shop ',
  category: 'merchant_card',
  disclosure: '<p>Terms &amp; more.</p>',
  skus: [
    { min: 5, max: 5 },
    { min: 10.5, max: 200 },
  ],
  currency_codes: ['GBP'],
  countries: [{ abbr: 'IE' }, { abbr: 'GB' }, { abbr: 'Everywhere' }, { abbr: 'AN' }],
  images: [
    { src: 'https://img.example/logo.png', type: 'logo' },
    { src: 'https://img.example/card.png', type: 'card' },
  ],
};

async function read(reply: Reply): Promise<readonly CatalogueProduct[]> {
  const { provider } = answered({ '/products': reply });
  const products: CatalogueProduct[] = [];
  for await (const product of provider.catalogue()) products.push(product);
  return products;
}

test('a product in our words', async () => {
  expect(await read({ products: [card] })).toEqual([
    {
      ...{ provider: 'tremendous', product: 'CARD', name: 'Corner Shop', brand: 'Corner Shop' },
      ...{ kind: 'eGiftCard', currency: 'GBP', countries: ['GB', 'IE'], languages: [] },
      bands: [
        { minimumMinor: 500n, maximumMinor: 500n },
        { minimumMinor: 1_050n, maximumMinor: 20_000n },
      ],
      ...{ disclosure: 'Terms & more.', image: 'https://img.example/card.png' },
      ...{ deliveryMinutes: 5, costBasisPoints: 10_000, orderable: true },
    },
  ]);
});

test.each([
  ['visa_card', 'prepaidCard'],
  ['charity', 'donation'],
])('%s is %s', async (category, kind) => {
  expect(await read({ products: [{ ...card, category }] })).toMatchObject([{ kind }]);
});

test.each([
  [{ category: 'paypal' }],
  [{ category: 'something_new' }],
  [{ countries: [{ abbr: 'XX' }, { abbr: 'AN' }] }],
  [{ currency_codes: ['XXX'] }],
  [{ currency_codes: [] }],
  [{ skus: undefined }],
  [{ skus: [] }],
  [{ skus: [{ min: 0, max: 5 }] }],
  [{ skus: [{ min: 5, max: 4 }] }],
  [{ skus: [{ min: 5.005, max: 6 }] }],
  [{ skus: [{ min: '5', max: '6' }] }],
  [{ id: 'a/b' }],
  [{ name: ' ' }],
])('a product with %j is left out, and no other', async (change) => {
  const products = await read({ products: [{ ...card, ...change }, { ...card, id: 'OTHER' }, 7] });
  expect(products.map(({ product }) => product)).toEqual(['OTHER']);
});

test('a product of several currencies is one a currency', async () => {
  const travel = { ...card, currency_codes: ['GBP', 'JPY', 'XXX'], skus: [{ min: 5, max: 9 }] };
  expect(await read({ products: [travel] })).toMatchObject([
    { product: 'CARD@GBP', currency: 'GBP', bands: [{ minimumMinor: 500n }] },
    { product: 'CARD@JPY', currency: 'JPY', bands: [{ minimumMinor: 5n }] },
  ]);
  const { provider } = answered({ '/products/CARD': { product: travel } });
  expect(await provider.product('CARD@JPY')).toMatchObject({ currency: 'JPY' });
  expect(await provider.product('CARD')).toMatchObject({ product: 'CARD@GBP' });
  expect(await provider.product('CARD@USD')).toBeUndefined();
});

test('the same product twice is one; none at all is none', async () => {
  expect(await read({ products: [card, card] })).toHaveLength(1);
  expect(await read({ products: [] })).toEqual([]);
});

test('images that are no addresses of pages are left out', async () => {
  const images = [{ src: 'http://img.example/a' }, { src: 'javascript:1' }, { src: 'https://' }];
  const [product] = await read({ products: [{ ...card, images, disclosure: null }] });
  expect(product).not.toHaveProperty('image');
  expect(product).not.toHaveProperty('disclosure');
});

test.each<[string, Reply]>([
  ['nothing that can be read', { products: [{ id: 1 }, null] }],
  ['no list', { products: {} }],
  ['an error', [503, { errors: { message: 'canary' } }]],
  ['a broken line', undefined],
])('a catalogue that is %s cannot be read', async (_what, reply) => {
  await expect(read(reply)).rejects.toThrow('tremendous could not be read.');
});

test.each<[string, Reply]>([
  ['of another id', { product: { ...card, id: 'OTHER' } }],
  ['missing by the word of a stranger', [404, { message: 'canary' }]],
])('a product that is %s cannot be read', async (_what, reply) => {
  const { provider } = answered({ '/products/CARD': reply });
  await expect(provider.product('CARD')).rejects.toThrow('tremendous could not be read.');
});

test('a product that cannot be sold, is gone, or has no id of theirs, is not sold', async () => {
  const gone: Reply = [404, { errors: { message: 'canary' } }];
  const paypal = { product: { ...card, category: 'paypal' } };
  const { provider, calls } = answered({ '/products/CARD': paypal, '/products/GONE': gone });
  for (const id of ['CARD', 'GONE', '../orders', '@GBP', '']) {
    expect(await provider.product(id)).toBeUndefined();
  }
  expect(calls).toEqual(['GET /products/CARD', 'GET /products/GONE']);
});
