import * as z from 'zod/mini';
import { isCurrency, isRetired } from '../../domain/money/currency.ts';
import { rateSources } from '../../domain/rates/snapshot.ts';
import { success } from '../../domain/result.ts';
import { instantOf, localDateAt } from '../../domain/time.ts';
import { parseExactJson, WireNumber } from '../providers/exact-json.ts';
import {
  faultAt,
  noRate,
  type Quote,
  RateDays,
  type RateFile,
  type RateReading,
  twice,
} from './rate-day.ts';
import { TextLines } from './text-lines.ts';

const { base, timeZone } = rateSources.openExchangeRates;

/** https://docs.openexchangerates.org/reference/errors */
const errorMessages = [
  'access_restricted',
  'invalid_app_id',
  'invalid_base',
  'missing_app_id',
  'not_allowed',
  'not_available',
  'not_found',
] as const;
const errorSchema = z.object({ error: z.literal(true), message: z.enum(errorMessages) });

/** Rates are renewed by the hour on most plans: a day's last ones are of its last hour. */
const lastHourMs = 3_600_000;

const aRate = /"([A-Z]{3})"\s*:\s*([^\s,}]*)\s*[,}]/g;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const wireNumber = z.instanceof(WireNumber);
/** Seconds, as whole as the service sends them. */
const seconds = z.pipe(
  wireNumber.check(z.refine(({ text }) => /^[1-9]\d{0,10}$/.test(text))),
  z.transform(({ text }) => BigInt(text)),
);
const repliesSchema = z.object({
  base: z.string(),
  timestamp: seconds,
  rates: z.record(z.string(), wireNumber),
});

/** The word of an error body, such as `invalid_app_id`; never its description. */
export function openExchangeRatesError(text: string): string | undefined {
  const json = parsed(text);
  const error = z.safeParse(errorSchema, json.ok ? json.value : undefined);
  return error.success ? error.data.message : undefined;
}

/**
 * Reads `latest.json` and `historical/*.json`; digits are kept. Codes that are no currency of ours,
 * which are metals, coins and places, are passed over, and so are currencies that are retired on
 * that day: the service goes on quoting them.
 */
export function readOpenExchangeRates(text: string): RateReading<RateFile> {
  const json = parsed(text);
  if (!json.ok) return json;
  const error = openExchangeRatesError(text);
  if (error !== undefined) {
    const advice = 'Check key and plan, and get the file again.';
    return faultAt(1, `Open Exchange Rates answered ${error} instead of rates. ${advice}`);
  }
  const properties = new Properties(text);
  const read = z.safeParse(repliesSchema, json.value);
  if (!read.success) {
    const field = read.error.issues[0]?.path.at(-1)?.toString() ?? 'rates';
    const advice = 'This is no reply of Open Exchange Rates. Get the file again.';
    return faultAt(properties.lineOf(field), advice, field);
  }
  const { timestamp, rates } = read.data;
  if (read.data.base !== base) {
    const advice = `The base must be ${base}. Get the file without another base.`;
    return faultAt(properties.lineOf('base'), advice, 'base');
  }
  if (properties.repeated !== undefined) {
    return twice(properties.repeated.line, properties.repeated.name);
  }
  const takenAt = instantOf(Number(timestamp) * 1000);
  const date = localDateAt(takenAt, timeZone);
  const quotes = Object.entries(rates).flatMap(([currency, { text: rate }]): Quote[] => {
    if (currency === base || !isCurrency(currency) || isRetired(currency, date)) return [];
    return [{ currency, rate, line: properties.lineOf(currency) }];
  });
  const days = new RateDays();
  const added = days.add(date, properties.lineOf('rates'), quotes);
  if (!added.ok) return added;
  const isOver = localDateAt(instantOf(takenAt + lastHourMs), timeZone) > date;
  const unfinished = isOver ? {} : { unfinishedLine: properties.lineOf('timestamp') };
  const all = days.all.map((day) => ({ ...day, ...unfinished }));
  return success({ source: 'openExchangeRates', days: all });
}

function parsed(text: string): RateReading<unknown> {
  try {
    return success(parseExactJson(text));
  } catch {
    return malformed(text);
  }
}

/** Names the first rate that is no JSON number, such as `NaN`; else the text may break off. */
function malformed(text: string): ReturnType<typeof faultAt> {
  const lines = new TextLines(text.trimEnd());
  for (const { 1: code = '', 2: rate = '', index } of text.matchAll(aRate)) {
    if (!jsonNumber.test(rate)) return noRate(lines.at(index), code, rate);
  }
  return faultAt(lines.count, 'The JSON is cut off or malformed. Get the whole file.');
}

/**
 * Where properties stand. `JSON.parse` keeps the last of two that have one name, so they are looked
 * for in the text: a name in quotation marks with a colon behind it stands nowhere else.
 */
class Properties {
  readonly #lines = new Map<string, number>();
  /** The first currency that is there for the second time. */
  readonly repeated: { readonly name: string; readonly line: number } | undefined;

  constructor(text: string) {
    const lines = new TextLines(text);
    for (const { 1: name = '', index } of text.matchAll(/"([A-Za-z]{3,9})"\s*:/g)) {
      const line = lines.at(index);
      if (this.#lines.has(name)) this.repeated ??= { name, line };
      else this.#lines.set(name, line);
    }
  }

  lineOf(name: string): number {
    return this.#lines.get(name) ?? 1;
  }
}
