import type { LocalDate } from '../time.ts';

/** Whole months: the first day of the first, and the first day after the last. */
export interface Months {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The first days of each of the months. */
export function monthsIn({ from, to }: Months): LocalDate[] {
  const months: LocalDate[] = [];
  for (let month = from; month < to; month = monthAfter(month)) months.push(month);
  return months;
}

/*
 * Plain arithmetic instead of a calendar, since each judged event asks for it.
 */

/** The month of a date: its first day. */
export function monthOf(date: LocalDate): LocalDate {
  return `${date.slice(0, 7)}-01` as LocalDate;
}

/** The first day of the month after that of a date. */
export function monthAfter(date: LocalDate): LocalDate {
  return monthsFrom(date, 1);
}

/** The first day of the month that lies so many after that of a date, or before it. */
export function monthsFrom(date: LocalDate, months: number): LocalDate {
  const count = numberOf(date) + months;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return `${year}-${String((count % 12) + 1).padStart(2, '0')}-01` as LocalDate;
}

/** So many whole months that end with the month of a date. */
export function monthsThrough(date: LocalDate, count: number): Months {
  return { from: monthsFrom(date, 1 - count), to: monthAfter(date) };
}

/** The first day of the year of twelve months that holds a date, when years begin like `since`. */
export function yearBegun(since: LocalDate, date: LocalDate): LocalDate {
  const years = Math.floor((numberOf(date) - numberOf(since)) / 12);
  return monthsFrom(since, 12 * years);
}

/** Months since the year zero. */
function numberOf(date: LocalDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}
