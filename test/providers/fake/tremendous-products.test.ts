import { expect, test } from 'vitest';
import { call, orderBody, started } from './tremendous-client.ts';

test('all products at once, by country and currency too, and one by its id', async () => {
  const fake = await started();
  const count = async (query: string) => {
    const products = (await call(fake, 'GET', `/products${query}`)).at('products');
    return Array.isArray(products) ? products.length : 0;
  };
  expect(await count('')).toBeGreaterThanOrEqual(fake.productsSold);
  expect(await count('?currency=GBP')).toBe(3);
  expect(await count('?currency=GBP,PLN&country=PL')).toBe(1);
  const one = await call(fake, 'GET', '/products/GIFT-CARD-GBP');
  expect(one.at('product')).toMatchObject({ id: 'GIFT-CARD-GBP', currency_codes: ['GBP'] });
  expect((await call(fake, 'GET', '/products/NONE')).status).toBe(404);
});

const usd = (denomination: number) => ({ denomination, currency_code: 'USD' });

test.each([
  [200, { products: ['STORE-GIFT-CARD-USD'], value: usd(25) }],
  [422, { products: ['STORE-GIFT-CARD-USD'], value: usd(26) }],
  [200, { products: ['STORE-GIFT-CARD-USD', 'GIFT-CARD-USD'], value: usd(26) }],
  [422, { products: ['GIFT-CARD-GBP'], value: usd(26) }],
  [422, { products: ['NONE'], value: usd(26) }],
])('%i for %j', async (status, change) => {
  const fake = await started();
  const answer = await call(fake, 'POST', '/orders', orderBody('a', change));
  expect(answer.status).toBe(status);
  expect(fake.orders()).toHaveLength(status === 200 ? 1 : 0);
});

test('an answer 500 after the order was taken, on demand', async () => {
  const fake = await started({ faults: { serverError: 1 } });
  expect((await call(fake, 'POST', '/orders', orderBody('a'))).status).toBe(500);
  expect(fake.rewardsIssued()).toBe(1);
  expect(fake.counters().serverError).toBe(1);
});

test('the limit of ten requests a second, where it is asked for', async () => {
  const fake = await started({ rateLimitFactor: 1 });
  const calls = Array.from({ length: 20 }, () => call(fake, 'GET', '/ping'));
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
});
