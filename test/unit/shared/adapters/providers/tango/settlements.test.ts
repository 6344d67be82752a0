import { expect, test } from 'vitest';
import { addMs, parseInstant } from '../../../../../../shared/domain/time.ts';
import type { SettlementLine } from '../../../../../../shared/ports/provider.ts';
import { now, order, reference, scripted } from './scripted.ts';

const dayMs = 86_400_000;
const period = { from: addMs(now, -dayMs), to: now };

type Listed = { readonly orders: readonly object[]; readonly totalCount: number };

async function read(pages: readonly Listed[], over = period): Promise<readonly SettlementLine[]> {
  const { provider } = scripted(({ url }) => {
    const page = pages[Number(url.searchParams.get('page'))] ?? { orders: [], totalCount: 2 };
    return [200, { orders: page.orders, page: { totalCount: page.totalCount } }];
  });
  const lines: SettlementLine[] = [];
  for await (const line of provider.settlements(over)) lines.push(line);
  return lines;
}

const alone = (change: object) => [{ orders: [{ ...order, ...change }], totalCount: 1 }];
const about = { at: parseInstant(order.createdAt), providerOrder: order.referenceOrderID };

test('what was charged, and under which of our references', async () => {
  const amount = { amountMinor: -1_650n, currency: 'USD' };
  expect(await read(alone({}))).toEqual([
    { id: order.referenceOrderID, kind: 'charge', amount, reference, ...about },
  ]);
  const [others] = await read(alone({ externalRefID: 'hand-made' }));
  expect(others).not.toHaveProperty('reference');
});

test('of a cancelled order all but the fee comes back; a failed one was never there', async () => {
  expect(await read(alone({ status: 'CANCELLED' }))).toMatchObject([
    { kind: 'charge', amount: { amountMinor: -1_650n } },
    { kind: 'refund', amount: { amountMinor: 1_600n }, id: `${order.referenceOrderID}-refund` },
  ]);
  expect(await read(alone({ status: 'FAILED' }))).toEqual([]);
});

test('rows outside of the period are not of it: its end belongs to the next one', async () => {
  for (const at of [period.to, addMs(period.from, -1)]) {
    expect(await read(alone({ createdAt: new Date(at).toISOString() }))).toEqual([]);
  }
  expect(await read(alone({ createdAt: new Date(period.from).toISOString() }))).toHaveLength(1);
});

test('a row that moved to the next page is read once', async () => {
  const second = { ...order, referenceOrderID: 'RA2' };
  const pages = [
    { orders: [order], totalCount: 2 },
    { orders: [order, second], totalCount: 2 },
  ];
  expect((await read(pages)).map(({ id }) => id)).toEqual([order.referenceOrderID, 'RA2']);
});

test.each([
  ['pages end before all was shown', [{ orders: [order], totalCount: 2 }]],
  ['a row has no date', alone({ createdAt: null })],
  ['a row has no charge', alone({ amountCharged: { value: 'much', currencyCode: 'USD' } })],
  ['the count is none', [{ orders: [], totalCount: -1 }]],
])('nothing counts where %s', async (_, pages) => {
  await expect(read(pages)).rejects.toThrow('tango could not be read');
});

test('a long period is read in windows, each row in its own', async () => {
  const from = addMs(now, -250 * dayMs);
  const lines = await read(alone({}), { from, to: now });
  expect(lines).toHaveLength(1);
});
