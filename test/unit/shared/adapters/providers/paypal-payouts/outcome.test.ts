import { expect, test } from 'vitest';
import { asked, batch, batchId, item, reference, scene } from './scripted.ts';

const find = (body: unknown) =>
  scene({ [`GET /payments/payouts/${batchId}`]: [[200, body]] }).provider.findOrder(
    reference,
    asked,
  );

const about = (transaction_status: string | null, more: object = {}, header: object = {}) =>
  find(batch(header, [item({ transaction_status, ...more })]));
const failedBy = (name: string) => ({ errors: { name, message: 'canary' } });

test.each(['UNCLAIMED', 'ONHOLD', 'PENDING', 'canary BREWING', null])(
  '%s is taken, and not final',
  async (status) => {
    const expected = { kind: 'accepted', providerOrder: batchId, final: false };
    expect(await about(status, failedBy('RECEIVER_UNREGISTERED'))).toEqual(expected);
  },
);

test.each([
  ['FAILED', {}, 'PAYOUT_FAILED'],
  ['FAILED', failedBy('RECEIVER_UNREGISTERED'), 'RECEIVER_UNREGISTERED'],
  ['FAILED', failedBy('RECEIVER_ACCOUNT_INVALID'), 'RECEIVER_INVALID'],
  ['FAILED', failedBy('CLOSED_MARKET'), 'CLOSED_MARKET'],
  ['FAILED', failedBy('CANARY'), 'PAYOUT_FAILED'],
  ['RETURNED', failedBy('RECEIVER_UNREGISTERED'), 'UNCLAIMED_RETURNED'],
  ['BLOCKED', {}, 'BLOCKED'],
  ['DENIED', {}, 'DENIED'],
  ['CANCELED', {}, 'CANCELED'],
  ['REVERSED', {}, 'REVERSED'],
  ['REFUNDED', failedBy('INSUFFICIENT_FUNDS'), 'REFUNDED'],
])('%s %j is no for good: %s', async (status, more, detail) => {
  expect(await about(status, more)).toEqual({ kind: 'rejected', reason: 'permanent', detail });
});

test('a payout that failed for want of money needs a new id', async () => {
  const outcome = await about('FAILED', failedBy('INSUFFICIENT_FUNDS'));
  expect(outcome).toEqual({ kind: 'rejected', reason: 'retryNewKey', detail: 'OUT_OF_FUNDS' });
});

test.each(['DENIED', 'CANCELED'])('a batch that is %s pays nothing', async (batch_status) => {
  const detail = `BATCH_${batch_status}`;
  const rejected = { kind: 'rejected', reason: 'permanent', detail };
  expect(await find(batch({ batch_status }, null))).toEqual(rejected);
  expect(await about('PENDING', {}, { batch_status })).toEqual(rejected);
  const contradiction = { kind: 'unknown', detail: 'CONTRADICTION' };
  expect(await about('SUCCESS', {}, { batch_status })).toEqual(contradiction);
});

test('a fresh batch without items is taken', async () => {
  const outcome = await find(batch({ batch_status: 'PENDING' }, null));
  expect(outcome).toMatchObject({ kind: 'accepted', final: false });
});

test.each([
  ['another currency', { currency: 'USD', value: '0.25' }],
  ['no fee', undefined],
  ['no amount', { currency: 'GBP', value: 'canary' }],
])('with %s nothing is said of the charge', async (_, payout_item_fee) => {
  const outcome = await about('SUCCESS', { payout_item_fee });
  expect(outcome).toEqual({ kind: 'accepted', providerOrder: batchId, final: true });
});

test('the amount may come without its zeros', async () => {
  const written = batch({}, [item({}, { amount: { currency: 'GBP', value: '12.5' } })]);
  expect(await find(written)).toMatchObject({ kind: 'accepted', final: true });
});
