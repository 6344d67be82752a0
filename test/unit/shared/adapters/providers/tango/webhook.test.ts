import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readWebhook } from '../../../../../../shared/adapters/providers/tango/webhook.ts';
import { reference, wireReference } from './scripted.ts';

const key = 'key-of-the-subscription';
const hmacSecret = Buffer.from('a shared secret').toString('base64');

const bodyOf = (eventType: string, eventData: unknown, eventId = 'e-1') =>
  Buffer.from(JSON.stringify({ eventId, revision: 3, eventType, eventData }));

function read(rawBody: Uint8Array, headers: Record<string, string> = {}) {
  return readWebhook({ key }, { rawBody, headers: { 'X-Guerdon-Webhook-Key': key, ...headers } });
}

test.each([
  ['AsyncOrderStatus', { externalRefID: wireReference }, { kind: 'reference', reference }],
  ['AsyncOrderStatus', { referenceOrderId: 'RA1' }, { kind: 'order', providerOrder: 'RA1' }],
  ['LineItemDeliveryStatus', { referenceOrderID: 'RA1' }, { kind: 'order', providerOrder: 'RA1' }],
  ['RewardStatus', { referenceLineItemID: 'L1' }, { kind: 'reward', providerReward: 'L1' }],
  ['itemAvailability', { utid: 'U000003' }, { kind: 'product', product: 'U000003' }],
  ['ItemAvailability', { utid: 'U/../3' }, { kind: 'ignored' }],
  ['RewardStatus', { referenceLineItemID: '../L1' }, { kind: 'ignored' }],
  ['RewardStatus', 'canary', { kind: 'ignored' }],
  ['LowBalance', { referenceOrderID: 'RA1' }, { kind: 'ignored' }],
  ['toString', {}, { kind: 'ignored' }],
])('%s with %j', (eventType, eventData, expected) => {
  expect(read(bodyOf(eventType, eventData))).toEqual({ webhookId: 'e-1', ...expected });
});

test('without our key nothing is read, whatever signature goes along', () => {
  const rawBody = bodyOf('RewardStatus', { referenceOrderID: 'RA1' });
  const signature = createHmac('sha256', Buffer.from(hmacSecret, 'base64')).update(rawBody);
  const signed = { 'x-signed-payload': signature.digest('base64') };
  for (const guess of ['', key.slice(1), `${key} `, undefined]) {
    const headers = { ...signed, 'x-guerdon-webhook-key': guess };
    expect(readWebhook({ key, hmacSecret }, { rawBody, headers })).toEqual({ kind: 'refused' });
  }
});

test('where a secret was agreed the signature must be right, in any form that needs it', () => {
  const rawBody = bodyOf('RewardStatus', { referenceOrderID: 'RA1' });
  const given = (signature?: string) => {
    const headers = { 'x-guerdon-webhook-key': key, 'x-signed-payload': signature };
    return readWebhook({ key, hmacSecret }, { rawBody, headers }).kind;
  };
  for (const secret of [Buffer.from(hmacSecret, 'base64'), Buffer.from(hmacSecret)]) {
    for (const form of ['hex', 'base64'] as const) {
      const signature = createHmac('sha256', secret).update(rawBody).digest(form);
      expect(given(signature)).toBe('order');
      expect(given(signature.slice(1))).toBe('refused');
      expect(given(`${signature}A`)).toBe('refused');
    }
  }
  const another = createHmac('sha256', 'another').update(rawBody).digest('hex');
  for (const wrong of [another, '', undefined]) expect(given(wrong)).toBe('refused');
});

test('what is no event of theirs is refused, also with the key', () => {
  const broken = ['', 'null', '[]', '{"eventId":"1"}', '{"eventType":"RewardStatus"}', '\u0000'];
  for (const text of broken) expect(read(Buffer.from(text))).toEqual({ kind: 'refused' });
  expect(read(Buffer.from([0xff, 0xfe]))).toEqual({ kind: 'refused' });
  expect(read(bodyOf('RewardStatus', {}, 'e'.repeat(101)))).toEqual({ kind: 'refused' });
  expect(read(bodyOf('RewardStatus', 'x'.repeat(65_536)))).toEqual({ kind: 'refused' });
});
