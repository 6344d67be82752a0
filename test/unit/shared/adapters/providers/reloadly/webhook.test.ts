import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWebhook } from '../../../../../../shared/adapters/providers/reloadly/webhook.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import { reference } from './scripted.ts';

const webhookKey = 'canary-webhook-key';
const nowMs = Date.UTC(2026, 0, 15, 12);
const refused = { kind: 'refused' };
const data = { transactionId: 4_711, customIdentifier: reference, status: 'SUCCESSFUL' };
const event = { type: 'giftcard_transaction.status', data };

function signed(body: unknown, time = String(nowMs), signing = ':') {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const hmac = createHmac('sha256', webhookKey).update(rawBody);
  if (signing !== '') hmac.update(signing + time);
  const headers = {
    'X-Reloadly-Signature': hmac.digest('hex'),
    'X-Reloadly-Request-Timestamp': time,
  };
  return { headers, rawBody };
}

type Webhook = ReturnType<typeof signed>;
const read = (webhook: Webhook, scheme: 'bodyAndTime' | 'body' = 'bodyAndTime') =>
  readWebhook({ webhookKey, scheme }, webhook, instantOf(nowMs));

test('one about an order names our reference', () => {
  const webhookId = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(read(signed(event))).toEqual({ kind: 'reference', webhookId, reference });
});

test.each([undefined, null, '', 'no reference of ours', 'x'.repeat(101)])(
  'one without a reference of ours names the transaction: %j',
  (customIdentifier) => {
    const reading = read(signed({ ...event, data: { ...data, customIdentifier } }));
    expect(reading).toMatchObject({ kind: 'order', providerOrder: '4711' });
  },
);

test('an id may be a text, and longer than a float is exact', () => {
  const named = (id: string) =>
    `{"type":"giftcard_transaction.status","data":{"transactionId":${id}}}`;
  const about = (providerOrder: string) => ({ kind: 'order', providerOrder });
  expect(read(signed(named('"4711"')))).toMatchObject(about('4711'));
  expect(read(signed(named('9007199254740993')))).toMatchObject(about('9007199254740993'));
});

test('one of another product is ignored', () => {
  expect(read(signed({ type: 'airtime_transaction.status' }))).toMatchObject({ kind: 'ignored' });
});

test('the same event has the same id, whenever it is sent; another status has another', () => {
  const first = read(signed(event));
  expect(read(signed(event, String(nowMs - 1_000)))).toEqual(first);
  const other = read(signed({ ...event, data: { ...data, status: 'REFUNDED' } }));
  expect(other).not.toHaveProperty('webhookId', Reflect.get(first, 'webhookId'));
});

test.each([0, 300_000, -300_000])('a time %i ms off is near enough', (offMs) => {
  expect(read(signed(event, String(nowMs + offMs))).kind).toBe('reference');
  expect(read(signed(event, String((nowMs + offMs) / 1_000))).kind).toBe('reference');
});

test.each([
  String(nowMs + 300_001),
  String(nowMs - 300_001),
  String(nowMs / 1_000 - 301),
  '',
  'now',
  '2026-01-15T12:00:00Z',
  `${nowMs}0`,
  `-${nowMs}`,
])('the time %j is refused', (time) => {
  expect(read(signed(event, time))).toEqual(refused);
});

test('where the body alone is signed, the time counts for nothing', () => {
  expect(read(signed(event, 'never', ''), 'body').kind).toBe('reference');
  expect(read(signed(event), 'body')).toEqual(refused);
  expect(read(signed(event, String(nowMs), ''))).toEqual(refused);
  expect(read(signed(event, String(nowMs), '.'))).toEqual(refused);
});

test.each<[string, Webhook]>([
  ['no JSON', signed('{')],
  ['no object', signed('"text"')],
  ['no type', signed({ data })],
  ['no data', signed({ type: event.type })],
  ['no transaction', signed({ ...event, data: { customIdentifier: reference } })],
  ['too long', signed({ ...event, more: 'x'.repeat(65_536) })],
])('%s is refused though it is signed', (_what, webhook) => {
  expect(read(webhook)).toEqual(refused);
});

test('not one byte can be changed', () => {
  const { headers, rawBody } = signed(event);
  const place = fc.nat({ max: rawBody.length - 1 });
  const property = fc.property(place, fc.integer({ min: 1, max: 255 }), (index, by) => {
    const changed = Buffer.from(rawBody);
    changed[index] = ((changed[index] ?? 0) + by) % 256;
    expect(read({ headers, rawBody: changed })).toEqual(refused);
  });
  fc.assert(property, { seed: 20_260_115, numRuns: 200 });
});
