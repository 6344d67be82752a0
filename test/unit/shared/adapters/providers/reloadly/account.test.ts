import { expect, test } from 'vitest';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import { collected } from '../../../../../providers/certification/on-stage.ts';
import { problem, reference, scene, transaction } from './scripted.ts';

const from = instantOf(Date.UTC(2026, 0, 15));
const to = instantOf(Date.UTC(2026, 0, 16));
const at = instantOf(Date.UTC(2026, 0, 15, 11, 30));

const booksOf = (...content: readonly object[]) =>
  scene({ '/reports/transactions': [[200, { content, last: true }]] });
const linesOf = (...content: readonly object[]) =>
  collected(booksOf(...content).provider.settlements({ from, to }));

const charge = {
  ...{ id: '4711', kind: 'charge', at, providerOrder: '4711', reference },
  amount: { amountMinor: -1_752n, currency: 'USD' },
};

test('an order is a charge at its time, which is taken as UTC', async () => {
  expect(await linesOf(transaction())).toEqual([charge]);
});

test('the period is asked to the second, in UTC', async () => {
  const { provider, sent } = booksOf();
  await collected(provider.settlements({ from, to }));
  const { searchParams } = new URL(sent[1]?.url ?? '');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ startDate: '2026-01-15 00:00:00', endDate: '2026-01-16 00:00:00' },
    ...{ page: '1', size: '200' },
  });
});

test('an order that was undone is a charge and its refund', async () => {
  expect(await linesOf(transaction({ status: 'REFUNDED' }))).toEqual([
    charge,
    {
      ...{ ...charge, id: '4711-refund', kind: 'refund' },
      amount: { amountMinor: 1_752n, currency: 'USD' },
    },
  ]);
});

test('a failed order costs nothing, one that is under way does', async () => {
  expect(await linesOf(transaction({ status: 'FAILED' }))).toEqual([]);
  expect(await linesOf(transaction({ status: 'PROCESSING' }))).toEqual([charge]);
});

test('an identifier that is none of ours is not handed on', async () => {
  const [line] = await linesOf(transaction({ customIdentifier: 'a person@example.test' }));
  expect(line).not.toHaveProperty('reference');
});

test('a line stands in one period only, and once', async () => {
  const beside = ['2026-01-14 23:59:59', '2026-01-16 00:00:00', '2026-01-15 00:00:00'].map(
    (transactionCreatedTime, index) =>
      transaction({ transactionId: index + 1, transactionCreatedTime }),
  );
  const lines = await linesOf(...beside, transaction(), transaction());
  expect(lines.map(({ id }) => id)).toEqual(['3', '4711']);
});

test.each([
  { amount: null },
  { currencyCode: 'GOLD' },
  { transactionCreatedTime: null },
  { transactionCreatedTime: 'yesterday' },
  { transactionCreatedTime: '2026-02-30 00:00:00' },
])('books with a line that cannot be read are not read at all: %j', async (change) => {
  await expect(linesOf(transaction(), transaction(change))).rejects.toThrow('could not be read');
});

test.each([
  ['12.5', 1_250n],
  ['12.505', 1_251n],
  ['-0.01', -1n],
  ['90071992547409.93', 9_007_199_254_740_993n],
])('a balance of %s', async (digits, amountMinor) => {
  const text = `{"balance":${digits},"currencyCode":"USD","updatedAt":"2026-01-01 00:00:00"}`;
  const { provider } = scene({ '/accounts/balance': [[200, text]] });
  expect(await provider.balances()).toEqual([{ amountMinor, currency: 'USD' }]);
});

test.each(['{"balance":1,"currencyCode":"GOLD"}', '{"balance":"1","currencyCode":"USD"}'])(
  'a balance that cannot be read: %s',
  async (text) => {
    const { provider } = scene({ '/accounts/balance': [[200, text]] });
    await expect(provider.balances()).rejects.toThrow('could not be read');
  },
);

test('a webhook that names no reference is followed by the transaction', async () => {
  const reading = { kind: 'order', webhookId: '1', providerOrder: '4711' } as const;
  const reads = (status: number, body: unknown) =>
    scene({ '/reports/transactions/4711': [[status, body]] }).provider.referenceOf(reading);
  expect(await reads(200, transaction())).toBe(reference);
  expect(await reads(200, transaction({ customIdentifier: null }))).toBeUndefined();
  expect(await reads(200, transaction({ customIdentifier: 'not ours' }))).toBeUndefined();
  expect(await reads(404, problem('no such id'))).toBeUndefined();
  await expect(reads(404, '<html>')).rejects.toThrow('could not be read');
  await expect(reads(500, problem('sorry'))).rejects.toThrow('could not be read');
});
