import { join } from 'node:path';
import { runImport } from '../../infra/cli/import/run-import.ts';
import { samplePrograms } from '../support/guerdon.ts';
import { sharedData } from '../support/shared-data.ts';
import { EcbHistory } from './ecb-history.ts';
import { type Member, memberLines, membersOf } from './members.ts';
import type { Return } from './oracle.ts';
import { type Order, readOrders } from './orders.ts';

/** Of 25 orders three come back, some before their cashback can be spent, some after. */
const returnEvery = 25;
const daysUntilReturn = [3, 20, 45, 100];
/** Whole; a third; a third and then the rest. By the order's place among the 25. */
const thirds: ReadonlyMap<number, readonly ('third' | 'rest')[]> = new Map([
  [7, ['rest']],
  [15, ['third']],
  [20, ['third', 'rest']],
]);

/** The orders, what comes back of them, who ordered, and the rates. */
export interface Northwind {
  readonly ordersPath: string;
  readonly ratesPath: string;
  readonly orders: readonly Order[];
  readonly returns: readonly Return[];
  readonly members: readonly Member[];
  readonly history: EcbHistory;
  /** The day after the last order. */
  readonly asOf: string;
}

const mappingPath = join(samplePrograms, 'mappings', 'northwind.json');
export const brakesPath = join(samplePrograms, 'northwind-brakes.json');
export const bofaPath = join(samplePrograms, 'northwind-bofa.json');
export const assortmentPath = join(samplePrograms, 'product-lists', 'northwind.json');

/** Days, the first of them included. */
export interface Stretch {
  readonly from: string;
  readonly until: string;
}

/** All of it, or a stretch of its orders alone; `undefined` where the real input is absent. */
export function readNorthwind(stretch?: Stretch): Northwind | undefined {
  const [ordersPath, ratesPath] = [sharedData('northwind.csv'), sharedData('eurofxref-hist.csv')];
  if (ordersPath === undefined || ratesPath === undefined) return undefined;
  const { from, until } = stretch ?? { from: '', until: '9999' };
  const orders = readOrders(ordersPath).filter(({ date }) => date >= from && date < until);
  const last = orders.reduce((latest, { date }) => (date > latest ? date : latest), '');
  const asOf = dayAfter(last, 1);
  return {
    ...{ ordersPath, ratesPath, orders, asOf },
    returns: returnsOf(orders).filter(({ date }) => date < asOf),
    members: membersOf(orders),
    history: new EcbHistory(ratesPath),
  };
}

function returnsOf(orders: readonly Order[]): Return[] {
  return orders.flatMap((order, index) => {
    let left = order.cents;
    let { date } = order;
    return (thirds.get(index % returnEvery) ?? []).map((part): Return => {
      const cents = part === 'third' ? order.cents / 3n : left;
      left -= cents;
      const days = daysUntilReturn[Math.floor(index / returnEvery) % daysUntilReturn.length];
      date = dayAfter(date, days ?? 0);
      return { id: `return-${part}-${order.id}`, order, cents, date };
    });
  });
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What members tell, and returns, as lines of an events file; orders come from the import. */
export function furtherLines(northwind: Northwind, withDonations: boolean): object[] {
  const { returns, members } = northwind;
  const back = returns.map(({ id, order, cents, date }) => ({
    ...{ id, source: 'northwind', type: 'order.returned', member: order.member },
    ...{ occurredAt: `${date}T12:00:00Z`, amountMinor: String(cents), currency: 'USD' },
    refersTo: { source: 'northwind', id: order.id },
  }));
  return [...members.flatMap((member) => memberLines(member, withDonations)), ...back];
}

/** The orders as the importer writes them. */
export async function importOrders({ ordersPath }: Northwind, outPath: string): Promise<void> {
  const summary = await runImport({ mappingPath, inPath: ordersPath, outPath });
  if (summary.rejectedLines > 0) throw new Error(`${summary.rejectedLines} lines were rejected`);
}
