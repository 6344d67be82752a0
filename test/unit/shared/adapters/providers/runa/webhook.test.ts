import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  readWebhook,
  signingKey,
} from '../../../../../../shared/adapters/providers/runa/webhook.ts';
import { instantOf } from '../../../../../../shared/domain/time.ts';

const key = signingKey(`whsec_${Buffer.from('twenty-four bytes of key').toString('base64')}`);
const seconds = 1_760_000_000;
const now = instantOf(seconds * 1_000);
const order = { id: 'O-01ABC', status: 'COMPLETED' };

function signature(text: string, { time = String(seconds), id = 'msg_1', by = key } = {}): string {
  return `v1,${createHmac('sha256', by).update(`${id}.${time}.${text}`).digest('base64')}`;
}

function webhookOf(text: string, change: Readonly<Record<string, string>> = {}) {
  const headers = {
    ...{ 'svix-id': 'msg_1', 'svix-timestamp': String(seconds) },
    ...{ 'svix-signature': signature(text), ...change },
  };
  return { headers, rawBody: Buffer.from(text) };
}

const read = (body: unknown, change?: Readonly<Record<string, string>>) =>
  readWebhook(key, webhookOf(JSON.stringify(body), change), now);

test('an order, a failed order and a product are told by their form', () => {
  const webhookId = 'msg_1';
  expect(read(order)).toEqual({ kind: 'order', webhookId, providerOrder: 'O-01ABC' });
  expect(read({ ...order, status: 'FAILED' })).toMatchObject({ kind: 'order' });
  const state = { price_multiplier: '0.05', is_orderable: false };
  const product = { product_code: 'AB-GB', old_state: state, new_state: state };
  expect(read(product)).toEqual({ kind: 'product', webhookId, product: 'AB-GB' });
});

test.each([[{ id: '../1', status: 'X' }], [{ status: 'X' }], [{ product_code: '' }], [[]]])(
  'what names nothing that can be asked for is ignored: %j',
  (body) => {
    expect(read(body)).toEqual({ kind: 'ignored', webhookId: 'msg_1' });
  },
);

test('one good signature among several is enough', () => {
  const text = JSON.stringify(order);
  const by = Buffer.from('some other key, of old');
  const several = `v1,AAAA v2,${signature(text)} ${signature(text, { by })} ${signature(text)}`;
  expect(read(order, { 'svix-signature': several })).toMatchObject({ kind: 'order' });
});

const forged: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'another key': {
    'svix-signature': signature(JSON.stringify(order), { by: Buffer.from('another') }),
  },
  'another version': { 'svix-signature': signature(JSON.stringify(order)).replace('v1', 'v2') },
  'another id': { 'svix-id': 'msg_2' },
  'no id': { 'svix-id': '' },
  'an id with a dot and a space': { 'svix-id': 'msg 1' },
  'another time': { 'svix-timestamp': String(seconds + 1) },
  'no time': { 'svix-timestamp': '' },
  'a time that is none': { 'svix-timestamp': '1e9' },
  'no signature': { 'svix-signature': '' },
};

test.each(Object.entries(forged))('one with %s is refused', (_, change) => {
  expect(read(order, change)).toEqual({ kind: 'refused' });
});

test('five minutes either way are let pass', () => {
  for (const [time, kind] of [
    [seconds - 300, 'order'],
    [seconds + 300, 'order'],
    [seconds - 301, 'refused'],
    [seconds + 301, 'refused'],
  ] as const) {
    const text = JSON.stringify(order);
    const signed = signature(text, { time: String(time) });
    const change = { 'svix-timestamp': String(time), 'svix-signature': signed };
    expect(readWebhook(key, webhookOf(text, change), now).kind).toBe(kind);
  }
});

test('what is signed and yet no JSON object, or too long, is refused', () => {
  const long = JSON.stringify({ ...order, more: 'x'.repeat(65_536) });
  for (const text of ['', 'null', '"text"', '{', '\ufffd', long]) {
    expect(readWebhook(key, webhookOf(text), now)).toEqual({ kind: 'refused' });
  }
});

test.each(['', 'whsec_', 'whsec_short', 'twenty-four', `whsec_${'%'.repeat(32)}`])(
  'a secret like "%s" is none',
  (secret) => {
    expect(() => signingKey(secret)).toThrow('whsec_<base64>');
  },
);
