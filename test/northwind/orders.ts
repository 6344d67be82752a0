import { readFileSync } from 'node:fs';
import { halfUp, plus, type Rational, rationalOf, times } from './rational.ts';

export interface OrderLine {
  readonly product: string;
  /** Its share of the order's whole cents. */
  readonly cents: bigint;
}

export interface Order {
  readonly id: string;
  readonly member: string;
  readonly country: string;
  /** As the mapping shifts it, by 25 years. */
  readonly date: string;
  readonly cents: bigint;
  readonly lines: readonly OrderLine[];
}

interface Row {
  readonly product: string;
  readonly dollars: Rational;
}

interface Read {
  readonly member: string;
  readonly country: string;
  readonly date: string;
  readonly rows: Row[];
}

const none: Rational = { top: 0n, bottom: 1n };

/** The orders of `northwind.csv`, which has no quoted fields; by no code of the project. */
export function readOrders(path: string): Order[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const orders = new Map<string, Read>();
  for (const line of lines) {
    const cells = line.split(',');
    if (cells.length !== names.length) throw new Error(`not so simple a line: ${line}`);
    const cell = (name: string) => cells[names.indexOf(name)] ?? '';
    const order = orders.get(cell('OrderID')) ?? {
      ...{ member: cell('CustomerID'), country: cell('Country') },
      ...{ date: shifted(cell('OrderDate')), rows: [] },
    };
    orders.set(cell('OrderID'), order);
    order.rows.push({ product: cell('ProductID'), dollars: worth(cell) });
  }
  return [...orders].map(([id, { rows, ...order }]) => ({ id, ...order, ...centsOf(rows) }));
}

function worth(cell: (name: string) => string): Rational {
  const discount = rationalOf(cell('Discount'));
  const kept = { top: discount.bottom - discount.top, bottom: discount.bottom };
  return times(times(rationalOf(cell('UnitPrice')), rationalOf(cell('Quantity'))), kept);
}

/** Each line has what the rounded sum grows by with it. */
function centsOf(rows: readonly Row[]): Pick<Order, 'cents' | 'lines'> {
  let sum = none;
  let cents = 0n;
  const lines = rows.map(({ product, dollars }) => {
    sum = plus(sum, dollars);
    const grown = halfUp(times(sum, { top: 100n, bottom: 1n }));
    const line = { product, cents: grown - cents };
    cents = grown;
    return line;
  });
  return { cents, lines };
}

function shifted(date: string): string {
  return `${Number(date.slice(0, 4)) + 25}${date.slice(4)}`;
}
