import { expect, it } from 'vitest';
import { firstOfEachCountry, shopOrders } from '../../../../../infra/cli/start/shop-members.ts';
import { readCustomerEvent } from '../../../../../shared/contracts/events.ts';
import { parseInstant } from '../../../../../shared/domain/time.ts';

const countries = new Map([
  ...[3, 1, 2].map((number) => [`m-${number}`, 'GB'] as const),
  ['m-4', 'IE'],
  ['m-5', 'JP'],
]);

it('gives two members of each country something to spend', () => {
  expect(firstOfEachCountry(countries)).toEqual(['m-1', 'm-2', 'm-4', 'm-5']);
});

it('orders for them in the currency of their country, as events that the API takes', () => {
  const at = parseInstant('2026-10-31T00:00:00Z');
  if (at === undefined) throw new Error('A time.');
  const orders = shopOrders(countries, at);
  expect(orders.map(({ currency }) => currency)).toEqual(['GBP', 'GBP', 'EUR', 'USD']);
  for (const order of orders) expect(readCustomerEvent(order)).toHaveProperty('ok', true);
  expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
});
