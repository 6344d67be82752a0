import type { LineFilter, Program } from '../program/schema.ts';
import type { CustomerEvent } from './event.ts';

export type EventLine = NonNullable<CustomerEvent['lines']>[number];
type LineChoice = NonNullable<LineFilter['only']>;

const noLines: readonly EventLine[] = [];

/** The lines that a filter counts; none where the event has none. */
export function countedLines(
  program: Program,
  event: CustomerEvent,
  filter: LineFilter | undefined,
): readonly EventLine[] {
  const { lines = noLines } = event;
  if (filter === undefined || (filter.only === undefined && filter.except === undefined)) {
    return lines;
  }
  const { only, except } = filter;
  return lines.filter(
    (line) =>
      (only === undefined || belongs(program, line, only)) &&
      (except === undefined || !belongs(program, line, except)),
  );
}

/**
 * Minor units that a filter counts. Without a filter that is the whole amount. An event that tells
 * no lines has none that `only` could mean, and all of it is beside what `except` means.
 */
export function countedMinor(
  program: Program,
  event: CustomerEvent,
  filter: LineFilter | undefined,
): bigint {
  const { only, except } = filter ?? {};
  if (only === undefined && except === undefined) return event.amountMinor;
  if (event.lines === undefined) return only === undefined ? event.amountMinor : 0n;
  return linesMinor(countedLines(program, event, filter));
}

export function linesMinor(lines: readonly EventLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/** A line belongs to a choice when the product list, a category or a sku of it names the line. */
function belongs(program: Program, line: EventLine, choice: LineChoice): boolean {
  const { productList, categories, skus } = choice;
  if (skus?.includes(line.sku) === true) return true;
  if (line.category !== undefined && categories?.includes(line.category) === true) return true;
  return productList !== undefined && listedProduct(program, productList, line.sku) !== undefined;
}

/** What a product list says of a product. */
export function listedProduct(
  program: Program,
  list: string,
  sku: string,
): { readonly basisPoints?: number | undefined; readonly points?: number | undefined } | undefined {
  const products = program.productLists?.[list]?.products;
  return products !== undefined && Object.hasOwn(products, sku) ? products[sku] : undefined;
}
