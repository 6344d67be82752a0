import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { counted, type LocalDate, localDateOf, plainDateOf } from './time.ts';

/** A stretch of days in a program's zone, by which caps, metrics and reviews are counted. */
export type CalendarWindow =
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'membershipYear'
  | 'lifetime';

/**
 * The first day of the window that holds `date`; `undefined` for a lifetime, which has none. A
 * membership year begins on `memberSince`; without it, it is the calendar year.
 */
export function windowStart(
  window: CalendarWindow,
  date: LocalDate,
  memberSince?: LocalDate,
): LocalDate | undefined {
  if (window === 'lifetime') return undefined;
  if (window === 'membershipYear') return yearStart(date, memberSince ?? startOf('year', date));
  return startOf(window, date);
}

/** The first day after the window that holds `date`. */
export function windowEnd(
  window: Exclude<CalendarWindow, 'lifetime'>,
  date: LocalDate,
  memberSince?: LocalDate,
): LocalDate {
  if (window === 'membershipYear') {
    const since = memberSince ?? startOf('year', date);
    return anniversary(since, wholeYears(since, date) + 1);
  }
  const start = plainDateOf(startOf(window, date));
  return localDateOf(afterWindow[window](start));
}

type Move = (date: PlainDate.Record) => PlainDate.Record;

/** From the first day of a window to the first day after it. */
const afterWindow: Record<Exclude<CalendarWindow, 'membershipYear' | 'lifetime'>, Move> = {
  day: (start) => PlainDate.addDays(start, 1),
  week: (start) => PlainDate.addDays(start, 7),
  month: (start) => PlainDate.addMonths(start, 1),
  quarter: (start) => PlainDate.addMonths(start, 3),
  year: (start) => PlainDate.addYears(start, 1),
};

/** Weeks begin on Monday. */
function startOf(window: keyof typeof afterWindow, date: LocalDate): LocalDate {
  const day = plainDateOf(date);
  if (window === 'day') return date;
  if (window === 'week') return localDateOf(PlainDate.startOfWeek(day));
  if (window === 'month') return localDateOf(PlainDate.startOfMonth(day));
  if (window === 'year') return localDateOf(PlainDate.startOfYear(day));
  const firstOfMonth = PlainDate.startOfMonth(day);
  return localDateOf(PlainDate.subtractMonths(firstOfMonth, (day.month - 1) % 3));
}

function yearStart(date: LocalDate, since: LocalDate): LocalDate {
  return anniversary(since, wholeYears(since, date));
}

/** Years passed from one day to another; negative before it. */
export function wholeYears(from: LocalDate, to: LocalDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return anniversary(from, years) <= to ? years : years - 1;
}

/** 29 February falls on the 28th in other years. */
export function anniversary(from: LocalDate, years: number): LocalDate {
  return localDateOf(PlainDate.addYears(plainDateOf(from), counted(years)));
}

export function addMonths(date: LocalDate, months: number): LocalDate {
  return localDateOf(PlainDate.addMonths(plainDateOf(date), counted(months)));
}

export function firstOfMonth(date: LocalDate): LocalDate {
  return startOf('month', date);
}

/** Monday is 1. */
export function dayOfWeek(date: LocalDate): number {
  return PlainDate.dayOfWeek(plainDateOf(date));
}

/** `monthDay` (02-28) on or after a day. */
export function nextMonthDay(monthDay: string, from: LocalDate): LocalDate {
  const thisYear = `${from.slice(0, 4)}-${monthDay}` as LocalDate;
  return thisYear >= from ? thisYear : anniversary(thisYear, 1);
}

/** The day, or the first day after its month: what a program rounds lots and vesting up to. */
export function roundedUp(date: LocalDate, period: 'day' | 'month'): LocalDate {
  if (period === 'day' || date.endsWith('-01')) return date;
  return windowEnd('month', date);
}
