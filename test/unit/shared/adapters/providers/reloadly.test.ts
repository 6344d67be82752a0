import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  createReloadly,
  reloadlyAdapter,
} from '../../../../../shared/adapters/providers/reloadly.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import {
  asked,
  card,
  order,
  placing,
  problem,
  reference,
  type Scripted,
  sandbox,
  scene,
  transaction,
} from './reloadly/scripted.ts';

const production = 'https://giftcards.reloadly.com';
const secret = {
  ...{ baseUrl: sandbox, clientId: 'canary-client', clientSecret: 'canary-secret' },
  webhookKey: 'canary-webhook-key',
};
const context = { clock: { now: () => instantOf(0) }, timeoutMs: 1_000 };

test.each([
  production,
  sandbox,
  `${sandbox}/`,
  'http://127.0.0.1:4011',
  'http://localhost:4011',
  'http://[::1]:4011',
])('%s is a base', (baseUrl) => {
  expect(createReloadly({ ...secret, ...context, baseUrl }).name).toBe('reloadly');
});

test.each([
  { baseUrl: 'http://giftcards.reloadly.com' },
  { baseUrl: 'https://topups.reloadly.com' },
  { baseUrl: `${sandbox}/canary` },
  { baseUrl: `${sandbox}?canary` },
  { baseUrl: 'https://canary:pass@giftcards.reloadly.com' },
  { baseUrl: 'https://giftcards.reloadly.com.evil.example' },
  { baseUrl: 'http://127.0.0.1.evil.example' },
  { baseUrl: 'no address' },
  { clientId: '' },
  { clientSecret: 'canary\nsecret' },
  { webhookKey: 'short' },
  { senderName: '' },
  { senderName: ' padded' },
  { senderName: 'x'.repeat(101) },
  { timeoutMs: 0 },
  { timeoutMs: 1.5 },
])('%j is refused, and no value is quoted', (change) => {
  let thrown: unknown;
  try {
    createReloadly({ ...secret, ...context, ...change });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(inspect(thrown)).not.toMatch(/Error:.*canary/);
});

test('an account is opened with its secret', () => {
  const full = { ...secret, webhookScheme: 'body', senderName: 'A shop' };
  expect(reloadlyAdapter.open(secret, context).name).toBe(reloadlyAdapter.name);
  expect(reloadlyAdapter.open(full, context).capabilities.repeatedReference).toBe('newOrder');
});

test.each([
  null,
  'canary',
  {},
  { ...secret, clientSecret: undefined },
  { ...secret, webhookScheme: 'canary' },
  { ...secret, clientId: 7 },
])('a secret that cannot be right is refused: %j', (broken) => {
  expect(() => reloadlyAdapter.open(broken, context)).toThrow(/secret of the Reloadly account/);
  expect(() => reloadlyAdapter.open(broken, context)).not.toThrow(/canary/);
});

test('an order is one card at its price, without the address of the member', async () => {
  const { provider, sent } = placing([200, transaction()]);
  await provider.placeOrder(order);
  const [token, placed, cards] = sent;
  expect(token).toMatchObject({ method: 'POST', url: 'https://auth.reloadly.com/oauth/token' });
  expect(JSON.parse(token?.body ?? '')).toEqual({
    ...{ client_id: 'canary-client', client_secret: 'canary-secret' },
    ...{ grant_type: 'client_credentials', audience: sandbox },
  });
  expect(placed).toMatchObject({ method: 'POST', url: `${sandbox}/orders` });
  expect(placed?.body).toBe(
    `{"productId":201,"quantity":1,"unitPrice":12.50,"customIdentifier":"${reference}",` +
      '"senderName":"Guerdon"}',
  );
  expect(placed?.headers).toMatchObject({
    authorization: 'Bearer token-1',
    accept: 'application/com.reloadly.giftcards-v1+json',
    'content-type': 'application/json',
  });
  expect(cards?.url).toBe(`${sandbox}/orders/transactions/4711/cards`);
  expect(sent).toHaveLength(3);
});

test('the receipt names who is set as the sender', async () => {
  const answers = { '/orders': [[200, transaction({ status: 'PENDING' })]] } as const;
  const { provider, sent } = scene(answers, { senderName: 'Kawiarnia „Pod Lipą”' });
  await provider.placeOrder(order);
  expect(sent[1]?.body).toContain('"senderName":"Kawiarnia „Pod Lipą”"');
});

test.each([['abc'], ['0'], ['-1'], ['1.5'], ['1e3'], ['9'.repeat(19)]])(
  'a product is named by its number: %s is thrown',
  async (product) => {
    const { provider, sent } = placing([200, transaction()]);
    await expect(provider.placeOrder({ ...order, products: [product] })).rejects.toThrow();
    expect(sent).toEqual([]);
  },
);

test.each([
  [transaction(), 1_752n],
  [transaction({ amount: 34.99536 }), 3_500n],
  [transaction({ amount: 34.994999 }), 3_499n],
  [transaction({ amount: null }), undefined],
  [transaction({ currencyCode: 'GOLD' }), undefined],
])('what it costs is booked to the nearest cent', async (answer, amountMinor) => {
  const outcome = await placing([200, answer]).provider.placeOrder(order);
  expect(outcome).toMatchObject({ kind: 'accepted', final: true });
  const charge = amountMinor === undefined ? undefined : { amountMinor, currency: 'USD' };
  expect(Reflect.get(outcome, 'charge')).toEqual(charge);
});

test.each([
  ['an array', [card], { value: 'AB12-CD34', pin: '0042' }],
  ['one object', card, { value: 'AB12-CD34', pin: '0042' }],
  ['digits only', '[{"cardNumber":6001234567890123456789,"pinCode":42}]', undefined],
  ['no pin', [{ cardNumber: ' AB12 ' }], { value: 'AB12' }],
  ['a pin only', [{ cardNumber: null, pinCode: 'XY' }], { value: 'XY' }],
  [
    'a page beside it',
    [{ ...card, redemptionUrl: 'https://redeem.example/x' }],
    { value: 'AB12-CD34', pin: '0042', website: 'https://redeem.example/x' },
  ],
  [
    'something else than a page beside it',
    [{ ...card, redemptionUrl: 'javascript:alert(1)' }],
    { value: 'AB12-CD34', pin: '0042' },
  ],
  [
    'a page only',
    [{ cardNumber: '', redemptionUrl: 'https://redeem.example/x' }],
    { kind: 'link', value: 'https://redeem.example/x' },
  ],
  [
    'a page for a number',
    [{ cardNumber: 'https://redeem.example/x' }],
    { kind: 'link', value: 'https://redeem.example/x' },
  ],
])('a card in the form of %s', async (_form, cards, expected) => {
  const outcome = await placing([200, transaction()], cards).provider.placeOrder(order);
  expect(outcome).toMatchObject({ kind: 'accepted', final: true, providerOrder: '4711' });
  if (outcome.kind !== 'accepted') return;
  const { kind, value, pin, website } = outcome.reward ?? {};
  const told = { kind, value: value?.reveal(), pin: pin?.reveal(), website: website?.reveal() };
  const digits = { value: '6001234567890123456789', pin: '42' };
  const absent = { pin: undefined, website: undefined };
  expect(told).toEqual({ kind: 'code', ...absent, ...(expected ?? digits) });
});

test.each<[string, Scripted, object]>([
  ['no card yet', [200, []], { kind: 'accepted', final: false }],
  ['its own 404', [404, problem('no such id')], { kind: 'accepted', final: false }],
  ['the 404 of another', [404, '<html>no</html>'], { kind: 'unknown', detail: 'NO_CARDS' }],
  ['two cards', [200, [card, card]], { kind: 'unknown', detail: 'CONTRADICTION' }],
  ['an empty card', [200, [{}]], { kind: 'unknown', detail: 'NO_CARDS' }],
  ['a card of spaces', [200, [{ cardNumber: ' ' }]], { kind: 'unknown', detail: 'NO_CARDS' }],
  [
    'a bad page only',
    [200, { redemptionUrl: 'http://plain.example' }],
    { kind: 'unknown', detail: 'NO_CARDS' },
  ],
])('a successful order with %s', async (_what, cards, expected) => {
  const answers = { '/orders': [[200, transaction()] as const] };
  const { provider } = scene({ ...answers, '/orders/transactions/4711/cards': [cards] });
  expect(await provider.placeOrder(order)).toMatchObject(expected);
});

test.each([
  ['another product', transaction({}, { productId: 202 })],
  ['two cards', transaction({}, { quantity: 2 })],
  ['a tenth of a cent more', transaction({}, { unitPrice: 12.501 })],
  ['another price', transaction({}, { unitPrice: 125 })],
  ['another currency', transaction({}, { currencyCode: 'EUR' })],
  ['no reference', transaction({ customIdentifier: null })],
  ['the reference in capitals', transaction({ customIdentifier: `${reference.toUpperCase()}A` })],
])('an order of %s is not ours', async (_what, answer) => {
  const outcome = await placing([200, answer]).provider.placeOrder(order);
  expect(outcome).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
});

test('a look-up takes any of the products that were asked for', async () => {
  const page = { content: [transaction()], last: true };
  const { provider } = scene({
    '/reports/transactions': [[200, page]],
    '/orders/transactions/4711/cards': [[200, card]],
  });
  const found = await provider.findOrder(reference, { ...asked, products: ['9', '201'] });
  expect(found).toMatchObject({ kind: 'accepted', final: true });
});
