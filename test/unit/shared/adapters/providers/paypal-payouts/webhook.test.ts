import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import { blockOf, nowMs, sandbox, scene, secret } from './scripted.ts';

const key = createPrivateKey(blockOf('PRIVATE KEY'));
const refused = { kind: 'refused' };
const item = {
  ...{ id: 'WH-1', event_type: 'PAYMENT.PAYOUTS-ITEM.UNCLAIMED' },
  resource: { payout_item_id: '8AELMXH8UB2P8' },
};
const batch = {
  ...{ id: 'WH-2', event_type: 'PAYMENT.PAYOUTSBATCH.SUCCESS' },
  resource: { batch_header: { payout_batch_id: '5UXD2E8A7EBQJ' } },
};

interface Signing {
  readonly time?: string;
  readonly key?: typeof key;
  readonly webhookId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function signed(body: unknown, signing: Signing = {}) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const { time = '2026-01-15T11:59:00Z', webhookId = secret.webhookId } = signing;
  const text = Buffer.from(`transmission-1|${time}|${webhookId}|${crc32(rawBody)}`);
  const headers = {
    'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
    'PAYPAL-CERT-URL': `${sandbox}/v1/notifications/certs/CERT-1`,
    'PAYPAL-TRANSMISSION-ID': 'transmission-1',
    'PAYPAL-TRANSMISSION-TIME': time,
    'PAYPAL-TRANSMISSION-SIG': sign('sha256', text, signing.key ?? key).toString('base64'),
    ...signing.headers,
  };
  return { headers, rawBody };
}

const { provider } = scene({});
const read = (webhook: ReturnType<typeof signed>, atMs = nowMs) =>
  provider.readWebhook(webhook, instantOf(atMs));

test('one about an item names it, one about a batch names that', () => {
  const itemReading = { kind: 'reward', webhookId: 'WH-1', providerReward: '8AELMXH8UB2P8' };
  expect(read(signed(item))).toEqual(itemReading);
  const ofBatch = { payout_item_id: '8AELMXH8UB2P8', payout_batch_id: '5UXD2E8A7EBQJ' };
  const named = { kind: 'order', webhookId: 'WH-1', providerOrder: '5UXD2E8A7EBQJ' };
  expect(read(signed({ ...item, resource: ofBatch }))).toEqual(named);
  const batchReading = { kind: 'order', webhookId: 'WH-2', providerOrder: '5UXD2E8A7EBQJ' };
  expect(read(signed(batch))).toEqual(batchReading);
});

test.each(['CUSTOMER.DISPUTE.CREATED', 'PAYMENT', 'PAYMENT.PAYOUTS-ITEM', 'constructor.x'])(
  '%s is ignored',
  (event_type) => {
    expect(read(signed({ ...item, event_type }))).toEqual({ kind: 'ignored', webhookId: 'WH-1' });
  },
);

test.each([
  'canary',
  '[]',
  { ...item, id: undefined },
  { ...item, id: '' },
  { ...item, resource: undefined },
  { ...item, resource: { payout_item_id: '../canary' } },
  { ...batch, resource: { batch_header: null } },
])('one of another form is refused, although it is signed: %j', (body) => {
  expect(read(signed(body))).toEqual(refused);
});

test.each([
  'https://api-m.sandbox.paypal.com.evil.example/v1/notifications/certs/CERT-1',
  'https://evil.example/v1/notifications/certs/CERT-1',
  'https://canary@api.paypal.com/v1/notifications/certs/CERT-1',
  'https://api.paypal.com:444/v1/notifications/certs/CERT-1',
  'https://api.paypal.com/v1/notifications/certs/../../CERT-1',
  'https://api.paypal.com/v1/notifications/certs/CERT-1?canary',
  'http://api.paypal.com/v1/notifications/certs/CERT-1',
  'http://127.0.0.1:4011/v1/notifications/certs/CERT-1',
  'canary',
  '',
])('a certificate at %j is not believed', (url) => {
  expect(read(signed(item, { headers: { 'PAYPAL-CERT-URL': url } }))).toEqual(refused);
});

test.each(['api.paypal.com', 'api-m.paypal.com', 'api.sandbox.paypal.com'])(
  'one at %s is',
  (host) => {
    const url = `https://${host}/v1/notifications/certs/CERT-1`;
    const reading = read(signed(item, { headers: { 'PAYPAL-CERT-URL': url } }));
    expect(reading.kind).toBe('reward');
  },
);

test('another key, another webhook, another algorithm: refused', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  expect(read(signed(item, { key: privateKey }))).toEqual(refused);
  expect(read(signed(item, { webhookId: '5RR09500UT4826338' }))).toEqual(refused);
  for (const algorithm of ['SHA1withRSA', '']) {
    const headers = { 'PAYPAL-AUTH-ALGO': algorithm };
    expect(read(signed(item, { headers }))).toEqual(refused);
  }
});

test('a certificate that has not begun, or has ended, signs nothing', () => {
  const at = (year: number) => {
    const atMs = Date.UTC(year, 5, 1);
    const time = new Date(atMs).toISOString();
    return read(signed(item, { time }), atMs).kind;
  };
  expect([2_019, 2_020, 2_119, 2_120].map(at)).toEqual(['refused', 'reward', 'reward', 'refused']);
});

test('one that PayPal sends again for three days is taken; an older one is not', () => {
  const webhook = signed(item);
  const sentMs = Date.UTC(2026, 0, 15, 11, 59);
  const ages = [-300_001, -300_000, 0, 3 * 86_400_000, 3 * 86_400_000 + 1];
  const kinds = ages.map((ageMs) => read(webhook, sentMs + ageMs).kind);
  expect(kinds).toEqual(['refused', 'reward', 'reward', 'reward', 'refused']);
  expect(read(signed(item, { time: 'canary' }))).toEqual(refused);
  expect(read(signed(item, { time: '2026-01-15T11:59:00' }))).toEqual(refused);
});

test('no change of one byte is believed', () => {
  const webhook = signed(item);
  const place = fc.nat(webhook.rawBody.length - 1);
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (index, change) => {
      const rawBody = Buffer.from(webhook.rawBody);
      rawBody[index] = (rawBody[index] ?? 0) ^ change;
      expect(read({ ...webhook, rawBody })).toEqual(refused);
    }),
    { seed: 20_260_115 },
  );
});
