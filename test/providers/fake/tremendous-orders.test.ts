import { readFileSync, truncateSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { temporaryFile } from './common/client.ts';
import { startFakeTremendous } from './tremendous.ts';
import { call, orderBody, started } from './tremendous-client.ts';

const pageSchema = z.object({ orders: z.array(z.object({ external_id: z.string() })) });

test('200 with a link, 201 without, 409 for another; found by either id', async () => {
  const fake = await started();
  const first = await call(fake, 'POST', '/orders', orderBody('a'));
  expect(first.status).toBe(200);
  expect(first.at('order.rewards.0.delivery.link')).toMatch(/^https:/);
  const again = await call(fake, 'POST', '/orders', orderBody('a'));
  expect(again.status).toBe(201);
  expect(again.at('order.id')).toBe(first.at('order.id'));
  expect(again.at('order.rewards.0.delivery')).not.toHaveProperty('link');
  const other = orderBody('a', { products: ['OTHER'] });
  expect((await call(fake, 'POST', '/orders', other)).status).toBe(409);
  for (const id of ['a', first.at('order.id')]) {
    const read = await call(fake, 'GET', `/orders/${id}`);
    expect(read.at('order')).toEqual(again.at('order'));
  }
  expect((await call(fake, 'GET', '/orders/b')).status).toBe(404);
});

test('a list of one reward is taken as well; several are not', async () => {
  const fake = await started();
  const { reward, ...rest } = orderBody('a');
  const one = await call(fake, 'POST', '/orders', { ...rest, rewards: [reward] });
  expect(one.status).toBe(200);
  const two = { ...rest, external_id: 'b', rewards: [reward, reward] };
  expect((await call(fake, 'POST', '/orders', two)).status).toBe(400);
});

test.each([
  [422, { products: [] }],
  [422, { value: { denomination: 1.005, currency_code: 'USD' } }],
  [422, { value: { denomination: 0, currency_code: 'USD' } }],
  [422, { value: { denomination: -5, currency_code: 'USD' } }],
  [400, { value: { denomination: '5', currency_code: 'USD' } }],
  [400, { delivery: { method: 'PIGEON' } }],
  [422, { delivery: { method: 'EMAIL' }, recipient: {} }],
])('%i for %j, and nothing happens', async (status, change) => {
  const fake = await started();
  const answer = await call(fake, 'POST', '/orders', orderBody('a', change));
  expect(answer.status).toBe(status);
  expect(answer.body).toHaveProperty('errors.message');
  expect(fake.orders()).toEqual([]);
});

test('listed newest first, ten at a time', async () => {
  const fake = await started();
  for (let number = 1; number <= 12; number += 1) {
    await call(fake, 'POST', '/orders', orderBody(`n${number}`));
  }
  const ids = async (query: string) => {
    const { body } = await call(fake, 'GET', `/orders${query}`);
    const page = pageSchema.parse(body);
    return page.orders.map((order) => order.external_id);
  };
  expect(await ids('')).toEqual(Array.from({ length: 10 }, (_, index) => `n${12 - index}`));
  expect(await ids('?offset=10&limit=500')).toEqual(['n2', 'n1']);
  expect(await ids('?external_id=n7')).toEqual(['n7']);
  expect(await ids('?created_at[gte]=2999-01-01')).toEqual([]);
});

test('the books outlive the process, without the line that it did not finish', async () => {
  const stateFile = temporaryFile();
  const before = await startFakeTremendous({ seed: 1, stateFile });
  await call(before, 'POST', '/orders', orderBody('a'));
  await call(before, 'POST', '/orders', orderBody('b'));
  await before.close();
  truncateSync(stateFile, readFileSync(stateFile).length - 5);
  const after = await started({ stateFile });
  expect(after.orders()).toMatchObject([{ externalId: 'a', denomination: '12.5' }]);
  expect((await call(after, 'POST', '/orders', orderBody('a'))).status).toBe(201);
  expect((await call(after, 'POST', '/orders', orderBody('b'))).status).toBe(200);
  expect(readFileSync(stateFile, 'utf8').trim().split('\n')).toHaveLength(2);
});

test('one that was pending when the process ended is decided after it', async () => {
  const stateFile = temporaryFile();
  const faults = { pending: 1 };
  const before = await startFakeTremendous({ seed: 1, stateFile, faults, pendingMs: 'never' });
  expect((await call(before, 'POST', '/orders', orderBody('a'))).status).toBe(202);
  expect(before.rewardsIssued()).toBe(0);
  await before.close();
  const after = await started({ stateFile, pendingMs: 1 });
  await vi.waitFor(() => expect(after.isIdle()).toBe(true));
  expect(after.rewardsIssued()).toBe(1);
});
