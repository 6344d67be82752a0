import { expect, test } from 'vitest';
import { tangoAdapter } from '../../../../../shared/adapters/providers/tango.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import {
  asked,
  basicSecret,
  now,
  order,
  problem,
  reference,
  scripted,
  wireReference,
} from './tango/scripted.ts';

const context = { clock: { now: () => now }, timeoutMs: 1_000 };
const dayMs = 86_400_000;

test('the secret is parsed, and no error quotes what stands in it', () => {
  expect(tangoAdapter.open(basicSecret, context).name).toBe('tango');
  const broken = [
    { ...basicSecret, platformKey: 'short' },
    { ...basicSecret, webhookKey: 'canary' },
    { ...basicSecret, canaryField: 'canary' },
    { ...basicSecret, accountIdentifier: 'canary account' },
    { ...basicSecret, clientId: 'canary', clientSecret: 'canary-secret' },
    { ...basicSecret, platformKey: undefined },
    { ...basicSecret, platformName: 'canary:name' },
    { ...basicSecret, baseUrl: 'https://canary.example/raas/v2' },
    'canary',
    undefined,
  ];
  for (const secret of broken) {
    const open = () => tangoAdapter.open(secret, context);
    expect(open).toThrow(/Tango/);
    expect(open).not.toThrow(/canary/);
  }
});

test('an order goes out once: no dashes, exact digits, nobody named, nobody mailed', async () => {
  const { provider, sent } = scripted(() => [201, order]);
  await provider.placeOrder(asked);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.url.href).toBe('https://integration-api.tangocard.com/raas/v2/orders');
  expect(sent[0]?.authorization).toMatch(/^Basic /);
  expect(sent[0]?.body).toBe(
    '{"customerIdentifier":"programs","accountIdentifier":"rewards",' +
      `"externalRefID":"${wireReference}","utid":"U000003","amount":12.50,"deliveryMethod":"NONE"}`,
  );
});

test.each([
  ['another item', { utid: 'U000004' }],
  ['another account', { accountIdentifier: 'others' }],
  ['a reference with dashes', { externalRefID: reference }],
  ['no reference', { externalRefID: null }],
  ['a fraction of a penny', { denomination: { value: 12.501, currencyCode: 'GBP' } }],
])('the answer 200 of a used reference is not believed: %s', async (_, change) => {
  const { provider } = scripted(() => [200, { ...order, ...change }]);
  const outcome = await provider.placeOrder(asked);
  expect(outcome).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
});

test('what is charged is the total in the currency of the account', async () => {
  const { provider } = scripted(() => [201, order]);
  const charge = { amountMinor: 1_650n, currency: 'USD' };
  expect(await provider.placeOrder(asked)).toMatchObject({ kind: 'accepted', final: true, charge });
});

test.each([
  ['PARTIAL', { kind: 'unknown', detail: 'PARTIAL_ORDER' }],
  ['PENDING', { kind: 'accepted', final: false }],
  ['FAILED', { kind: 'rejected', reason: 'permanent', detail: 'ORDER_FAILED' }],
  ['CANCELLED', { kind: 'rejected', reason: 'permanent', detail: 'ORDER_CANCELED' }],
  ['BREWING', { kind: 'accepted', final: false }],
])('an order that is %s', async (status, expected) => {
  const { provider } = scripted(() => [201, { ...order, status }]);
  expect(await provider.placeOrder(asked)).toMatchObject(expected);
});

test('a complete order whose reward was cancelled is undone', async () => {
  const reward = { ...order.reward, rewardStatus: 'CANCELLED' };
  const { provider } = scripted(() => [200, { ...order, reward }]);
  expect(await provider.placeOrder(asked)).toMatchObject({ detail: 'ORDER_CANCELED' });
});

const page = (count: number) => ({ resultCount: count, totalCount: count });

test('an order of long ago is looked for in windows of less than 100 days', async () => {
  const { provider, sent } = scripted(({ url }) => {
    if (url.pathname.endsWith('/orders')) return [200, { orders: [], page: page(0) }];
    return problem('404.017');
  });
  const since = addMs(now, -250 * dayMs);
  expect(await provider.findOrder(reference, { ...asked, since })).toEqual({ kind: 'notFound' });
  expect(sent).toHaveLength(3);
  let expectedStart = addMs(since, -dayMs);
  for (const { url } of sent) {
    const [start, end] = ['startDate', 'endDate'].map((it) =>
      Date.parse(url.searchParams.get(it) ?? ''),
    );
    expect(start).toBe(expectedStart);
    expect((end ?? 0) - (start ?? 0)).toBeLessThan(100 * dayMs);
    expect(url.searchParams.get('externalRefID')).toBe(wireReference);
    expectedStart = addMs(now, (end ?? 0) - now);
  }
  expect(expectedStart).toBe(addMs(now, dayMs));
});

test.each([
  ['that there is none', problem('404.110'), 'notFound'],
  ['that the account is not there', problem('404.004'), 'unknown'],
  ['a 404 of nobody', [404, '<html></html>'] as const, 'unknown'],
])('a list that says %s', async (_, answer, kind) => {
  const { provider } = scripted(() => answer);
  expect((await provider.findOrder(reference, { ...asked, since: now })).kind).toBe(kind);
});

test('two orders under one reference, or one of another, are for a person to look at', async () => {
  const second = { ...order, referenceOrderID: 'RA2' };
  const others = { ...order, externalRefID: 'f'.repeat(32) };
  for (const orders of [[order, second], [others]]) {
    const { provider } = scripted(() => [200, { orders, page: page(orders.length) }]);
    const found = await provider.findOrder(reference, { ...asked, since: now });
    expect(found).toEqual({ kind: 'unknown', detail: 'CONTRADICTION' });
  }
});

test('an order of another account or of somebody else leads to no reference', async () => {
  for (const change of [{ accountIdentifier: 'others' }, { externalRefID: 'hand-made' }]) {
    const { provider } = scripted(() => [200, { ...order, ...change }]);
    const reading = { kind: 'order', webhookId: '1', providerOrder: 'RA1' } as const;
    expect(await provider.referenceOf(reading)).toBeUndefined();
  }
});

test('a cancellation is asked for by line item, of an order that is ours', async () => {
  const { provider, sent } = scripted(({ method }) =>
    method === 'GET' ? [200, order] : [202, '"Accepted"'],
  );
  const done = await provider.cancel({ reference, providerOrder: order.referenceOrderID });
  expect(done).toEqual({ kind: 'done' });
  expect(sent[1]?.url.pathname).toBe('/raas/v2/lineItems/L1/cancel');
  const other = reference.replace(/1$/, '2');
  expect(await provider.cancel({ reference: other, providerOrder: 'RA1' })).toEqual({
    ...{ kind: 'refused', detail: 'CONTRADICTION' },
  });
  expect(sent).toHaveLength(3);
});

test.each([
  [problem('403.003'), { kind: 'refused', detail: 'NOT_MAILED' }],
  [problem('403.004'), { kind: 'refused', detail: 'TOO_SOON' }],
  [problem('403.023'), { kind: 'refused', detail: 'TOO_SOON' }],
  [problem('404.017'), { kind: 'refused', detail: 'NAMES_UNKNOWN_THING' }],
  [problem('500.003'), { kind: 'unknown', detail: 'SERVER_ERROR' }],
  [[200, { id: 1 }] as const, { kind: 'unknown', detail: 'UNEXPECTED_STATUS' }],
  [[201, { id: 1 }] as const, { kind: 'done' }],
])('a resend that is answered %j', async (answer, expected) => {
  const { provider } = scripted(() => answer);
  const resend = { reference, providerOrder: 'RA1', recipientEmail: 'a@example.test' };
  expect(await provider.resend(resend)).toEqual(expected);
});
