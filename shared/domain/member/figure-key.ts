import type { LocalDate } from '../time.ts';

/*
 * Keys of counters, metrics and cooldowns: four letters for what is counted, then its window, so
 * that a balance stays within one kilobyte whatever its program calls things. The checks of a
 * program refuse two things with the same letters.
 */

/** Four letters of an id: base 26 of a 32-bit FNV-1a hash. */
export function shortKey(id: string): string {
  let hash = 0x811c9dc5;
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  let key = '';
  for (let place = 0; place < 4; place += 1) {
    key += String.fromCharCode(97 + (hash % 26));
    hash = Math.floor(hash / 26);
  }
  return key;
}

/** `yymmdd` of the first day of the window, shortened where its kind leaves no doubt. */
export function figureKey(id: string, windowStart: LocalDate | undefined, value?: string): string {
  const start = windowStart === undefined ? '' : windowStart.slice(2).replaceAll('-', '');
  return `${shortKey(id)}${start}${value === undefined ? '' : `.${shortKey(value)}`}`;
}

/** Months of a metric are `abcd2611`; the reports of an average are counted under `abcd2611n`. */
export function metricKey(id: string, month: LocalDate): string {
  return `${shortKey(id)}${month.slice(2, 4)}${month.slice(5, 7)}`;
}
