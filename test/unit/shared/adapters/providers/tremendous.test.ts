import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { Fetch } from '../../../../../shared/adapters/providers/http.ts';
import {
  createTremendous,
  type TremendousSettings,
  tremendousAdapter,
} from '../../../../../shared/adapters/providers/tremendous.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { PlaceOrder } from '../../../../../shared/ports/provider.ts';

const production = 'https://api.tremendous.com/api/v2';
const sandbox = 'https://testflight.tremendous.com/api/v2';
const testKey = 'TEST_canary_key';
const productionKey = 'PROD_canary_key';

function settings(change: Partial<TremendousSettings>): TremendousSettings {
  const webhookKey = 'canary-webhook-key';
  return { baseUrl: sandbox, apiKey: testKey, webhookKey, timeoutMs: 1_000, ...change };
}

test.each([
  [sandbox, testKey],
  [`${sandbox}/`, testKey],
  [production, productionKey],
  [production, 'key-from-before-the-prefixes'],
  [sandbox, 'key-from-before-the-prefixes'],
  ['http://127.0.0.1:4011/api/v2', testKey],
  ['http://localhost:4011/api/v2', testKey],
  ['http://[::1]:4011/api/v2', testKey],
])('%s takes the key %s', (baseUrl, apiKey) => {
  expect(createTremendous(settings({ baseUrl, apiKey })).name).toBe('tremendous');
});

test.each([
  [production, testKey],
  [sandbox, productionKey],
  ['http://127.0.0.1:4011/api/v2', productionKey],
  ['http://127.0.0.1:4011/api/v2', 'key-from-before-the-prefixes'],
  ['http://api.tremendous.com/api/v2', productionKey],
  ['https://api.tremendous.com', productionKey],
  ['https://api.tremendous.com.evil.example/api/v2', productionKey],
  ['https://user:canary@api.tremendous.com/api/v2', productionKey],
  [`${production}?canary`, productionKey],
  ['http://127.0.0.1.evil.example/api/v2', testKey],
  ['no address', testKey],
  [sandbox, 'TEST_canary\nkey'],
  [sandbox, ''],
])('%s is refused with the key %j, which is not quoted', (baseUrl, apiKey) => {
  let thrown: unknown;
  try {
    createTremendous(settings({ baseUrl, apiKey }));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(inspect(thrown)).not.toMatch(/Error:.*canary/);
});

test.each([{ timeoutMs: 0 }, { timeoutMs: 1.5 }, { webhookKey: '' }])('%j is refused', (change) => {
  expect(() => createTremendous(settings(change))).toThrow();
});

interface Sent {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

function recording(answer: object, status = 200): { sent: Sent[]; fetch: Fetch } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (input, init) => {
    sent.push({ url: String(input), init });
    return new Response(JSON.stringify(answer), { status });
  };
  return { sent, fetch };
}

const reference = '11111111-2222-8333-8444-555555555501';
const order = {
  reference,
  products: ['CARD'],
  kind: 'eGiftCard',
  value: { amountMinor: 1_250n, currency: 'GBP' },
  ...{ country: 'GB', language: 'pl' },
  recipientEmail: 'person@example.test',
} as const satisfies PlaceOrder;

function reply(delivery: object, more: object = {}) {
  const value = { denomination: 12.5, currency_code: 'GBP' };
  const reward = { id: 'REWARD', value, delivery: { method: 'LINK', ...delivery } };
  const payment = { total: 15.88, currency_code: 'USD' };
  const rest = { id: 'ORDER', external_id: reference, status: 'EXECUTED', payment };
  return { order: { ...rest, rewards: [reward], ...more } };
}

const link = 'https://reward.example/abc';

test('an order by link, with all digits of its amount, paid from the balance', async () => {
  const { sent, fetch } = recording(reply({ status: 'SUCCEEDED', link }));
  await createTremendous(settings({ fetch })).placeOrder(order);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.url).toBe(`${sandbox}/orders`);
  expect(sent[0]?.init?.body).toBe(
    `{"external_id":"${reference}","payment":{"funding_source_id":"balance"},` +
      '"reward":{"products":["CARD"],"value":{"denomination":12.50,"currency_code":"GBP"},' +
      '"recipient":{"email":"person@example.test"},"delivery":{"method":"LINK"},"language":"pl"}}',
  );
  expect(sent[0]?.init?.headers).toMatchObject({ authorization: `Bearer ${testKey}` });
});

test('another funding source where one is set', async () => {
  const { sent, fetch } = recording(reply({ status: 'SUCCEEDED', link }));
  await createTremendous(settings({ fetch, fundingSource: 'CREDIT7' })).placeOrder(order);
  expect(sent[0]?.init?.body).toContain('"funding_source_id":"CREDIT7"');
});

const place = (answer: object, status = 200) =>
  createTremendous(settings({ fetch: recording(answer, status).fetch })).placeOrder(order);

test('the charge is in the money of the organisation', async () => {
  const outcome = await place(reply({ status: 'SUCCEEDED', link }));
  expect(outcome).toMatchObject({ charge: { amountMinor: 1_588n, currency: 'USD' } });
});

test.each([
  { payment: undefined },
  { payment: null },
  { payment: { total: '15.88', currency_code: 'USD' } },
  { payment: { total: 15.888, currency_code: 'USD' } },
  { payment: { total: 15, currency_code: 'GOLD' } },
])('a charge that cannot be read is left out: %j', async (more) => {
  const outcome = await place(reply({ status: 'SUCCEEDED', link }, more));
  expect(outcome).toMatchObject({ kind: 'accepted', final: true });
  expect(outcome).not.toHaveProperty('charge');
});

/** As `reply`, of a delivered order. */
function refunded(total: number) {
  const refund = { total, currency_code: 'USD' };
  const payment = { total: 15.88, currency_code: 'USD', refund };
  return reply({ status: 'SUCCEEDED', link }, { payment });
}

function productsTold(products: readonly string[]) {
  const { order: told } = reply({ status: 'SUCCEEDED', link });
  return { order: { ...told, rewards: told.rewards.map((each) => ({ ...each, products })) } };
}

test('who asks only what became of an order causes no new link', async () => {
  const { sent, fetch } = recording(reply({ status: 'SUCCEEDED' }));
  const { value, products } = order;
  const since = instantOf(Date.UTC(2026, 0, 1));
  const asked = { value, products, since, withoutReward: true } as const;
  const found = await createTremendous(settings({ fetch })).findOrder(reference, asked);
  expect(found).toMatchObject({ kind: 'accepted', final: true, providerOrder: 'ORDER' });
  expect(sent.map(({ url }) => url)).toEqual([`${sandbox}/orders/${reference}`]);
});

const notFinal = { kind: 'accepted', final: false };
const succeeded = { status: 'SUCCEEDED', link };
test.each([
  ['delivered, but the answer is 202', reply(succeeded), 202, notFinal],
  ['delivery waits', reply({ status: 'SCHEDULED' }), 200, notFinal],
  ['pending without rewards', reply({}, { status: 'OPEN', rewards: null }), 202, notFinal],
  ['a status named like a method', reply(succeeded, { status: 'toString' }), 200, notFinal],
  ['delivery failed', reply({ status: 'FAILED' }), 200, { detail: 'DELIVERY_FAILED' }],
  ['no rewards', reply({}, { rewards: [] }), 200, { detail: 'CONTRADICTION' }],
  ['other products', productsTold(['OTHER']), 200, { detail: 'CONTRADICTION' }],
  ['products of ours', productsTold(['CARD']), 200, { kind: 'accepted', final: true }],
  ['no products', productsTold([]), 200, { kind: 'accepted', final: true }],
  ['paid back', refunded(15.88), 200, { reason: 'permanent', detail: 'ORDER_REFUNDED' }],
  ['paid back in part', refunded(3), 200, { kind: 'unknown', detail: 'PARTLY_REFUNDED' }],
  ['nothing paid back', refunded(0), 200, { kind: 'accepted', final: true }],
  ['by mail', reply({ ...succeeded, method: 'EMAIL' }), 200, { detail: 'CONTRADICTION' }],
  ['no reference', reply(succeeded, { external_id: null }), 200, { detail: 'CONTRADICTION' }],
  [
    'a link to run code',
    reply({ status: 'SUCCEEDED', link: 'javascript:alert(1)' }),
    200,
    { kind: 'unknown', detail: 'UNEXPECTED_FORM' },
  ],
  ['failed', reply({}, { status: 'FAILED', rewards: [] }), 200, { reason: 'permanent' }],
  ['half a reward', reply({}), 200, { kind: 'unknown', detail: 'UNEXPECTED_FORM' }],
])('%s', async (_what, answer, status, expected) => {
  expect(await place(answer, status)).toMatchObject(expected);
});

test.each([
  [400, 'permanent', 'BAD_REQUEST'],
  [401, 'configuration', 'KEY_REFUSED'],
  [402, 'waitForFunds', 'OUT_OF_FUNDS'],
  [403, 'configuration', 'NOT_PERMITTED'],
  [404, 'permanent', 'NAMES_UNKNOWN_THING'],
  [422, 'permanent', 'INVALID_ORDER'],
  [429, 'waitForLimit', 'RATE_LIMITED'],
])('%i is rejected: %s, %s', async (status, reason, detail) => {
  const expected = { kind: 'rejected', reason, detail };
  expect(await place({ errors: { message: 'no' } }, status)).toEqual(expected);
  expect(await place({ error: { message: 'no', payload: {} } }, status)).toEqual(expected);
});

test.each([400, 404, 409, 422])('%i from a stranger is unknown', async (status) => {
  expect(await place({ message: 'no' }, status)).toMatchObject({ kind: 'unknown' });
});

test.each([206, 408, 409, 418, 500, 502, 503, 504])('%i is unknown', async (status) => {
  expect(await place({ errors: { message: 'no' } }, status)).toMatchObject({ kind: 'unknown' });
});

test('a product in one of its currencies is ordered by its own id', async () => {
  const { sent, fetch } = recording(productsTold(['CARD']));
  const outcome = await createTremendous(settings({ fetch })).placeOrder({
    ...order,
    products: ['CARD@GBP'],
  });
  expect(sent[0]?.init?.body).toContain('"products":["CARD"]');
  expect(outcome).toMatchObject({ kind: 'accepted', final: true });
});

const context = { clock: { now: () => instantOf(0) }, timeoutMs: 1_000 };
const secret = { baseUrl: sandbox, apiKey: testKey, webhookKey: 'canary-webhook-key' };

test('an account is opened with what its secret says', async () => {
  const { sent, fetch } = recording(reply({ status: 'SUCCEEDED', link }));
  const funded = { ...secret, fundingSource: 'CREDIT7', more: 'unread' };
  await tremendousAdapter.open(funded, { ...context, fetch }).placeOrder(order);
  expect(sent[0]?.init?.body).toContain('"funding_source_id":"CREDIT7"');
});

test.each([
  [undefined],
  ['canary'],
  [{ ...secret, apiKey: undefined }],
  [{ ...secret, webhookKey: ['canary'] }],
  [{ ...secret, fundingSource: 'canary/..' }],
])('a secret that is %j is refused, and not quoted', (broken) => {
  expect(() => tremendousAdapter.open(broken, context)).toThrow(/^The secret of the Tremendous/);
});
