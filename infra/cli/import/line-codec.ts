import type { Decimal } from '../../../shared/domain/import/decimal.ts';
import type { OrderLine } from '../../../shared/domain/import/order-line.ts';

type DecimalCells = [digits: string, scale: number];
type Cells = [
  member: string,
  occurredAt: string,
  epochMs: number,
  currency: string,
  isCancellation: boolean,
  value: DecimalCells,
  country: string | null,
  refersTo: string | null,
  item: [sku: string, quantity: DecimalCells] | null,
];

function encodeDecimal(value: Decimal): DecimalCells {
  return [value.digits.toString(), value.scale];
}

function decodeDecimal([digits, scale]: DecimalCells): Decimal {
  return { digits: BigInt(digits), scale };
}

/** A line as JSON text for the sorted runs, which this process alone writes and reads. */
export function encodeLine(line: OrderLine): string {
  const cells: Cells = [
    line.member,
    line.occurredAt,
    line.epochMs,
    line.currency,
    line.isCancellation,
    encodeDecimal(line.value),
    line.country ?? null,
    line.refersTo ?? null,
    line.item === undefined ? null : [line.item.sku, encodeDecimal(line.item.quantity)],
  ];
  return JSON.stringify(cells);
}

export function decodeLine(order: string, line: number, payload: string): OrderLine {
  const cells = JSON.parse(payload) as Cells;
  const [member, occurredAt, epochMs, currency, isCancellation, value, country, refersTo] = cells;
  const item = cells[8];
  return {
    line,
    order,
    member,
    occurredAt,
    epochMs,
    currency,
    isCancellation,
    value: decodeDecimal(value),
    country: country ?? undefined,
    refersTo: refersTo ?? undefined,
    item: item === null ? undefined : { sku: item[0], quantity: decodeDecimal(item[1]) },
  };
}
