import { expect, test } from 'vitest';
import { instantOf } from '../../../../../../shared/domain/time.ts';
import type { RewardProvider, SettlementLine } from '../../../../../../shared/ports/provider.ts';
import { answered, type Reply } from './answered.ts';

const balance = (meta: object, method = 'balance'): Reply => ({ funding_source: { method, meta } });

async function balancesOf(reply: Reply) {
  const { provider, calls } = answered({ '/funding_sources/BALANCE': reply });
  const balances = await provider.balances();
  expect(calls).toEqual(['GET /funding_sources/BALANCE']);
  return balances;
}

test('the balance is read from the source itself', async () => {
  const meta = { available_amount: 1234.5, pending_amount: 9, currency_code: 'USD' };
  const money = { amountMinor: 123_450n, currency: 'USD' };
  expect(await balancesOf(balance(meta))).toEqual([money]);
  expect(await balancesOf(balance({ ...meta, available_amount: 0 }))).toEqual([
    { ...money, amountMinor: 0n },
  ]);
  expect(await balancesOf(balance(meta, 'invoice'))).toEqual([]);
});

test.each([
  [{}],
  [{ available_amount: null, currency_code: 'USD' }],
  [{ available_amount: 5 }],
  [{ available_amount: '5.00', currency_code: 'USD' }],
  [{ available_amount: 5.005, currency_code: 'USD' }],
  [{ available_amount: 5, currency_code: 'XXX' }],
])('a balance of %j cannot be read', async (meta) => {
  await expect(balancesOf(balance(meta))).rejects.toThrow('tremendous could not be read.');
});

const from = instantOf(Date.UTC(2026, 0, 1));
const to = instantOf(Date.UTC(2026, 0, 2));

async function linesOf(provider: RewardProvider): Promise<readonly SettlementLine[]> {
  const lines: SettlementLine[] = [];
  for await (const line of provider.settlements({ from, to })) lines.push(line);
  return lines;
}

const order = { id: 'ORDER', external_id: 'our-reference' };
const charge = {
  ...{ created_at: '2026-01-01T10:00:00Z', amount: -12.5, currency_code: 'USD', balance: null },
  ...{ action: 'order', description: 'canary', order },
};

/** The list once, and then nothing more. */
function booksOf(transactions: readonly object[]) {
  const pages: Record<string, Reply> = {
    get '/balance_transactions'() {
      return { transactions: transactions.slice(read++ * 3, read * 3) };
    },
  };
  let read = 0;
  return answered(pages);
}

test('what moved, in our words, page by page, until there is no more', async () => {
  const { provider, calls } = booksOf([
    { ...charge, created_at: '2026-01-02T00:00:00Z' },
    { ...charge, amount: 12.5, action: 'refund' },
    charge,
    { ...charge, amount: 1_000, order: null },
    { ...charge, amount: -1, order: undefined },
    { ...charge, order: { id: 'ORDER', external_id: null }, created_at: '2026-01-01T00:00:00Z' },
    { ...charge, created_at: '2025-12-31T23:59:59Z' },
  ]);
  const said = { reference: 'our-reference', providerOrder: 'ORDER' };
  const at = instantOf(Date.UTC(2026, 0, 1, 10));
  const usd = (amountMinor: bigint) => ({ amount: { amountMinor, currency: 'USD' } });
  const id = expect.stringMatching(/^[\w-]{22}$/);
  expect(await linesOf(provider)).toEqual([
    { id, kind: 'refund', at, ...usd(1_250n), ...said },
    { id, kind: 'charge', at, ...usd(-1_250n), ...said },
    { id, kind: 'funding', at, ...usd(100_000n) },
    { id, kind: 'other', at, ...usd(-100n) },
    { id, kind: 'charge', at: from, ...usd(-1_250n), providerOrder: 'ORDER' },
  ]);
  const period =
    'created_at%5Bgte%5D=2026-01-01T00%3A00%3A00.000Z' +
    '&created_at%5Blte%5D=2026-01-02T00%3A00%3A00.000Z';
  const page = (offset: number) => `GET /balance_transactions?offset=${offset}&limit=500&${period}`;
  expect(calls).toEqual([page(0), page(3), page(6), page(7)]);
});

test('equal movements are two; the same list again has the same ids', async () => {
  const list = [charge, charge, { ...charge, amount: -13 }];
  const ids = async () => (await linesOf(booksOf(list).provider)).map(({ id }) => id);
  const first = await ids();
  expect(new Set(first).size).toBe(3);
  expect(await ids()).toEqual(first);
});

test.each([
  [{ amount: -12.505 }],
  [{ amount: '12.5' }],
  [{ currency_code: 'XXX' }],
  [{ created_at: 'yesterday' }],
  [{ created_at: undefined }],
])('books with a line of %j cannot be read', async (change) => {
  const { provider } = booksOf([charge, { ...charge, ...change }]);
  await expect(linesOf(provider)).rejects.toThrow('tremendous could not be read.');
});
