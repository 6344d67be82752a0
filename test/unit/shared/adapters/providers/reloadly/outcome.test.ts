import { expect, test } from 'vitest';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import {
  asked,
  order,
  placing,
  problem,
  reference,
  type Scripted,
  scene,
  transaction,
} from './scripted.ts';

test.each<[Scripted, string, string]>([
  [[400, problem('The unit price is invalid')], 'permanent', 'BAD_REQUEST'],
  [[404, problem('Product not found')], 'permanent', 'PRODUCT_GONE'],
  [[422, problem('no')], 'permanent', 'INVALID_ORDER'],
  [[402, problem('no')], 'waitForFunds', 'OUT_OF_FUNDS'],
  [[400, problem('no', 'INSUFFICIENT_BALANCE')], 'waitForFunds', 'OUT_OF_FUNDS'],
  [[400, problem('You have insufficient funds')], 'waitForFunds', 'OUT_OF_FUNDS'],
  [[403, problem('no')], 'configuration', 'NOT_PERMITTED'],
  [[401, problem('no', 'INVALID_TOKEN')], 'configuration', 'TOKEN_REFUSED'],
  [[429, problem('slow down')], 'waitForLimit', 'RATE_LIMITED'],
  [
    [404, { timeStamp: 'now', status: 404, error: 'Not Found', message: '', path: '/' }],
    'permanent',
    'PRODUCT_GONE',
  ],
  [[200, transaction({ status: 'FAILED' })], 'permanent', 'ORDER_FAILED'],
  [[200, transaction({ status: 'REFUNDED' })], 'permanent', 'ORDER_REFUNDED'],
])('%j is rejected: %s, %s', async (answer, reason, detail) => {
  const outcome = await placing(answer).provider.placeOrder(order);
  expect(outcome).toEqual({ kind: 'rejected', reason, detail });
});

test.each<[Scripted, string]>([
  [[400, problem('The customIdentifier is used already')], 'REFERENCE_CONFLICT'],
  [[400, problem('no', 'DUPLICATE_TRANSACTION')], 'REFERENCE_CONFLICT'],
  [[409, problem('no')], 'REFERENCE_CONFLICT'],
  [[418, problem('no')], 'UNEXPECTED_STATUS'],
  [[400, { message: 'no' }], 'UNEXPECTED_STATUS'],
  [[401, '<html>no</html>'], 'UNEXPECTED_STATUS'],
  [[402, { error: 'no' }], 'UNEXPECTED_STATUS'],
  [[429, '<html>slow down</html>'], 'UNEXPECTED_STATUS'],
  [[500, problem('insufficient balance')], 'SERVER_ERROR'],
  [[503, '<html>'], 'SERVER_ERROR'],
  [[201, transaction()], 'UNEXPECTED_STATUS'],
  [[200, problem('no')], 'UNEXPECTED_FORM'],
])('%j is unknown: %s', async (answer, detail) => {
  const outcome = await placing(answer).provider.placeOrder(order);
  expect(outcome).toEqual({ kind: 'unknown', detail });
});

test.each(['PENDING', 'PROCESSING', 'toString', 'successful'])(
  '%s is not final',
  async (status) => {
    const { provider, sent } = placing([200, transaction({ status })]);
    expect(await provider.placeOrder(order)).toMatchObject({ kind: 'accepted', final: false });
    expect(sent).toHaveLength(2);
  },
);

const emptyPage = { content: [], last: true };
const listing = (...pages: readonly object[]) =>
  scene({
    '/reports/transactions': pages.map((page) => [200, page] as const),
    '/orders/transactions/': [[200, [{ cardNumber: 'AB' }]]],
  });

test('a list is asked by our identifier, from page 1', async () => {
  const { provider, sent } = listing(emptyPage);
  await provider.findOrder(reference, asked);
  const { pathname, searchParams } = new URL(sent[1]?.url ?? '');
  expect(pathname).toBe('/reports/transactions');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ customIdentifier: reference, page: '1', size: '200' },
  });
});

test('absence is certain only ten minutes after the order was asked for', async () => {
  const { provider, pass } = listing(emptyPage);
  const since = instantOf(Date.UTC(2026, 0, 15, 12));
  const found = () => provider.findOrder(reference, { ...asked, since });
  const notYet = { kind: 'unknown', detail: 'NOT_YET_LISTED' };
  expect(await found()).toEqual(notYet);
  pass(600_000);
  expect(await found()).toEqual(notYet);
  pass(1);
  expect(await found()).toEqual({ kind: 'notFound' });
});

test('an answer that takes long does not age what it says', async () => {
  let isSlow = true;
  const answer = () => {
    if (isSlow) slow.pass(3_600_000);
    isSlow = false;
    return emptyPage;
  };
  const slow = scene({ '/reports/transactions': [[200, answer]] });
  const since = instantOf(Date.UTC(2026, 0, 15, 12));
  const found = () => slow.provider.findOrder(reference, { ...asked, since });
  expect(await found()).toEqual({ kind: 'unknown', detail: 'NOT_YET_LISTED' });
  expect(await found()).toEqual({ kind: 'notFound' });
});

const twoOrders = { kind: 'unknown', detail: 'TWO_ORDERS' };
const contradiction = { kind: 'unknown', detail: 'CONTRADICTION' };
const other = (change: object) => transaction({ transactionId: 4_712, ...change });

test.each<[string, readonly object[], object]>([
  ['two orders', [{ content: [transaction(), other({})], last: true }], twoOrders],
  [
    'a second order on a later page',
    [
      { content: [transaction()], last: false },
      { content: [other({ status: 'FAILED' })], last: true },
    ],
    twoOrders,
  ],
  [
    'one order twice, since the pages have shifted',
    [
      { content: [transaction()], last: false },
      { content: [transaction()], last: true },
    ],
    { kind: 'accepted', final: true },
  ],
  [
    'a longer name that holds ours',
    [{ content: [transaction(), other({ customIdentifier: `${reference}-2` })], last: true }],
    { kind: 'accepted', final: true },
  ],
  [
    'orders that nobody asked for',
    [{ content: [other({ customIdentifier: 'another' }), transaction()], last: true }],
    contradiction,
  ],
  [
    'nameless orders',
    [{ content: [other({ customIdentifier: null })], last: true }],
    contradiction,
  ],
  ['no end', [{ content: [], last: false }], { kind: 'unknown', detail: 'LIST_TOO_LONG' }],
  ['no word of an end', [{ content: [] }], { kind: 'unknown', detail: 'UNEXPECTED_FORM' }],
])('a list with %s', async (_what, pages, expected) => {
  expect(await listing(...pages).provider.findOrder(reference, asked)).toMatchObject(expected);
});

test.each<[Scripted, string]>([
  [[400, problem('no')], 'UNEXPECTED_STATUS'],
  [[404, problem('no')], 'UNEXPECTED_STATUS'],
  [[401, problem('no')], 'TOKEN_REFUSED'],
  [[403, problem('no')], 'NOT_PERMITTED'],
  [[429, problem('no')], 'RATE_LIMITED'],
  [[502, 'no'], 'SERVER_ERROR'],
  [[200, 'no'], 'NOT_JSON'],
])('a look-up that meets %j says nothing of the order: %s', async (answer, detail) => {
  const { provider } = scene({ '/reports/transactions': [answer] });
  expect(await provider.findOrder(reference, asked)).toEqual({ kind: 'unknown', detail });
});
