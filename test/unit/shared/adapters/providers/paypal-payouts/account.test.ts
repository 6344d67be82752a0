import { expect, test } from 'vitest';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import { collected } from '../../../../../providers/certification/on-stage.ts';
import { nowMs, reference, type Scripted, scene } from './scripted.ts';

const dayMs = 86_400_000;
const money = (value: string, currency_code = 'GBP') => ({ currency_code, value });

const transaction = (id: string, change: object = {}) => ({
  transaction_info: {
    ...{ transaction_id: id, transaction_event_code: 'T0001', transaction_status: 'S' },
    ...{ transaction_initiation_date: '2026-01-10T11:30:00+0000', custom_field: reference },
    ...{ transaction_amount: money('-12.50'), fee_amount: money('-0.25') },
    ...change,
  },
});
const pageOf = (transactions: readonly object[], total_pages = 1): Scripted =>
  [...[200, { transaction_details: transactions, total_pages }]] as unknown as Scripted;

const books = (pages: readonly Scripted[]) => scene({ 'GET /reporting/transactions': pages });
const period = (days: number) => ({ from: instantOf(nowMs - days * dayMs), to: instantOf(nowMs) });

test('a charge is the amount with its fee, under our reference', async () => {
  const { provider, sent } = books([pageOf([transaction('A')])]);
  expect(await collected(provider.settlements(period(10)))).toEqual([
    {
      ...{ id: 'A', kind: 'charge', at: Date.UTC(2026, 0, 10, 11, 30), reference },
      amount: { amountMinor: -1_275n, currency: 'GBP' },
    },
  ]);
  expect(Object.fromEntries(sent.at(-1)?.url.searchParams ?? [])).toEqual({
    ...{ start_date: '2026-01-05T12:00:00.000Z', end_date: '2026-01-15T12:00:00.000Z' },
    ...{ fields: 'transaction_info', page: '1', page_size: '500' },
  });
});

test.each([
  ['T1114', 'refund'],
  ['T1115', 'refund'],
  ['T1503', 'other'],
  ['T1105', 'other'],
  ['T0104', 'other'],
  ['T0300', 'funding'],
  ['T9999', 'other'],
])('%s is %s', async (transaction_event_code, kind) => {
  const { provider } = books([pageOf([transaction('A', { transaction_event_code })])]);
  expect(await collected(provider.settlements(period(10)))).toMatchObject([{ kind }]);
});

test('a denied line moves nothing; a fee in another currency is a line', async () => {
  const denied = transaction('A', { transaction_status: 'D' });
  const dollars = transaction('B', { fee_amount: money('-0.35', 'USD') });
  const { provider } = books([pageOf([denied, dollars])]);
  const lines = await collected(provider.settlements(period(10)));
  expect(lines.map(({ id, amount }) => [id, amount.amountMinor, amount.currency])).toEqual([
    ['B', -1_250n, 'GBP'],
    ['B-fee', -35n, 'USD'],
  ]);
});

test('a long period is read in windows of at most 31 days, each to its last page', async () => {
  const { provider, sent } = books([pageOf([], 2), pageOf([], 2), pageOf([]), pageOf([])]);
  await collected(provider.settlements(period(70)));
  const asked = sent.slice(1).map(({ url }) => url.searchParams);
  expect(asked.map((query) => query.get('page'))).toEqual(['1', '2', '1', '1']);
  const windows = asked.map((query) => [query.get('start_date'), query.get('end_date')] as const);
  for (const [from, to] of windows) {
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBeLessThanOrEqual(31 * dayMs);
  }
  expect(windows[0]?.[0]).toBe('2025-11-06T12:00:00.000Z');
  expect(windows[1]?.[1]).toBe(windows[2]?.[0]);
  expect(windows.at(-1)?.[1]).toBe('2026-01-15T12:00:00.000Z');
});

test('a movement on the edge of two windows is one line', async () => {
  const edge = new Date(nowMs - 60 * dayMs + 31 * dayMs).toISOString();
  const line = transaction('A', { transaction_initiation_date: edge });
  const { provider } = books([pageOf([line])]);
  expect(await collected(provider.settlements(period(60)))).toHaveLength(1);
});

test.each([
  { transaction_amount: money('canary') },
  { transaction_amount: money('1.00', 'canary') },
  { fee_amount: money('0.001') },
  { transaction_initiation_date: 'canary' },
])('a line that cannot be read makes all unreadable: %j', async (change) => {
  const { provider } = books([pageOf([transaction('A'), transaction('B', change)])]);
  const read = collected(provider.settlements(period(10)));
  await expect(read).rejects.toThrow('could not be read');
});

test('balances are what can be paid out of', async () => {
  const balances = [
    { currency: 'GBP', total_balance: money('20.00'), available_balance: money('15.50') },
    { currency: 'JPY', total_balance: money('700', 'JPY') },
  ];
  const { provider } = scene({ 'GET /reporting/balances': [[200, { balances }]] });
  expect(await provider.balances()).toEqual([
    { amountMinor: 1_550n, currency: 'GBP' },
    { amountMinor: 700n, currency: 'JPY' },
  ]);
});
