import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFile } from './common/client.ts';
import { cardOrder, clientOf, startedReloadly } from './reloadly-client.ts';

test('an order is a card at once, and paid from the wallet', async () => {
  const fake = await startedReloadly();
  const client = await clientOf(fake);
  const before = fake.balanceCents();
  const placed = await client('POST', '/orders', cardOrder('one'));
  expect([placed.status, placed.at('status'), placed.at('amount')]).toEqual([
    200,
    'SUCCESSFUL',
    15.88,
  ]);
  expect(before - fake.balanceCents()).toBe(1_588n);
  const id = placed.at('transactionId');
  const cards = await client('GET', `/orders/transactions/${id}/cards`);
  expect(cards.at('0.cardNumber')).toBe(fake.orders()[0]?.rewards[0]);
  const read = await client('GET', `/reports/transactions/${id}`);
  expect(read.at('customIdentifier')).toBe('one');
  expect((await client('GET', '/reports/transactions/7')).status).toBe(404);
});

test('discount and flat fee are in the price', async () => {
  const client = await clientOf(await startedReloadly());
  const price = async (productId: number, unitPrice: number) =>
    (await client('POST', '/orders', cardOrder(undefined, { productId, unitPrice }))).at('amount');
  expect(await price(201, 10)).toBe(12.26);
  expect(await price(205, 10)).toBe(11.5);
});

test('a used identifier makes a second card, unless it is set to refuse', async () => {
  const accepting = await startedReloadly();
  const refusing = await startedReloadly({ repeats: 'refuse' });
  for (const [fake, cards, status] of [
    [accepting, 2, 200],
    [refusing, 1, 400],
  ] as const) {
    const client = await clientOf(fake);
    await client('POST', '/orders', cardOrder('one'));
    expect((await client('POST', '/orders', cardOrder('one'))).status).toBe(status);
    expect(fake.rewardsIssued()).toBe(cards);
  }
});

test.each([
  [{ productId: 999 }, 404],
  [{ productId: 208, unitPrice: 20 }, 404],
  [{ unitPrice: 12.505 }, 400],
  [{ unitPrice: 0 }, 400],
  [{ productId: 201, unitPrice: 7 }, 400],
  [{ productId: 202, unitPrice: 21 }, 400],
  [{ productId: 202, unitPrice: 150.01 }, 400],
  [{ quantity: 2 }, 400],
  [{ senderName: undefined }, 400],
  [{ recipientEmail: 'nobody' }, 400],
])('%j is no order: %i', async (change, status) => {
  const fake = await startedReloadly();
  const client = await clientOf(fake);
  expect((await client('POST', '/orders', cardOrder('one', change))).status).toBe(status);
  expect(fake.orders()).toEqual([]);
});

test('an empty wallet buys nothing', async () => {
  const fake = await startedReloadly({ openingBalanceCents: 1_587n });
  const client = await clientOf(fake);
  const answer = await client('POST', '/orders', cardOrder('one'));
  expect([answer.status, answer.at('errorCode')]).toEqual([400, 'INSUFFICIENT_BALANCE']);
});

test('a pending order is done after some reads; before that there is no card', async () => {
  const fake = await startedReloadly({
    ...{ faults: { pending: 1 }, pendingMs: 'never', pendingReads: 2, cardsAs: 'object' },
  });
  const client = await clientOf(fake);
  const placed = await client('POST', '/orders', cardOrder('one'));
  const id = placed.at('transactionId');
  expect(placed.at('status')).toMatch(/^(PENDING|PROCESSING)$/);
  const cards = () => client('GET', `/orders/transactions/${id}/cards`);
  expect((await cards()).status).toBe(404);
  const statuses = [];
  for (let read = 0; read < 2; read += 1) {
    statuses.push((await client('GET', `/reports/transactions/${id}`)).at('status'));
  }
  expect(statuses).toEqual([placed.at('status'), 'SUCCESSFUL']);
  expect((await cards()).at('cardNumber')).toBe(fake.orders()[0]?.rewards[0]);
});

test('the list lags behind, and is filtered by identifier and time', async () => {
  let nowMs = Date.UTC(2026, 0, 15, 12);
  const fake = await startedReloadly({ listLagMs: 60_000, now: () => nowMs });
  const client = await clientOf(fake);
  await client('POST', '/orders', cardOrder('one'));
  nowMs += 30_000;
  await client('POST', '/orders', cardOrder('two'));
  const list = async (query: string) =>
    (await client('GET', `/reports/transactions?${query}`)).at('totalElements');
  expect(await list('')).toBe(0);
  nowMs += 30_000;
  expect([await list(''), await list('customIdentifier=two')]).toEqual([1, 0]);
  nowMs += 30_000;
  expect([await list(''), await list('customIdentifier=two')]).toEqual([2, 1]);
  expect(await list('startDate=2026-01-15+12:00:30')).toBe(1);
  expect(await list('endDate=2026-01-15+12:00:29')).toBe(1);
});

test('what is undone comes back to the wallet, and its card is gone', async () => {
  const fake = await startedReloadly();
  const client = await clientOf(fake);
  const before = fake.balanceCents();
  const placed = await client('POST', '/orders', cardOrder('one'));
  fake.decide('one', 'REFUNDED');
  expect([fake.balanceCents(), fake.rewardsIssued()]).toEqual([before, 0]);
  const cards = await client('GET', `/orders/transactions/${placed.at('transactionId')}/cards`);
  expect(cards.status).toBe(404);
});

test('the books outlive the fake, but for a line that a kill cut short', async () => {
  const stateFile = temporaryFile();
  const first = await startedReloadly({ stateFile });
  const client = await clientOf(first);
  await client('POST', '/orders', cardOrder('one'));
  const [orders, balance] = [first.orders(), first.balanceCents()];
  await first.close();
  appendFileSync(stateFile, '{"order":{"id":');
  const second = await startedReloadly({ stateFile });
  expect([second.orders(), second.balanceCents()]).toEqual([orders, balance]);
  const again = await clientOf(second);
  const placed = await again('POST', '/orders', cardOrder('two'));
  expect(String(placed.at('transactionId'))).not.toBe(orders[0]?.id);
});
