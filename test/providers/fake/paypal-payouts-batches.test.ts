import { expect, test } from 'vitest';
import { temporaryFile } from './common/client.ts';
import type { FakePayPal, FakePayPalOptions } from './paypal-payouts.ts';
import {
  batchBody,
  type Client,
  clientOf,
  receivers,
  startedPayPal,
  tokenFor,
} from './paypal-payouts-client.ts';

const dayMs = 86_400_000;
const opening = 100_000n;

interface Scene {
  readonly fake: FakePayPal;
  readonly client: Client;
  pass(durationMs: number): void;
}

/** On a clock of its own, which stands still. */
async function scene(options: Partial<FakePayPalOptions> = {}): Promise<Scene> {
  let nowMs = Date.UTC(2026, 0, 15, 12);
  const fake = await startedPayPal({
    ...{ now: () => nowMs, stepMs: 60_000, listLagMs: 0, openingHundredths: opening },
    ...{ tokenLifeSeconds: 400 * 86_400, ...options },
  });
  const pass = (durationMs: number) => {
    nowMs += durationMs;
  };
  return { fake, client: await clientOf(fake), pass };
}

const place = async (client: Client, id: string, change: object = {}): Promise<string> => {
  const answer = await client('POST', '/payments/payouts', batchBody(id, change));
  expect(answer.status).toBe(201);
  return String(answer.at('batch_header.payout_batch_id'));
};

const statesOf = async (client: Client, id: string) => {
  const { at } = await client('GET', `/payments/payouts/${id}`);
  return [at('batch_header.batch_status'), at('items.0.transaction_status')];
};

test('a batch is taken, worked on, and then paid with its fee', async () => {
  const { fake, client, pass } = await scene();
  const id = await place(client, 'one');
  expect(await statesOf(client, id)).toEqual(['PENDING', 'PENDING']);
  expect(fake.balanceHundredths('GBP')).toBe(opening - 1_275n);
  pass(60_000);
  expect(await statesOf(client, id)).toEqual(['PROCESSING', 'PENDING']);
  pass(60_000);
  expect(await statesOf(client, id)).toEqual(['SUCCESS', 'SUCCESS']);
  const { at } = await client('GET', `/payments/payouts/${id}`);
  expect(at('items.0')).toMatchObject({
    payout_item_fee: { currency: 'GBP', value: '0.25' },
    payout_item: { amount: { currency: 'GBP', value: '12.50' }, sender_item_id: 'one' },
  });
  const item = await client('GET', `/payments/payouts-item/${at('items.0.payout_item_id')}`);
  expect(item.at('sender_batch_id')).toBe('one');
  expect(fake.balanceHundredths('GBP')).toBe(opening - 1_275n);
});

test('what nobody claims comes back after thirty days', async () => {
  const { fake, client, pass } = await scene();
  const id = await place(client, 'one', { receiver: receivers.stranger });
  pass(29 * dayMs);
  expect(await statesOf(client, id)).toEqual(['SUCCESS', 'UNCLAIMED']);
  pass(2 * dayMs);
  expect(await statesOf(client, id)).toEqual(['SUCCESS', 'RETURNED']);
  expect(fake.balanceHundredths('GBP')).toBe(opening);
  expect(fake.payoutsStanding()).toBe(0);
});

test('only what nobody has claimed is cancelled', async () => {
  const { fake, client, pass } = await scene();
  const paid = await place(client, 'one');
  const unclaimed = await place(client, 'two', { receiver: receivers.stranger });
  pass(dayMs);
  const cancel = async (id: string) => {
    const { at } = await client('GET', `/payments/payouts/${id}`);
    return client('POST', `/payments/payouts-item/${at('items.0.payout_item_id')}/cancel`);
  };
  expect((await cancel(paid)).status).toBe(400);
  expect((await cancel(unclaimed)).at('transaction_status')).toBe('RETURNED');
  expect((await cancel(unclaimed)).status).toBe(400);
  expect(fake.balanceHundredths('GBP')).toBe(opening - 1_275n);
});

test('an id of PayPal that is none fails the batch; a reversal gives the money back', async () => {
  const { fake, client, pass } = await scene();
  const denied = await place(client, 'one', { recipient_type: 'PAYPAL_ID', receiver: 'none' });
  await place(client, 'two');
  pass(dayMs);
  expect(await statesOf(client, denied)).toEqual(['DENIED', 'FAILED']);
  expect(fake.balanceHundredths('GBP')).toBe(opening - 1_275n);
  fake.decide('two', { batch: 'SUCCESS', item: 'REVERSED' });
  expect(fake.balanceHundredths('GBP')).toBe(opening);
});

test('an id is refused for thirty days with a link to the first batch, and free then', async () => {
  const { fake, client, pass } = await scene();
  const id = await place(client, 'one');
  pass(30 * dayMs - 1);
  const again = await client('POST', '/payments/payouts', batchBody('one'));
  expect([again.status, again.at('name')]).toEqual([400, 'USER_BUSINESS_ERROR']);
  expect(again.at('details.0.field')).toBe('SENDER_BATCH_ID');
  expect(again.at('details.0.link.0.href')).toMatch(new RegExp(`/v1/payments/payouts/${id}$`));
  expect(fake.batches()).toHaveLength(1);
  pass(1);
  expect(await place(client, 'one')).not.toBe(id);
});

test.each([
  [{ amount: { currency: 'JPY', value: '12.50' } }, 400, 'VALIDATION_ERROR'],
  [{ amount: { currency: 'GBP', value: '12.505' } }, 400, 'VALIDATION_ERROR'],
  [{ amount: { currency: 'GBP', value: '0.00' } }, 400, 'VALIDATION_ERROR'],
  [{ amount: { currency: 'KWD', value: '1.000' } }, 400, 'VALIDATION_ERROR'],
  [{ receiver: 'nobody' }, 400, 'VALIDATION_ERROR'],
  [{ purpose: 'FUN' }, 400, 'INVALID_REQUEST'],
  [{ amount: { currency: 'BRL', value: '1.00' } }, 400, 'NON_HOLDING_CURRENCY'],
  [{ amount: { currency: 'GBP', value: '999.90' } }, 422, 'INSUFFICIENT_FUNDS'],
])('%j is refused: %i %s', async (change, status, name) => {
  const { fake, client } = await scene();
  const answer = await client('POST', '/payments/payouts', batchBody('one', change));
  expect([answer.status, answer.at('name')]).toEqual([status, name]);
  expect(fake.batches()).toEqual([]);
});

test('the books are late, go by pages, and cover 31 days at most', async () => {
  const { client, pass } = await scene({ listLagMs: 10_800_000, maximumPageSize: 2 });
  await place(client, 'one');
  pass(120_000);
  const period = (from: string, to: string) =>
    `/reporting/transactions?start_date=${from}T00:00:00Z&end_date=${to}T00:00:00Z`;
  const early = await client('GET', period('2026-01-15', '2026-01-16'));
  expect(early.at('total_items')).toBe(0);
  pass(10_800_000);
  const [first, second] = [
    await client('GET', period('2026-01-15', '2026-01-16')),
    await client('GET', `${period('2026-01-15', '2026-01-16')}&page=2`),
  ];
  const codes = [first, second].map(({ at }) => [
    at('transaction_details.0.transaction_info.transaction_event_code'),
    at('transaction_details.1.transaction_info.transaction_event_code'),
  ]);
  expect(codes).toEqual([
    ['T1503', 'T1105'],
    ['T0001', undefined],
  ]);
  expect(second.at('transaction_details.0.transaction_info')).toMatchObject({
    ...{ custom_field: 'one', transaction_amount: { currency_code: 'GBP', value: '-12.50' } },
    fee_amount: { currency_code: 'GBP', value: '-0.25' },
  });
  const tooLong = await client('GET', period('2026-01-01', '2026-02-02'));
  expect(tooLong.status).toBe(400);
});

test('tokens end, are revoked, and are given to whoever has the secret', async () => {
  const { fake, client } = await scene();
  expect((await tokenFor(fake, 'another')).status).toBe(401);
  expect((await client('GET', '/reporting/balances')).status).toBe(200);
  fake.revokeTokens();
  const refused = await client('GET', '/reporting/balances');
  expect([refused.status, refused.at('error')]).toEqual([401, 'invalid_token']);
});

test('the books are kept in a file', async () => {
  const stateFile = temporaryFile();
  const { client } = await scene({ stateFile });
  const id = await place(client, 'one');
  const later = await scene({ stateFile });
  later.pass(dayMs);
  expect(await statesOf(later.client, id)).toEqual(['SUCCESS', 'SUCCESS']);
});
