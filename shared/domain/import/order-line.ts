import { currencyExponent } from '../money/currency.ts';
import { failure, invariant, type Result, success } from '../result.ts';
import { countryLookup } from './country.ts';
import {
  type Decimal,
  type DecimalReader,
  decimalReader,
  isWhole,
  multiply,
  oneMinus,
} from './decimal.ts';
import { columnsOf, type Mapping } from './mapping.ts';
import { type TimeReader, timeReader } from './order-time.ts';
import { type Rejection, type RejectionCode, rejection } from './rejection.ts';

/** One readable line of an order. `value` is in the unit that the mapping says, not yet rounded. */
export interface OrderLine {
  /** The physical line of the file on which the record begins; the header is line 1. */
  readonly line: number;
  readonly order: string;
  readonly member: string;
  readonly occurredAt: string;
  readonly epochMs: number;
  readonly currency: string;
  readonly isCancellation: boolean;
  readonly value: Decimal;
  readonly country?: string | undefined;
  /** The original that a cancellation names. */
  readonly refersTo?: string | undefined;
  readonly item?: { readonly sku: string; readonly quantity: Decimal } | undefined;
}

export interface ReadLine {
  readonly orderLine: OrderLine;
  /** A country's name that the mapping does not know. */
  readonly unmappedCountry?: string | undefined;
}

export interface RejectedLine {
  readonly rejection: Rejection;
  /**
   * The order that lacks this line's value now; absent where unknown or where it stands without it.
   */
  readonly spoiltOrder?: string | undefined;
}

export type LineReader = (
  fields: readonly string[],
  line: number,
) => Result<ReadLine, RejectedLine>;

const maxValueLength = 128;

/** Stops the reading of one line; caught in `lineReader`, never beyond. */
class LineFault extends Error {
  readonly rejection: Rejection;
  constructor(code: RejectionCode, field: string) {
    super(code);
    this.rejection = rejection(code, field);
  }
}

type Cell = (column: string) => string;

function trimmed(cell: Cell, column: string, suffix: string | undefined): string {
  const text = cell(column);
  const cut =
    suffix !== undefined && text.endsWith(suffix) ? text.length - suffix.length : undefined;
  return text.slice(0, cut).trim();
}

function amountOf(mapping: Mapping, cell: Cell, number: DecimalReader): Decimal {
  const read = (column: string): Decimal => {
    const value = number(cell(column));
    if (value === undefined) throw new LineFault('INVALID_NUMBER', column);
    return value;
  };
  let product: Decimal = { digits: 1n, scale: 0 };
  for (const factor of mapping.amount.factors) {
    const value = 'column' in factor ? read(factor.column) : oneMinus(read(factor.oneMinus));
    product = multiply(product, value);
  }
  return product;
}

/** An amount that stands in the file is exact; only a product of columns may have more digits. */
function checkPrecision({ amount }: Mapping, currency: string, value: Decimal): void {
  const [only, ...others] = amount.factors;
  if (only === undefined || others.length > 0 || !('column' in only)) return;
  const exponent = amount.in === 'minor' ? 0 : (currencyExponent(currency) ?? 0);
  if (!isWhole(value, exponent)) throw new LineFault('EXCESS_PRECISION', only.column);
}

function currencyOf(mapping: Mapping, cell: Cell): string {
  if ('constant' in mapping.currency) return mapping.currency.constant;
  const code = cell(mapping.currency.column).toUpperCase();
  if (currencyExponent(code) === undefined) {
    throw new LineFault('UNKNOWN_CURRENCY', mapping.currency.column);
  }
  return code;
}

function isCancellation(mapping: Mapping, cell: Cell): boolean {
  const rule = mapping.cancellation;
  if (rule === undefined) return false;
  const text = cell(rule.column);
  return 'startsWith' in rule ? text.startsWith(rule.startsWith) : rule.oneOf.includes(text);
}

function itemOf(mapping: Mapping, cell: Cell, number: DecimalReader): OrderLine['item'] {
  if (mapping.lines === undefined) return undefined;
  const quantity = number(cell(mapping.lines.quantity));
  if (quantity === undefined) throw new LineFault('INVALID_NUMBER', mapping.lines.quantity);
  return { sku: cell(mapping.lines.sku), quantity };
}

/** Reads the columns that the mapping names and no other; every other text may be anything. */
function cells(
  columns: readonly string[],
  header: readonly string[],
): (fields: readonly string[]) => Cell {
  const places = new Map(columns.map((column) => [column, header.indexOf(column)]));
  return (fields) => (column) => (fields[places.get(column) ?? -1] ?? '').trim();
}

function textFaultOf(columns: readonly string[], cell: Cell): Rejection | undefined {
  for (const column of columns) {
    const text = cell(column);
    if (text.length > maxValueLength) return rejection('VALUE_TOO_LONG', column);
    if (text.includes('\uFFFD')) return rejection('INVALID_ENCODING', column);
  }
  return undefined;
}

interface Readers {
  readonly number: DecimalReader;
  readonly time: TimeReader;
  readonly country: (name: string) => string | undefined;
}

type LineOwner = Pick<OrderLine, 'line' | 'order' | 'member'>;

/** The rest of a line that names its order and its member. */
function readRest(mapping: Mapping, readers: Readers, cell: Cell, owner: LineOwner): ReadLine {
  const { refersTo } = mapping;
  const at = readers.time(cell(mapping.time.column));
  if (at === undefined) throw new LineFault('INVALID_DATE', mapping.time.column);
  const countryName = mapping.country === undefined ? '' : cell(mapping.country.column);
  const country = countryName === '' ? undefined : readers.country(countryName);
  const original =
    refersTo === undefined ? '' : trimmed(cell, refersTo.column, refersTo.trimSuffix);
  const [currency, value] = [currencyOf(mapping, cell), amountOf(mapping, cell, readers.number)];
  checkPrecision(mapping, currency, value);
  const orderLine: OrderLine = {
    ...owner,
    occurredAt: at.occurredAt,
    epochMs: at.epochMs,
    currency,
    isCancellation: isCancellation(mapping, cell),
    value,
    country,
    refersTo: original === '' ? undefined : original,
    item: itemOf(mapping, cell, readers.number),
  };
  const isUnmapped = countryName !== '' && country === undefined;
  return { orderLine, unmappedCountry: isUnmapped ? countryName : undefined };
}

/** A reader of the file's records; `header` holds every column of the mapping once. */
export function lineReader(mapping: Mapping, header: readonly string[]): LineReader {
  const columns = columnsOf(mapping);
  const cellsOf = cells(columns, header);
  const time = timeReader(mapping.time);
  invariant(time !== undefined, 'A parsed mapping has a valid time format.');
  const readers: Readers = {
    time,
    number: decimalReader(mapping.amount),
    country: countryLookup(mapping.country?.codes ?? {}),
  };
  return (fields, line): Result<ReadLine, RejectedLine> => {
    if (fields.length !== header.length) return failure({ rejection: rejection('FIELD_COUNT') });
    const cell = cellsOf(fields);
    const textFault = textFaultOf(columns, cell);
    const order = trimmed(cell, mapping.order.column, mapping.order.trimSuffix);
    if (order === '')
      return failure({ rejection: rejection('ORDER_MISSING', mapping.order.column) });
    const member = trimmed(cell, mapping.member.column, mapping.member.trimSuffix);
    if (member === '') {
      return failure({ rejection: rejection('MEMBER_MISSING', mapping.member.column) });
    }
    if (textFault !== undefined) return failure({ rejection: textFault, spoiltOrder: order });
    try {
      return success(readRest(mapping, readers, cell, { line, order, member }));
    } catch (fault) {
      if (!(fault instanceof LineFault)) throw fault;
      return failure({ rejection: fault.rejection, spoiltOrder: order });
    }
  };
}
