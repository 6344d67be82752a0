import { isRetired } from '../money/currency.ts';
import type { LocalDate } from '../time.ts';
import type { RateSnapshot } from './snapshot.ts';

/** What is odd about a snapshot beside the one before it. */
export type RateFinding =
  | { readonly kind: 'missing'; readonly date: LocalDate; readonly currency: string }
  | { readonly kind: 'zero'; readonly date: LocalDate; readonly currency: string }
  | RateJump;

export interface RateJump {
  readonly kind: 'jump';
  readonly date: LocalDate;
  readonly currency: string;
  /** The rate before, and its day. */
  readonly before: string;
  readonly beforeDate: LocalDate;
  readonly after: string;
}

/** A snapshot as a source gave it; `zeros` are currencies whose rate was zero. */
export interface RawSnapshot extends RateSnapshot {
  readonly zeros: readonly string[];
}

/** In one step a rate moves by at most this part of itself without being looked at. */
const jumpPercent = 10n;

/** What nobody should use before a person has looked at it; nothing is compared where none was. */
export function findingsOf(raw: RawSnapshot, before: RateSnapshot | undefined): RateFinding[] {
  const { date, rates, zeros } = raw;
  const lost = [...(before?.rates.keys() ?? [])].filter(
    (currency) => !rates.has(currency) && !zeros.includes(currency) && !isRetired(currency, date),
  );
  return [
    ...lost.map((currency) => ({ kind: 'missing', date, currency }) as const),
    ...zeros.map((currency) => ({ kind: 'zero', date, currency }) as const),
    ...jumpsBetween(before, raw),
  ];
}

/** Currencies whose rate is more than ten percent off the one before. */
export function jumpsBetween(before: RateSnapshot | undefined, after: RateSnapshot): RateJump[] {
  const jumps: RateJump[] = [];
  for (const [currency, text] of after.rates) {
    const old = before?.rates.get(currency);
    if (before === undefined || old === undefined || old === text || !isJump(old, text)) continue;
    const { date } = after;
    const rates = { before: old, beforeDate: before.date, after: text };
    jumps.push({ kind: 'jump', date, currency, ...rates });
  }
  return jumps;
}

function isJump(before: string, after: string): boolean {
  if (beginAlike(before, after)) return false;
  const places = Math.max(decimalsOf(before), decimalsOf(after));
  const was = scaled(before, places);
  const change = scaled(after, places) - was;
  return (change < 0n ? -change : change) * 100n > was * jumpPercent;
}

/** A rate in units of its last decimal place, or of one further behind. */
function scaled(rate: string, places: number): bigint {
  return BigInt(rate.replace('.', '') + '0'.repeat(places - decimalsOf(rate)));
}

function decimalsOf(rate: string): number {
  return Math.max(rate.length - wholeDigits(rate) - 1, 0);
}

function wholeDigits(rate: string): number {
  const point = rate.indexOf('.');
  return point === -1 ? rate.length : point;
}

/**
 * Rates of one magnitude with the same first two digits are less than ten percent apart: of a long
 * history, few others remain to be worked out.
 */
function beginAlike(left: string, right: string): boolean {
  if (wholeDigits(left) !== wholeDigits(right)) return false;
  let digits = 0;
  for (let at = 0; digits < 2; at += 1) {
    const character = left[at];
    if (character === undefined || character !== right[at]) return false;
    if (character > '0' || (character === '0' && digits > 0)) digits += 1;
  }
  return true;
}

/** Whether two snapshots say the same. Rates have one way to be written. */
export function sameRates(left: RateSnapshot, right: RateSnapshot): boolean {
  return left.rates.size === right.rates.size && differingCurrencies(left, right).length === 0;
}

/** Currencies whose rates differ, or that only one of two snapshots has. */
export function differingCurrencies(left: RateSnapshot, right: RateSnapshot): string[] {
  const changed = [...left.rates].flatMap(([currency, rate]) =>
    right.rates.get(currency) === rate ? [] : [currency],
  );
  const more = [...right.rates.keys()].filter((currency) => !left.rates.has(currency));
  return [...changed, ...more].sort();
}
