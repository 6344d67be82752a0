import * as z from 'zod/mini';
import { countryOfHistory } from '../country.ts';
import { currencyExponent } from '../money/currency.ts';
import { failure, type Result, success } from '../result.ts';
import { isTimeZone } from '../time.ts';
import { timeReader } from './order-time.ts';

const name = z.string().check(z.minLength(1), z.maxLength(200));
const typeName = z.string().check(z.minLength(1), z.maxLength(128));
/** A text column; `trimSuffix` is cut off once, so that `17850.0` reads `17850`. */
const textColumn = z.strictObject({
  column: name,
  trimSuffix: z.optional(z.string().check(z.minLength(1), z.maxLength(20))),
});

const amountSchema = z.strictObject({
  /** A line is worth the product of these. */
  factors: z
    .array(z.union([z.strictObject({ column: name }), z.strictObject({ oneMinus: name })]))
    .check(z.minLength(1), z.maxLength(8)),
  /** `major`: 12.50 means 12.50; `minor`: 1250 means 12.50. */
  in: z._default(z.enum(['major', 'minor']), 'major'),
  decimalSeparator: z._default(z.enum(['.', ',']), '.'),
  groupSeparator: z.optional(z.enum([',', '.', ' ', "'"])),
});

/** The sign that a cancellation's total has in the file. */
const cancellationAmounts = z._default(z.enum(['negative', 'positive']), 'negative');
const cancellationSchema = z.union([
  z.strictObject({ column: name, startsWith: name, amounts: cancellationAmounts }),
  z.strictObject({
    column: name,
    oneOf: z.array(name).check(z.minLength(1), z.maxLength(100)),
    amounts: cancellationAmounts,
  }),
]);

const mappingSchema = z.strictObject({
  $schema: z.optional(z.string()),
  source: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
  csv: z._default(
    z.strictObject({
      delimiter: z._default(z.string().check(z.regex(/^[^"\r\n]$/)), ','),
      encoding: z._default(
        z.enum(['utf-8', 'utf-16le', 'windows-1250', 'windows-1252', 'iso-8859-15']),
        'utf-8',
      ),
    }),
    { delimiter: ',', encoding: 'utf-8' },
  ),
  /** Lines with the same text here are one order; it is the event's id. */
  order: textColumn,
  member: textColumn,
  time: z.strictObject({
    column: name,
    format: name,
    zone: name,
    shiftYears: z._default(z.int().check(z.gte(-200), z.lte(200)), 0),
  }),
  amount: amountSchema,
  currency: z.union([z.strictObject({ constant: name }), z.strictObject({ column: name })]),
  country: z.optional(
    z.strictObject({
      column: name,
      codes: z.record(name, countryOfHistory),
    }),
  ),
  cancellation: z.optional(cancellationSchema),
  /**
   * A column of a cancellation that names its original; `source` is the mapping's own by default.
   */
  refersTo: z.optional(z.strictObject({ ...textColumn.shape, source: z.optional(typeName) })),
  /** Adds the order's lines to the event where they are exact; see `order.ts`. */
  lines: z.optional(
    z.strictObject({
      sku: name,
      quantity: name,
      /** Lines worth fractions of a minor unit: none stand in the event, or shares of its total. */
      amounts: z._default(z.enum(['exact', 'shares']), 'exact'),
    }),
  ),
  types: z._default(z.strictObject({ placed: typeName, returned: typeName }), {
    placed: 'order.placed',
    returned: 'order.returned',
  }),
});

export type Mapping = z.output<typeof mappingSchema>;

const maxFaultsNamed = 3;

function crossCheck(mapping: Mapping): string | undefined {
  const { time, currency, amount } = mapping;
  if (!isTimeZone(time.zone)) return `time.zone: ${JSON.stringify(time.zone)} is no time zone`;
  if (timeReader(time) === undefined) {
    return 'time.format: use "iso" or yyyy MM M dd d HH H mm ss SSS, with year, month and day';
  }
  if ('constant' in currency && currencyExponent(currency.constant) === undefined) {
    return `currency.constant: ${JSON.stringify(currency.constant)} is no supported currency`;
  }
  if (amount.groupSeparator === amount.decimalSeparator) {
    return 'amount.groupSeparator: differs from decimalSeparator';
  }
  return undefined;
}

/**
 * Reads a mapping; the failure is a list of faults in words, one sentence without the full stop.
 */
export function parseMapping(value: unknown): Result<Mapping, string> {
  const parsed = z.safeParse(mappingSchema, value);
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, maxFaultsNamed)
      .map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    return failure(faults.join('; '));
  }
  const fault = crossCheck(parsed.data);
  return fault === undefined ? success(parsed.data) : failure(fault);
}

/** Every column that the mapping reads, each once. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const columns = [mapping.order.column, mapping.member.column, mapping.time.column];
  columns.push(...amountColumns(mapping));
  if ('column' in mapping.currency) columns.push(mapping.currency.column);
  if (mapping.country !== undefined) columns.push(mapping.country.column);
  if (mapping.cancellation !== undefined) columns.push(mapping.cancellation.column);
  if (mapping.refersTo !== undefined) columns.push(mapping.refersTo.column);
  if (mapping.lines !== undefined) columns.push(mapping.lines.sku, mapping.lines.quantity);
  return [...new Set(columns)];
}

export function amountColumns(mapping: Mapping): readonly string[] {
  return mapping.amount.factors.map((factor) =>
    'column' in factor ? factor.column : factor.oneMinus,
  );
}
