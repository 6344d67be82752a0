import type { PlainAward } from '../program/schema.ts';
import { fieldAt } from './event.ts';
import type { EventContext } from './event-context.ts';
import { type EventLine, listedProduct } from './lines.ts';

type RateTable =
  | (PlainAward & { kind: 'table' })['points']
  | Exclude<(PlainAward & { kind: 'percentage' })['basisPoints'], number>;

/** So much of one figure: always, or as a table says. */
export interface Rate {
  readonly figure: 'points' | 'basisPoints';
  readonly value: number | RateTable;
}

/** Whether every line has a rate of its own. */
export function isByLine({ value }: Rate): boolean {
  if (typeof value === 'number') return false;
  return value.by === 'category' || value.by === 'sku' || value.by === 'productList';
}

export function rateForLine(rate: Rate, line: EventLine, context: EventContext): bigint {
  const { value, figure } = rate;
  if (typeof value === 'number') return BigInt(value);
  if (value.by === 'sku') return row(value, line.sku);
  if (value.by === 'category') return row(value, line.category);
  if (value.by !== 'productList') return rateOnce(rate, context);
  const { program } = context.compiled;
  const product = value.list && listedProduct(program, value.list, line.sku);
  return BigInt((product ? product[figure] : undefined) ?? value.otherwise);
}

/** For the event as a whole; a rate by line falls back to `otherwise`. */
export function rateOnce(rate: Rate, { tier, subject }: EventContext): bigint {
  const { value } = rate;
  if (typeof value === 'number') return BigInt(value);
  if (isByLine(rate)) return BigInt(value.otherwise);
  return row(value, value.by === 'tier' ? tier : fieldAt(subject, value.by));
}

function row({ rows = {}, otherwise }: RateTable, key: unknown): bigint {
  if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'boolean') {
    return BigInt(otherwise);
  }
  const name = String(key);
  return BigInt((Object.hasOwn(rows, name) ? rows[name] : undefined) ?? otherwise);
}
