import { expect, test } from 'vitest';
import { answered, type Reply } from './answered.ts';

const value = { denomination: 5, currency_code: 'USD' };
const reward = { id: 'REWARD', value, delivery: { method: 'LINK', status: 'FAILED' } };
const order = { id: 'ORDER', external_id: 'r', status: 'EXECUTED', rewards: [reward] };
const named = { reference: 'r', providerOrder: 'ORDER' };
const no = { errors: { message: 'canary' } };

function asked(reply: Reply, found: { readonly reply: Reply } = { reply: { order } }) {
  const paths = ['resend', 'cancel'].map((act) => [`/rewards/REWARD/${act}`, reply] as const);
  return answered({ '/orders/ORDER': found.reply, ...Object.fromEntries(paths) });
}

const mail = { ...named, recipientEmail: 'person@example.test' };

test('both are asked of the one reward of the order', async () => {
  const { provider, calls } = asked({});
  expect(await provider.resend(mail)).toEqual({ kind: 'done' });
  expect(await provider.cancel(named)).toEqual({ kind: 'done' });
  expect(calls).toEqual([
    ...['GET /orders/ORDER', 'POST /rewards/REWARD/resend'],
    ...['GET /orders/ORDER', 'POST /rewards/REWARD/cancel'],
  ]);
});

test.each<[Reply, object]>([
  [[422, no], { kind: 'refused', detail: 'NOT_ALLOWED_NOW' }],
  [[404, no], { kind: 'refused', detail: 'ORDER_UNKNOWN' }],
  [[429, no], { kind: 'refused', detail: 'RATE_LIMITED' }],
  [[401, no], { kind: 'refused', detail: 'KEY_REFUSED' }],
  [[422, { message: 'canary' }], { kind: 'unknown', detail: 'UNEXPECTED_STATUS' }],
  [[409, no], { kind: 'unknown', detail: 'UNEXPECTED_STATUS' }],
  [[500, no], { kind: 'unknown', detail: 'SERVER_ERROR' }],
  [undefined, { kind: 'unknown', detail: 'CONNECTION_LOST' }],
])('%j to the act itself is %j', async (reply, expected) => {
  expect(await asked(reply).provider.resend(mail)).toEqual(expected);
  expect(await asked(reply).provider.cancel(named)).toEqual(expected);
});

test.each<[Reply, string]>([
  [[404, no], 'ORDER_UNKNOWN'],
  [[404, { message: 'canary' }], 'UNEXPECTED_STATUS'],
  [[500, no], 'SERVER_ERROR'],
  [undefined, 'CONNECTION_LOST'],
  [{ order: { ...order, rewards: [] } }, 'NOT_ALLOWED_NOW'],
  [{ order: { ...order, rewards: [reward, reward] } }, 'CONTRADICTION'],
])('%j to the question for the order: nothing is done, %s', async (reply, detail) => {
  const { provider, calls } = asked({}, { reply });
  expect(await provider.cancel(named)).toEqual({ kind: 'refused', detail });
  expect(calls).toEqual(['GET /orders/ORDER']);
});
