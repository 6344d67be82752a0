import { isCurrency, isRetired, retirementOf } from '../../domain/money/currency.ts';
import type { RawSnapshot } from '../../domain/rates/admission.ts';
import { plainDecimal, type RateSource } from '../../domain/rates/snapshot.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { LocalDate } from '../../domain/time.ts';

/** What a source has published, read from one text. */
export interface RateFile {
  readonly source: RateSource;
  /** At least one; in the order of the file, no date twice. */
  readonly days: readonly RateDay[];
}

export interface RateDay {
  /** Where the day stands; lines count from 1. */
  readonly line: number;
  readonly snapshot: RawSnapshot;
  /** Where the zeros of the snapshot stand, by currency. */
  readonly zeroLines: ReadonlyMap<string, number>;
  /** Where rates stand, by currency, if not on the line of the day. */
  readonly rateLines: ReadonlyMap<string, number>;
  /** Where it says that the day was not over, of a source whose rates change until it is. */
  readonly unfinishedLine?: number;
}

/** Why a text is refused as a whole, for a person to act on. */
export interface RateFileFault {
  readonly line: number;
  /** The column, attribute or property. */
  readonly field?: string;
  readonly message: string;
}

export type RateReading<Value> = Result<Value, RateFileFault>;

export interface Quote {
  readonly currency: string;
  /** As it stands in the text. */
  readonly rate: string;
  readonly line: number;
}

export function faultAt(
  line: number,
  message: string,
  field?: string,
): { readonly ok: false; readonly failure: RateFileFault } {
  return failure(field === undefined ? { line, message } : { line, field, message });
}

/** Gathers the days of a file. Dates and currencies stand once, rates are plain decimals. */
export class RateDays {
  readonly #days = new Map<LocalDate, RateDay>();

  get all(): readonly RateDay[] {
    return [...this.#days.values()];
  }

  add(date: LocalDate, line: number, quotes: Iterable<Quote>): RateReading<void> {
    const before = this.#days.get(date);
    if (before !== undefined) {
      return faultAt(line, `${date} stood in line ${before.line} already. Keep one of them.`, date);
    }
    const rates = new Map<string, string>();
    const zeroLines = new Map<string, number>();
    const rateLines = new Map<string, number>();
    for (const { currency, rate, line: at } of quotes) {
      if (isRetired(currency, date)) return retired(at, currency, date);
      const decimal = plainDecimal(rate);
      if (decimal === undefined) return noRate(at, currency, rate);
      if (rates.has(currency) || zeroLines.has(currency)) return twice(at, currency);
      if (decimal === '0') zeroLines.set(currency, at);
      else rates.set(currency, decimal);
      if (at !== line) rateLines.set(currency, at);
    }
    if (rates.size + zeroLines.size === 0) {
      return faultAt(line, `There are no rates for ${date}. Get the file again.`);
    }
    const snapshot = { date, rates, zeros: [...zeroLines.keys()] };
    this.#days.set(date, { line, snapshot, zeroLines, rateLines });
    return success(undefined);
  }
}

function retired(line: number, currency: string, date: LocalDate): ReturnType<typeof faultAt> {
  const since = retirementOf(currency)?.from;
  const advice = `${currency} has been replaced since ${since}, and has no rate on ${date}.`;
  return faultAt(line, `${advice} Take it out.`, currency);
}

export function unknownCurrency(line: number, code: string): ReturnType<typeof faultAt> {
  const shown = code === '' ? 'A column without a name' : quoted(code);
  return faultAt(line, `${shown} is no currency that Guerdon supports. Take it out.`, code);
}

export function twice(line: number, currency: string): ReturnType<typeof faultAt> {
  return faultAt(line, `${currency} is there twice. Keep one of them.`, currency);
}

/** What is wrong with a currency that the European Central Bank quotes, if anything is. */
export function checkQuoted(line: number, code: string): ReturnType<typeof faultAt> | undefined {
  if (code === 'EUR') return faultAt(line, 'The euro is the base. Take EUR out.', code);
  return isCurrency(code) ? undefined : unknownCurrency(line, code);
}

/** A part of the file, short enough for a sentence. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}…` : text);
}

export function noRate(line: number, currency: string, rate: string): ReturnType<typeof faultAt> {
  const empty = 'The rate is empty. Get the file again, or leave the currency out.';
  const example = 'such as 1.085, without sign or exponent';
  const wrong = `The rate ${quoted(rate)} is no plain decimal number ${example}. Correct it.`;
  return faultAt(line, rate === '' ? empty : wrong, currency);
}
