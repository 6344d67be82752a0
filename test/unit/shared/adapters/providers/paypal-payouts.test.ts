import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  createPayPalPayouts,
  payPalPayoutsAdapter,
} from '../../../../../shared/adapters/providers/paypal-payouts.ts';
import { toSealable } from '../../../../../shared/domain/payout/payee.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import {
  asked,
  batch,
  batchId,
  duplicate,
  item,
  order,
  payee,
  problem,
  reference,
  type Scripted,
  sandbox,
  scene,
  secret,
  taken,
} from './paypal-payouts/scripted.ts';

const context = { clock: { now: () => instantOf(0) }, timeoutMs: 1_000 };

test.each([sandbox, `${sandbox}/`, 'http://127.0.0.1:4011', 'http://[::1]:4011'])(
  '%s is a base',
  (baseUrl) => {
    expect(createPayPalPayouts({ ...secret, ...context, baseUrl }).name).toBe('paypal-payouts');
  },
);

test.each([
  { baseUrl: 'https://api-m.paypal.com.evil.example' },
  { baseUrl: 'https://api-m.sandbox.paypal.com/canary' },
  { baseUrl: 'http://api-m.paypal.com' },
  // The certificate is one of the sandbox.
  { baseUrl: 'https://api-m.paypal.com' },
  { clientId: 'canary:client' },
  { clientSecret: 'canary\nsecret' },
  { webhookId: 'canary-id' },
  { webhookCertificates: '' },
  { webhookCertificates: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
  { timeoutMs: 0 },
])('%j is refused, and no value is quoted', (change) => {
  let thrown: unknown;
  try {
    createPayPalPayouts({ ...secret, ...context, ...change });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(inspect(thrown)).not.toMatch(/Error:.*canary/);
});

test('an account is opened with its secret, and with nothing less', () => {
  expect(payPalPayoutsAdapter.open(secret, context).name).toBe(payPalPayoutsAdapter.name);
  const { webhookId: _, ...less } = secret;
  expect(() => payPalPayoutsAdapter.open(less, context)).toThrow(/webhookId/);
});

test('a payout is a batch of one, with our reference as the id of both', async () => {
  const { provider, sent } = scene({ 'POST /payments/payouts': [[201, taken]] });
  expect(await provider.placeOrder(order)).toEqual({
    ...{ kind: 'accepted', providerOrder: batchId, final: false },
  });
  const [token, placed] = sent;
  expect(token?.body).toBe('grant_type=client_credentials');
  expect(token?.headers.authorization).toBe(`Basic ${btoa('canary-client:canary-secret')}`);
  expect(placed?.url.href).toBe(`${sandbox}/v1/payments/payouts`);
  expect(JSON.parse(placed?.body ?? '')).toEqual({
    sender_batch_header: { sender_batch_id: reference },
    items: [
      {
        ...{ recipient_type: 'EMAIL', receiver: 'canary@example.test', purpose: 'CASHBACK' },
        ...{ sender_item_id: reference, amount: { currency: 'GBP', value: '12.50' } },
      },
    ],
  });
});

const bank = {
  rail: 'bankAccount',
  ...{ holderName: 'canary', country: 'DE' },
  account: { kind: 'iban', iban: 'DE02120300000000202051' },
} as const;

test.each([
  ['another rail', { payee: toSealable(bank) }, 'RAIL_NOT_SUPPORTED'],
  ['three digits', { value: { amountMinor: 1n, currency: 'KWD' } }, 'CURRENCY_NOT_SUPPORTED'],
  ['no balance', { value: { amountMinor: 100n, currency: 'INR' } }, 'CURRENCY_NOT_SUPPORTED'],
  ['half a forint', { value: { amountMinor: 150n, currency: 'HUF' } }, 'AMOUNT_NOT_WHOLE'],
])('%s is refused for good, and nothing is sent', async (_, change, detail) => {
  const { provider, sent } = scene({});
  const outcome = await provider.placeOrder({ ...order, ...change });
  expect(outcome).toEqual({ kind: 'rejected', reason: 'permanent', detail });
  expect(sent).toEqual([]);
});

const { payee: _payee, ...withoutPayee } = order;

test.each([
  ['no payee', withoutPayee],
  ['what is sealed is no payee', { ...order, payee: new Secret('{"canary":1}') }],
  ['another kind', { ...order, kind: 'eGiftCard' as const }],
  ['a reference that is too long', { ...order, reference: 'x'.repeat(64) }],
])('%s is thrown, and nothing is quoted', async (_, broken) => {
  const { provider, sent } = scene({});
  await expect(provider.placeOrder(broken)).rejects.toThrow(/^(?!.*canary).*$/);
  expect(sent).toEqual([]);
});

test.each([
  [400, problem('VALIDATION_ERROR'), 'permanent', 'INVALID_ORDER'],
  [
    400,
    problem('VALIDATION_ERROR', [{ field: 'items[0].receiver' }]),
    'permanent',
    'RECEIVER_INVALID',
  ],
  [400, problem('SOMETHING_NEW'), 'permanent', 'BAD_REQUEST'],
  [400, problem('USER_BUSINESS_ERROR', [{ issue: 'canary' }]), 'permanent', 'BUSINESS_RULE'],
  [400, problem('NON_HOLDING_CURRENCY'), 'configuration', 'CURRENCY_NOT_HELD'],
  [422, problem('INSUFFICIENT_FUNDS'), 'waitForFunds', 'OUT_OF_FUNDS'],
  [403, problem('SENDER_RESTRICTED'), 'configuration', 'SENDER_RESTRICTED'],
  [403, problem('SENDER_LOCKED'), 'configuration', 'SENDER_LOCKED'],
  [403, problem('SENDER_EMAIL_UNCONFIRMED'), 'configuration', 'SENDER_UNCONFIRMED'],
  [403, '<html>canary</html>', 'configuration', 'NOT_PERMITTED'],
  [429, '<html>canary</html>', 'waitForLimit', 'RATE_LIMITED'],
] as const)('%i %j is rejected: %s %s', async (status, body, reason, detail) => {
  const { provider } = scene({ 'POST /payments/payouts': [[status, body]] });
  expect(await provider.placeOrder(order)).toEqual({ kind: 'rejected', reason, detail });
});

test.each([
  [500, problem('INSUFFICIENT_FUNDS'), 'SERVER_ERROR'],
  [400, '<html>canary</html>', 'UNEXPECTED_STATUS'],
  [200, taken, 'UNEXPECTED_STATUS'],
  [400, problem('USER_BUSINESS_ERROR'), 'BUSINESS_RULE_UNNAMED'],
  [400, problem('USER_BUSINESS_ERROR', [{ field: 'SENDER_BATCH_ID' }]), 'REFERENCE_CONFLICT'],
  [201, { batch_header: { ...taken.batch_header, sender_batch_header: {} } }, 'CONTRADICTION'],
] as const)('%i %j is unknown: %s', async (status, body, detail) => {
  const { provider } = scene({ 'POST /payments/payouts': [[status, body]] });
  expect(await provider.placeOrder(order)).toEqual({ kind: 'unknown', detail });
});

const standing = (answer: Scripted) =>
  scene({
    'POST /payments/payouts': [[400, duplicate()]],
    [`GET /payments/payouts/${batchId}`]: [answer],
  });

test('an id that was used leads to the first batch, asked at our own address', async () => {
  const { provider, sent } = standing([200, batch()]);
  const charge = { amountMinor: 1_275n, currency: 'GBP' };
  const fee = { amountMinor: 25n, currency: 'GBP' };
  expect(await provider.placeOrder(order)).toEqual({
    ...{ kind: 'accepted', providerOrder: batchId, final: true, charge, fee },
  });
  expect(sent.at(-1)?.url.origin).toBe(sandbox);
});

test.each([
  ['another amount', batch({}, [item({}, { amount: { currency: 'GBP', value: '12.51' } })])],
  ['another currency', batch({}, [item({}, { amount: { currency: 'EUR', value: '12.50' } })])],
  ['another kind of receiver', batch({}, [item({}, { recipient_type: 'PHONE' })])],
  ['another receiver', batch({}, [item({}, { receiver: 'canary.2@example.test' })])],
  ['another id of the item', batch({}, [item({}, { sender_item_id: 'another' })])],
  ['another id of the batch', batch({ sender_batch_header: { sender_batch_id: 'another' } })],
  ['another batch', batch({ payout_batch_id: 'ANOTHER' })],
  ['two items', batch({}, [item(), item()])],
  ['no id of ours', batch({ sender_batch_header: null }, [])],
])('a standing batch with %s is not ours', async (_, body) => {
  const { provider } = standing([200, body]);
  const outcome = await provider.placeOrder(order);
  expect(outcome).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
});

test('an address in capitals, or a number without its plus, is the same', async () => {
  const shouted = batch({}, [item({}, { receiver: 'Canary@Example.TEST' })]);
  const { provider } = standing([200, shouted]);
  expect(await provider.placeOrder(order)).toMatchObject({ kind: 'accepted' });
  const phone = { ...payee, receiverKind: 'phone', receiver: '+44 20 7946 0000' } as const;
  const numbered = item({}, { recipient_type: 'PHONE', receiver: '442079460000' });
  const { provider: byPhone } = standing([200, batch({}, [numbered])]);
  const placed = await byPhone.placeOrder({ ...order, payee: toSealable(phone) });
  expect(placed).toMatchObject({ kind: 'accepted' });
});

test.each([
  [[500, problem('INTERNAL_ERROR')]],
  [[404, problem('RESOURCE_NOT_FOUND')]],
  [undefined],
])('a standing batch that cannot be read leaves the payout unknown: %j', async (answer) => {
  const { provider } = standing(answer as Scripted);
  expect(await provider.placeOrder(order)).toMatchObject({ kind: 'unknown' });
});

test('a token is used again, and renewed once where it is refused', async () => {
  const refused = [401, { error: 'invalid_token' }] as const;
  const answers = [[200, batch()], refused, [200, batch()], refused, refused] as const;
  const { provider, sent } = scene({ [`GET /payments/payouts/${batchId}`]: answers });
  const find = () => provider.findOrder(reference, asked);
  const tokens = () => sent.filter(({ url }) => url.pathname === '/v1/oauth2/token').length;
  expect([(await find()).kind, tokens()]).toEqual(['accepted', 1]);
  expect([(await find()).kind, tokens()]).toEqual(['accepted', 2]);
  expect([await find(), tokens()]).toEqual([{ kind: 'unknown', detail: 'CREDENTIALS_REFUSED' }, 3]);
});
