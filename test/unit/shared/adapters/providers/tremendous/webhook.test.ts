import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readWebhook } from '../../../../../../shared/adapters/providers/tremendous/webhook.ts';

const key = 'private-key';

function signed(body: unknown, form: (hex: string) => string = (hex) => `sha256=${hex}`) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const hex = createHmac('sha256', key).update(rawBody).digest('hex');
  return { headers: { 'Tremendous-Webhook-Signature': form(hex) }, rawBody };
}

function event(name: string, payload: unknown = { resource: { id: 'ABC', type: 'orders' } }) {
  return { event: name, uuid: 'u-1', created_utc: '2026-01-01T00:00:00Z', payload };
}

test.each([
  ['ORDERS.CREATED', { kind: 'order', webhookId: 'u-1', providerOrder: 'ABC' }],
  ['ORDERS.SOMETHING_NEW', { kind: 'order', webhookId: 'u-1', providerOrder: 'ABC' }],
  ['REWARDS.CANCELED', { kind: 'reward', webhookId: 'u-1', providerReward: 'ABC' }],
  ['PRODUCTS.REMOVED', { kind: 'product', webhookId: 'u-1', product: 'ABC' }],
  ['INVOICES.PAID', { kind: 'ignored', webhookId: 'u-1' }],
  ['toString.X', { kind: 'ignored', webhookId: 'u-1' }],
  ['HELLO', { kind: 'ignored', webhookId: 'u-1' }],
])('%s', (name, expected) => {
  expect(readWebhook(key, signed(event(name)))).toEqual(expected);
});

test.each([
  ['bare hex', (hex: string) => hex],
  ['capitals', (hex: string) => `sha256=${hex.toUpperCase()}`],
  ['spaces round it', (hex: string) => ` sha256=${hex} `],
])('the signature may come as %s', (_what, form) => {
  expect(readWebhook(key, signed(event('ORDERS.CREATED'), form)).kind).toBe('order');
});

test.each([
  ['another algorithm', (hex: string) => `sha1=${hex}`],
  ['nothing', () => ''],
  ['no hex', () => `sha256=${'z'.repeat(64)}`],
  ['too long', (hex: string) => `sha256=${hex}00`],
  ['two', (hex: string) => `sha256=${hex},sha256=${hex}`],
])('a signature that is %s is refused', (_what, form) => {
  expect(readWebhook(key, signed(event('ORDERS.CREATED'), form))).toEqual({ kind: 'refused' });
});

test.each([
  ['no JSON', 'hello'],
  ['no object', 'null'],
  ['no id', { event: 'ORDERS.CREATED', payload: {} }],
  ['no resource', event('ORDERS.CREATED', {})],
  ['an id that leads elsewhere', event('ORDERS.CREATED', { resource: { id: '../rewards' } })],
  ['a book', event('ORDERS.CREATED', 'x'.repeat(70_000))],
])('a signed body that is %s is refused', (_what, body) => {
  expect(readWebhook(key, signed(body))).toEqual({ kind: 'refused' });
});
