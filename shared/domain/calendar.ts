import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './time.ts';

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
  const start = Temporal.PlainDate.from(startOf(window, date));
  return text(start.add(lengths[window]));
}

const lengths = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

/** Weeks begin on Monday. */
function startOf(window: keyof typeof lengths, date: LocalDate): LocalDate {
  const day = Temporal.PlainDate.from(date);
  if (window === 'day') return date;
  if (window === 'week') return text(day.subtract({ days: day.dayOfWeek - 1 }));
  if (window === 'month') return text(day.with({ day: 1 }));
  if (window === 'year') return text(day.with({ month: 1, day: 1 }));
  return text(day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }));
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
  return text(Temporal.PlainDate.from(from).add({ years }));
}

export function addMonths(date: LocalDate, months: number): LocalDate {
  return text(Temporal.PlainDate.from(date).add({ months }));
}

export function firstOfMonth(date: LocalDate): LocalDate {
  return startOf('month', date);
}

/** Monday is 1. */
export function dayOfWeek(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** `monthDay` (02-28) on or after a day. */
export function nextMonthDay(monthDay: string, from: LocalDate): LocalDate {
  const thisYear = `${from.slice(0, 4)}-${monthDay}` as LocalDate;
  return thisYear >= from ? thisYear : anniversary(thisYear, 1);
}

/** The day itself, or the first day after its month: what a program rounds lots and vesting up to. */
export function roundedUp(date: LocalDate, period: 'day' | 'month'): LocalDate {
  if (period === 'day' || date.endsWith('-01')) return date;
  return windowEnd('month', date);
}

function text(date: Temporal.PlainDate): LocalDate {
  return date.toString() as LocalDate;
}
