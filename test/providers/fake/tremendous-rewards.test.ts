import { expect, test } from 'vitest';
import type { FakeTremendous } from './tremendous.ts';
import { call, orderBody, started } from './tremendous-client.ts';

const failed = { delivery: { method: 'EMAIL' }, recipient: { email: 'bounce@example.test' } };

test('links are for link rewards only', async () => {
  const fake = await started();
  await call(fake, 'POST', '/orders', orderBody('a'));
  await call(fake, 'POST', '/orders', orderBody('b', { delivery: { method: 'EMAIL' } }));
  const [byLink, byMail] = fake.orders();
  const made = await call(fake, 'POST', `/rewards/${byLink?.rewardId}/generate_link`);
  expect(fake.orders()[0]?.links).toEqual([expect.any(String), made.at('reward.link')]);
  const refused = await call(fake, 'POST', `/rewards/${byMail?.rewardId}/generate_link`);
  expect(refused.status).toBe(403);
});

test('resent and cancelled only after a failed delivery', async () => {
  const fake = await started();
  await call(fake, 'POST', '/orders', orderBody('good'));
  await call(fake, 'POST', '/orders', orderBody('resent', failed));
  await call(fake, 'POST', '/orders', orderBody('cancelled', failed));
  const [good, resent, cancelled] = fake.orders().map(({ rewardId }) => `/rewards/${rewardId}`);
  expect((await call(fake, 'POST', `${good}/resend`, {})).status).toBe(422);
  expect((await call(fake, 'POST', `${good}/cancel`)).status).toBe(422);
  const both = { updated_email: 'a@example.test', updated_phone: '1' };
  expect((await call(fake, 'POST', `${resent}/resend`, both)).status).toBe(422);
  const email = { updated_email: 'a@example.test' };
  expect((await call(fake, 'POST', `${resent}/resend`, email)).status).toBe(200);
  expect((await call(fake, 'POST', `${cancelled}/cancel`)).status).toBe(200);
  expect(fake.rewardsIssued()).toBe(2);
  const read = await call(fake, 'GET', '/orders/cancelled');
  expect(read.at('order')).toMatchObject({
    status: 'CANCELED',
    payment: { refund: { total: 12.5 } },
  });
  const listed = await call(fake, 'GET', '/rewards?limit=2');
  expect(listed.at('rewards')).toHaveLength(2);
});

const listed = async (fake: FakeTremendous) =>
  (await call(fake, 'GET', '/funding_sources')).at('funding_sources.0.meta.available_amount');

test('the list shows an old balance, the single source the true one', async () => {
  const fake = await started({ openingBalanceCents: 10_000n });
  await call(fake, 'POST', '/orders', orderBody('a'));
  expect(await listed(fake)).toBe(100);
  const single = await call(fake, 'GET', '/funding_sources/BALANCE');
  expect(single.at('funding_source.meta.available_amount')).toBe(87.5);
  expect(await listed(fake)).toBe(87.5);
});

test('402 when the money is gone, and each movement stands in the statement', async () => {
  const fake = await started({ openingBalanceCents: 3_000n });
  const statuses = [];
  for (const id of ['a', 'b', 'c']) {
    statuses.push((await call(fake, 'POST', '/orders', orderBody(id))).status);
  }
  expect(statuses).toEqual([200, 200, 402]);
  const statement = await call(fake, 'GET', '/balance_transactions');
  expect(statement.at('transactions')).toMatchObject([
    { amount: -12.5, balance: 5, order: { external_id: 'b' } },
    { amount: -12.5, balance: 17.5, order: { external_id: 'a' } },
  ]);
});

test('a wrong key is refused; a limit is kept where one is set', async () => {
  const fake = await started({ requestsPerSecond: 2 });
  const wrong = await fetch(`${fake.baseUrl}/ping`);
  expect(wrong.status).toBe(401);
  expect((await call(fake, 'GET', '/ping')).status).toBe(200);
  const answers = await Promise.all([1, 2, 3, 4].map(() => call(fake, 'GET', '/ping')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toHaveProperty('error.message');
});
