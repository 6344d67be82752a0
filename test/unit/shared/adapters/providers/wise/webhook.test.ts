import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { createWise } from '../../../../../../shared/adapters/providers/wise.ts';
import { addMs, instantOf, parseInstant } from '../../../../../../shared/domain/time.ts';
import { now, privateKey, scene, secret } from './scripted.ts';

/** Published by Wise: github.com/transferwise/digital-signatures-examples at c29c362. */
const published = {
  publicKey: [
    '-----BEGIN PUBLIC KEY-----',
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwpb91cEYuyJNQepZAVfP',
    'ZIlPZfNUefH+n6w9SW3fykqKu938cR7WadQv87oF2VuT+fDt7kqeRziTmPSUhqPU',
    'ys/V2Q1rlfJuXbE+Gga37t7zwd0egQ+KyOEHQOpcTwKmtZ81ieGHynAQzsn1We3j',
    'wt760MsCPJ7GMT141ByQM+yW1Bx+4SG3IGjXWyqOWrcXsxAvIXkpUD/jK/L958Cg',
    'nZEgz0BSEh0QxYLITnW1lLokSx/dTianWPFEhMC9BgijempgNXHNfcVirg1lPSyg',
    'z7KqoKUN0oHqWLr2U1A+7kqrl6O2nx3CKs1bj1hToT1+p4kcMoHXA7kA+VBLUpEs',
    'VwIDAQAB',
    '-----END PUBLIC KEY-----',
  ].join('\n'),
  body: [
    '{"data":{"resource":{"id":49983981,"profile_id":16055450,"account_id":14124090,"type":"t',
    'ransfer"},"current_state":"incoming_payment_waiting","previous_state":null,"occurred_at"',
    ':"2021-08-23T10:12:50Z"},"subscription_id":"90aa8e14-4ef1-4a56-861c-f3c9cde097ea","event',
    '_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2021-08-23T10:12:50Z',
    '"}',
  ].join(''),
  signature: [
    'wKcKCYXAzxNgiu7xmoDm943NUni7Rz33QN8JkEA9dWSGebgndonabgSj18Y4C08OrwVmueGsED2s00M7DtJVcYKO',
    'S1i3G4TMVx+mgM3aL9djMBkQtiYNBFUd6wrPI7ZUNHv/TrlKSjTMc+6JFvUvJ7owY3z85e3I4jLRLJowMFvO8kvC',
    'J60+1pY9wDwZvtZ//WS93LrwGjk9Dvwzpmu0w+P4J75tETT5qC3Uv0y5G2yO8SEoO3yNP/tg/BOli02niHb53vEO',
    'UWUb9bly6thnfMoXoiV/osoGxgF20R58RlvkAmezyyl1Sv542TfS2DpiwVnmjjjkCyXeSUcKookYLQ==',
  ].join(''),
};

const sentAt = parseInstant('2021-08-23T10:12:50Z') ?? instantOf(0);
const dayMs = 86_400_000;

function readPublished(change: object = {}, at = sentAt, body = published.body) {
  const provider = createWise({
    ...{ ...secret, profileId: '16055450', webhookPublicKey: published.publicKey },
    ...{ clock: { now: () => at }, timeoutMs: 1_000 },
  });
  const headers = {
    ...{ 'X-Signature-SHA256': published.signature, 'X-Delivery-Id': 'delivery-1' },
    ...change,
  };
  return provider.readWebhook({ headers, rawBody: Buffer.from(body) }, at);
}

const refused = { kind: 'refused' };

test('the example that Wise has published is theirs, and names its transfer', () => {
  const reading = { kind: 'order', webhookId: 'delivery-1', providerOrder: '49983981' };
  expect(readPublished()).toEqual(reading);
  expect(readPublished({}, addMs(sentAt, 14 * dayMs))).toEqual(reading);
  expect(readPublished({}, addMs(sentAt, -300_000))).toEqual(reading);
});

test.each([
  ['too old', () => readPublished({}, addMs(sentAt, 15 * dayMs + 1))],
  ['from the time to come', () => readPublished({}, addMs(sentAt, -300_001))],
  ['changed', () => readPublished({}, sentAt, published.body.replace('49983981', '49983982'))],
  ['without a delivery', () => readPublished({ 'X-Delivery-Id': '' })],
  ['without a signature', () => readPublished({ 'X-Signature-SHA256': undefined })],
  ['not in base64', () => readPublished({ 'X-Signature-SHA256': `${published.signature}!` })],
])('one that is %s is refused', (_, read) => {
  expect(read()).toEqual(refused);
});

test('the call that tries an address out is ignored', () => {
  const ignored = { kind: 'ignored', webhookId: 'delivery-1' };
  expect(readPublished({ 'X-Test-Notification': 'true' })).toEqual(ignored);
});

function read(event_type: string, data: unknown, change: object = {}) {
  const sent_at = new Date(now).toISOString();
  const rawBody = Buffer.from(JSON.stringify({ event_type, sent_at, data, ...change }));
  const signature = sign('RSA-SHA256', rawBody, privateKey).toString('base64');
  const headers = { 'x-signature-sha256': signature, 'x-delivery-id': '7' };
  return scene().provider.readWebhook({ headers, rawBody }, now);
}

const resource = { type: 'transfer', id: 50, profile_id: 30_000_001 };
const order = { kind: 'order', webhookId: '7', providerOrder: '50' };
const ignored = { kind: 'ignored', webhookId: '7' };

test.each([
  ['transfers#state-change', { resource }, order],
  ['transfers#refund', { resource }, order],
  ['transfers#active-cases', { resource }, order],
  ['transfers#payout-failure', { transfer_id: 50, profile_id: 30_000_001 }, order],
  ['transfers#state-change', { resource: { ...resource, profile_id: 30_000_002 } }, ignored],
  ['balances#update', { resource }, ignored],
  ['transfers#rearranged', { resource }, ignored],
  ['transfers#state-change', { resource: { ...resource, id: 'canary' } }, refused],
  ['transfers#state-change', undefined, refused],
])('%s about %j is read as %j', (type, data, expected) => {
  expect(read(type, data)).toEqual(expected);
});

test.each([{ sent_at: 'some day' }, { sent_at: undefined }, { event_type: '' }])(
  'a signed envelope with %j is refused',
  (change) => {
    expect(read('transfers#refund', { resource }, change)).toEqual(refused);
  },
);
