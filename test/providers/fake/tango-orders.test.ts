import { readFileSync, truncateSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { temporaryFile } from './common/client.ts';
import { startFakeTango } from './tango.ts';
import { callTango, startedTango, tangoOrder } from './tango-client.ts';

const dayMs = 86_400_000;

test('201, then 200 with the first order, also for another item and amount', async () => {
  const fake = await startedTango();
  const first = await callTango(fake, 'POST', '/orders', tangoOrder('a'));
  expect(first.status).toBe(201);
  const other = tangoOrder('a', { utid: 'U000001', amount: 99 });
  const again = await callTango(fake, 'POST', '/orders', other);
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(fake.rewardsIssued()).toBe(1);
});

test('after 90 days a reference is forgotten, and makes another order', async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const fake = await startedTango({ nowMs: () => nowMs });
  await callTango(fake, 'POST', '/orders', tangoOrder('a'));
  nowMs += 89 * dayMs;
  expect((await callTango(fake, 'POST', '/orders', tangoOrder('a'))).status).toBe(200);
  nowMs += 2 * dayMs;
  expect((await callTango(fake, 'POST', '/orders', tangoOrder('a'))).status).toBe(201);
  expect(fake.rewardsIssued()).toBe(2);
});

test('409.002 while the first call is being worked on', async () => {
  const fake = await startedTango({ processingMs: 60 });
  const calls = [1, 2].map(() => callTango(fake, 'POST', '/orders', tangoOrder('a')));
  const answers = await Promise.all(calls);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({ httpCode: 409, i18nKey: '409.002' });
});

test('credentials stand in the order, never in a list', async () => {
  const fake = await startedTango();
  const { body } = await callTango(fake, 'POST', '/orders', tangoOrder('a'));
  const types = ['claimCode', 'redemptionUrl'].map((credentialType) =>
    expect.objectContaining({ credentialType }),
  );
  expect(body).toMatchObject({ status: 'COMPLETE', reward: { credentialList: types } });
  const [code = ''] = fake.orders()[0]?.rewards ?? [];
  const listed = await callTango(fake, 'GET', '/orders?externalRefID=a&elementsPerBlock=100');
  expect(listed.body).toMatchObject({ orders: [{ externalRefID: 'a' }], page: { totalCount: 1 } });
  expect(JSON.stringify(listed.body)).not.toContain(code);
  const id = fake.orders()[0]?.id;
  expect(JSON.stringify((await callTango(fake, 'GET', `/orders/${id}`)).body)).toContain(code);
});

test.each([
  ['404.004', { accountIdentifier: 'others' }],
  ['422.024', { utid: 'U999999' }],
  ['422.025', { amount: 0 }],
  ['422.025', { utid: 'U000103', amount: 501 }],
  ['422.026', { utid: 'U000103', amount: 5.5 }],
  ['422.027', { utid: 'U000101', amount: 11 }],
  ['422.028', { deliveryMethod: 'EMAIL' }],
  ['422.029', { deliveryMethod: 'EMAIL', recipient: { email: 'a@example.test' } }],
  ['422.001', { externalRefID: 'with-dashes' }],
  ['503.002', { utid: 'U000108', amount: 50 }],
])('%s for %j, and nothing happens', async (key, change) => {
  const fake = await startedTango();
  const answer = await callTango(fake, 'POST', '/orders', tangoOrder('a', change));
  expect(answer.status).toBe(Number(key.slice(0, 3)));
  expect(JSON.stringify(answer.body)).toContain(key);
  expect(fake.orders()).toEqual([]);
});

test('lists are of 100 rows and 100 days at most, newest first', async () => {
  const fake = await startedTango({ maximumRows: 2 });
  for (const reference of ['a', 'b', 'c']) {
    await callTango(fake, 'POST', '/orders', tangoOrder(reference));
  }
  const read = (query: string) => callTango(fake, 'GET', `/orders?${query}`);
  expect((await read('elementsPerBlock=101')).status).toBe(422);
  expect((await read('startDate=2026-01-01&endDate=2026-04-12')).status).toBe(422);
  expect((await read('elementsPerBlock=100&page=0')).body).toMatchObject({
    orders: [{ externalRefID: 'c' }, { externalRefID: 'b' }],
  });
  expect((await read('elementsPerBlock=100&page=1')).body).toMatchObject({
    orders: [{ externalRefID: 'a' }],
    page: { number: 1, resultCount: 1, totalCount: 3 },
  });
});

test('402.001 when the money is gone; a failed order gives it back', async () => {
  const fake = await startedTango({ openingBalanceCents: 3_000n, pendingMs: 'never' });
  fake.setFaults({ pending: 1 });
  const statuses = [];
  for (const reference of ['a', 'b']) {
    statuses.push((await callTango(fake, 'POST', '/orders', tangoOrder(reference))).status);
  }
  expect(statuses).toEqual([201, 402]);
  expect(fake.balanceCents()).toBe(1_412n);
  fake.decide('a', 'FAILED');
  expect(fake.balanceCents()).toBe(3_000n);
  const account = await callTango(fake, 'GET', '/accounts/guerdon-rewards');
  expect(account.body).toMatchObject({ currentBalance: 30, currencyCode: 'USD' });
});

test('Choice products are cancelled for five days, less their fee; no other card is', async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const fake = await startedTango({ nowMs: () => nowMs, openingBalanceCents: 100_000n });
  await callTango(fake, 'POST', '/orders', tangoOrder('a', { utid: 'U000107', amount: 100 }));
  await callTango(fake, 'POST', '/orders', tangoOrder('b', { utid: 'U000101', amount: 10 }));
  await callTango(fake, 'POST', '/orders', tangoOrder('c', { utid: 'U000107', amount: 100 }));
  const reason = { reasonCode: 'RECIPIENT_REQUESTED' };
  const cancel = async (index: number) => {
    const path = `/lineItems/${fake.orders()[index]?.lineItemId}/cancel`;
    return (await callTango(fake, 'POST', path, reason)).status;
  };
  const before = fake.balanceCents();
  expect([await cancel(0), await cancel(1)]).toEqual([202, 403]);
  expect(fake.balanceCents() - before).toBe(10_000n);
  nowMs += 6 * dayMs;
  expect(await cancel(2)).toBe(403);
  expect(fake.rewardsIssued()).toBe(2);
});

test('what was mailed is resent, once in 30 seconds; what was not never is', async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const fake = await startedTango({ nowMs: () => nowMs });
  const recipient = { email: 'a@example.test', firstName: 'A' };
  const mailed = tangoOrder('a', { deliveryMethod: 'EMAIL', recipient });
  await callTango(fake, 'POST', '/orders', mailed);
  await callTango(fake, 'POST', '/orders', tangoOrder('b'));
  const resend = async (index: number) => {
    const path = `/orders/${fake.orders()[index]?.id}/resends`;
    const { status, body } = await callTango(fake, 'POST', path, { newEmail: 'b@example.test' });
    return [status, Reflect.get(body ?? {}, 'i18nKey')];
  };
  expect(await resend(0)).toEqual([201, undefined]);
  expect(await resend(0)).toEqual([403, '403.004']);
  nowMs += 30_000;
  expect(await resend(0)).toEqual([201, undefined]);
  expect(await resend(1)).toEqual([403, '403.003']);
  expect(fake.orders()[0]?.email).toBe('b@example.test');
});

test('one call a second where the limit is real', async () => {
  const fake = await startedTango({ rateLimitFactor: 1 });
  const read = () => callTango(fake, 'GET', '/exchangerates');
  const statuses = (await Promise.all([read(), read(), read()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 429, 429]);
});

test('the books outlive the process, without the line that it did not finish', async () => {
  const stateFile = temporaryFile();
  const before = await startFakeTango({ seed: 1, stateFile, pendingMs: 'never' });
  await callTango(before, 'POST', '/orders', tangoOrder('a'));
  before.setFaults({ pending: 1 });
  await callTango(before, 'POST', '/orders', tangoOrder('b'));
  await callTango(before, 'POST', '/orders', tangoOrder('c'));
  await before.close();
  truncateSync(stateFile, readFileSync(stateFile).length - 5);
  const after = await startedTango({ stateFile, pendingMs: 1 });
  await vi.waitFor(() => expect(after.isIdle()).toBe(true));
  expect(after.orders()).toMatchObject([
    { externalRefId: 'a', amount: '12.5', status: 'COMPLETE' },
    { externalRefId: 'b', status: 'COMPLETE' },
  ]);
});
