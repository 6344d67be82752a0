import { expect, test } from 'vitest';
import { temporaryFile } from './common/client.ts';
import { bodyOf, callRuna, placeRuna, startedRuna } from './runa-client.ts';

test('numbers go in, texts come out, and a discount is taken', async () => {
  const fake = await startedRuna();
  const { status, body } = await placeRuna(fake, 'one');
  expect(status).toBe(200);
  const item = { face_value: '12.50', price: '12.25', currency: 'GBP' };
  expect(body).toMatchObject({ status: 'COMPLETED', total_price: '12.25', total_discount: '0.25' });
  expect(body).toMatchObject({ items: [{ ...item, payout: { status: 'ACTIVE' } }] });
  expect((await placeRuna(fake, 'two', { face_value: '12.50' })).status).toBe(422);
});

test('the answer is kept with the key, errors too, and refused to another body', async () => {
  const fake = await startedRuna({ openingBalances: { GBP: 1_225n } });
  const first = await placeRuna(fake, 'one');
  expect(await placeRuna(fake, 'one')).toEqual(first);
  expect(fake.rewardsIssued()).toBe(1);
  const refused = await placeRuna(fake, 'two', { face_value: 0.5 });
  expect(refused).toMatchObject({ status: 400, body: { type: 'insufficient_funds' } });
  fake.undo(String(first.body.id), 'CANCELLED');
  expect(await placeRuna(fake, 'two', { face_value: 0.5 })).toEqual(refused);
  expect((await placeRuna(fake, 'three', { face_value: 0.5 })).status).toBe(200);
  const other = await placeRuna(fake, 'one', { face_value: 12.51 });
  expect(other).toMatchObject({ status: 400, body: { type: 'idempotency_validation_error' } });
});

test('after thirty days the same key is another order', async () => {
  let passedMs = 0;
  const fake = await startedRuna({ now: () => new Date(1_760_000_000_000 + passedMs) });
  await placeRuna(fake, 'one');
  passedMs = 30 * 86_400_000 - 1;
  await placeRuna(fake, 'one');
  expect(fake.rewardsIssued()).toBe(1);
  passedMs += 1;
  await placeRuna(fake, 'one');
  expect(fake.rewardsIssued()).toBe(2);
});

const refusals: Readonly<Record<string, readonly [type: string, change: object, whole?: object]>> =
  {
    'two items': ['invalid_execution_mode', {}, { items: [...bodyOf().items, ...bodyOf().items] }],
    'an unknown product': [
      'product_validation_error',
      { products: { type: 'SINGLE', value: 'NO' } },
    ],
    'an amount off the list': [
      'product_validation_error',
      { products: { type: 'SINGLE', value: 'BOOKS-GB' } },
    ],
    'a choice for pence': [
      'product_validation_error',
      { products: { type: 'MULTIPLE', values: ['BOOKS-GB', 'MARKET-GBP'] } },
    ],
    'a choice of two currencies': [
      'product_validation_error',
      { products: { type: 'MULTIPLE', values: ['BOOKS-GB', 'BOOKS-DE'] }, face_value: 10 },
    ],
    'a balance of an unknown currency': [
      'currency_mismatch',
      {},
      { payment_method: { type: 'ACCOUNT_BALANCE', currency: 'XAU' } },
    ],
  };

test.each(Object.entries(refusals))('%s is refused', async (_, [type, change, whole]) => {
  const fake = await startedRuna();
  const { status, body } = await placeRuna(fake, 'one', change, whole);
  expect(status).toBe(400);
  expect(body.type).toBe(type);
  expect(fake.orders()).toEqual([]);
});

test('another currency may pay, with a fee', async () => {
  const fake = await startedRuna();
  const payment = { type: 'ACCOUNT_BALANCE', currency: 'USD' };
  const { body } = await placeRuna(fake, 'one', {}, { payment_method: payment });
  // 12.25 GBP are 15.5575 USD, rounded up; 1.9 % of them are 0.2957, rounded up.
  expect(body).toMatchObject({ currency: 'USD', total_price: '15.86' });
  const fee = { value: '0.30', currency: 'USD' };
  expect(body).toMatchObject({ transaction_detail: { GBP: { value: '12.25', fx: { fee } } } });
});

test('an asynchronous order is completed later; meanwhile it shows its status only', async () => {
  const fake = await startedRuna({ pendingMs: 'never' });
  const headers = { 'x-idempotency-key': 'one' };
  const call = { method: 'POST', path: '/order', body: bodyOf(), headers };
  const { status, body } = await callRuna(fake, call);
  expect(status).toBe(202);
  const path = `/order/${body.id}`;
  const shown = (await callRuna(fake, { path })).body;
  expect(Object.keys(shown)).toEqual(['id', 'status', 'message']);
  fake.decide(String(body.id), 'COMPLETED');
  expect((await callRuna(fake, { path })).body).toMatchObject({ status: 'COMPLETED' });
});

test('lists are cut in pages, newest first, and end with an empty one', async () => {
  const fake = await startedRuna();
  const ids: unknown[] = [];
  for (const key of ['one', 'two', 'three']) ids.unshift((await placeRuna(fake, key)).body.id);
  const seen: unknown[] = [];
  let after = '';
  for (let page = 0; page < 3; page += 1) {
    const { body } = await callRuna(fake, { path: `/order?limit=2${after}` });
    const list = body as { items: { id: string }[]; pagination: { cursors: { after?: string } } };
    seen.push(...list.items.map(({ id }) => id));
    after = `&after=${list.pagination.cursors.after}`;
  }
  expect(seen).toEqual(ids);
  expect(after).toBe('&after=undefined');
  expect((await callRuna(fake, { path: '/order?limit=501' })).status).toBe(400);
  expect((await callRuna(fake, { path: '/order?after=nowhere' })).status).toBe(400);
});

test('the books and the kept answers are there again after a restart', async () => {
  const stateFile = temporaryFile();
  const before = await startedRuna({ stateFile });
  const first = await placeRuna(before, 'one');
  await before.close();
  const after = await startedRuna({ stateFile });
  expect(await placeRuna(after, 'one')).toEqual(first);
  expect(after.orders()).toEqual(before.orders());
});

test('a link that is opened by a program answers 200 whatever it says', async () => {
  const fake = await startedRuna();
  await placeRuna(fake, 'one');
  const token = fake.orders()[0]?.links[0]?.split('/').at(-1);
  const opened = await callRuna(fake, { path: `/payout/${token}?format=json` });
  expect(opened).toMatchObject({ status: 200, body: { status: 'SUCCESS' } });
  const wrong = await callRuna(fake, { path: '/payout/wrong?format=json' });
  expect(wrong).toMatchObject({ status: 200, body: { status: 'ERROR', error_code: 'RE001' } });
});

test('the rate of orders is limited, reading is not; keys and versions are looked at', async () => {
  const fake = await startedRuna({ rateLimitFactor: 0.01 });
  const statuses: number[] = [];
  for (const key of ['one', 'two', 'three', 'four']) {
    statuses.push((await placeRuna(fake, key)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect((await callRuna(fake, { path: '/ping' })).status).toBe(200);
  const wrongKey = { path: '/balance', headers: { 'x-api-key': 'XXother.key-of-nobody' } };
  expect((await callRuna(fake, wrongKey)).status).toBe(401);
  const wrongVersion = { path: '/balance', headers: { 'x-api-version': '2020-01-01' } };
  expect((await callRuna(fake, wrongVersion)).status).toBe(400);
});
