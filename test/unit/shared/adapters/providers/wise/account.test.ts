import { expect, test } from 'vitest';
import { instantOf, parseInstant } from '../../../../../../shared/domain/time.ts';
import type { SettlementLine } from '../../../../../../shared/ports/provider.ts';
import { type Reply, scene } from './scripted.ts';

const at = (text: string) => parseInstant(text) ?? instantOf(0);
const balancesCall = 'GET /v4/profiles/30000001/balances';
const statementCall = 'GET /v1/profiles/30000001/balance-statements/200/statement.json';
const held = (value: number, currency = 'EUR') => ({ value, currency });

const balances: Reply = [
  200,
  [{ id: 200, currency: 'EUR', amount: held(12.34), reservedAmount: held(1) }],
];

function row(value: number, referenceNumber: string | null, type = 'TRANSFER') {
  return {
    type: value < 0 ? 'DEBIT' : 'CREDIT',
    ...{ date: '2026-05-01T10:00:00.123456Z', amount: held(value), details: { type } },
    referenceNumber,
  };
}

async function linesOf(
  provider: ReturnType<typeof scene>['provider'],
  from = at('2026-05-01T00:00:00Z'),
  to = at('2026-05-02T00:00:00Z'),
) {
  const lines: SettlementLine[] = [];
  for await (const line of provider.settlements({ from, to })) lines.push(line);
  return lines;
}

test('every balance is told', async () => {
  const { provider } = scene({ [balancesCall]: balances });
  expect(await provider.balances()).toEqual([{ amountMinor: 1_234n, currency: 'EUR' }]);
});

test.each([
  [500, 'a page'],
  [200, {}],
  [200, [{ id: 200, currency: 'EUR', amount: held(0.001) }]],
  [200, [{ id: 200, currency: 'XXX', amount: held(1, 'XXX') }]],
] as readonly Reply[])('balances answered %j cannot be read: %j', async (...reply) => {
  const { provider } = scene({ [balancesCall]: reply });
  await expect(provider.balances()).rejects.toThrow('could not be read');
});

test('a row is what left or came, with its transfer where it names one', async () => {
  const rows = [
    row(-15.48, 'TRANSFER-50'),
    row(15.48, 'TRANSFER-50'),
    row(100, 'BALANCE-1', 'MONEY_ADDED'),
    row(7, 'TRANSFER-x', 'DEPOSIT'),
    row(-3, null, 'CARD'),
    row(2, 'INTEREST-1', 'BALANCE_INTEREST'),
    row(-15.48, 'TRANSFER-50'),
  ];
  const replies = { [balancesCall]: balances, [statementCall]: [200, { transactions: rows }] };
  const lines = await linesOf(scene(replies as never).provider);
  expect(lines.map(({ kind, amount }) => [kind, amount.amountMinor])).toEqual([
    ['charge', -1_548n],
    ['refund', 1_548n],
    ['funding', 10_000n],
    ['funding', 700n],
    ['other', -300n],
    ['other', 200n],
    ['charge', -1_548n],
  ]);
  expect(lines.map(({ providerOrder }) => providerOrder)).toEqual([
    ...['50', '50', undefined, undefined, undefined, undefined, '50'],
  ]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(rows.length);
  expect(await linesOf(scene(replies as never).provider)).toEqual(lines);
});

test('a period that is longer than a statement is read in parts', async () => {
  const statement: Reply = [200, { transactions: [row(-15.48, 'TRANSFER-50')] }];
  const { provider, made } = scene({ [balancesCall]: balances, [statementCall]: statement });
  const [from, to] = [at('2025-01-01T00:00:00Z'), at('2026-07-01T00:00:00Z')];
  expect(await linesOf(provider, from, to)).toHaveLength(1);
  const periods = made.slice(1).map(({ query }) => {
    const [start, end] = ['intervalStart', 'intervalEnd'].map((name) => at(query.get(name) ?? ''));
    return (Number(end) - Number(start)) / 86_400_000;
  });
  expect(periods).toEqual([468, 78]);
  expect(made[1]?.query.get('type')).toBe('COMPACT');
});

test.each([
  [403, { error: 'needs another signature' }],
  [200, { transactions: [{ ...row(-1, 'TRANSFER-50'), date: 'some day' }] }],
  [200, { transactions: [row(-0.001, 'TRANSFER-50')] }],
] as readonly Reply[])('a statement answered %j cannot be read: %j', async (...reply) => {
  const { provider } = scene({ [balancesCall]: balances, [statementCall]: reply });
  await expect(linesOf(provider)).rejects.toThrow('could not be read');
});
