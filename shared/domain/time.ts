import * as Calendar from 'temporal-polyfill/fns/Calendar';
import * as TimePoint from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';

declare const instantBrand: unique symbol;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

/** A calendar date `YYYY-MM-DD`, in a zone that the context names. */
export type LocalDate = string & { readonly [instantBrand]: 'date' };

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

export function instantOf(epochMs: number): Instant {
  return epochMs as Instant;
}

/**
 * Reads ISO 8601 with an offset; a text without one, or with a date that does not exist, is
 * `undefined`.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!withOffset.test(text)) return undefined;
  try {
    return instantOf(TimePoint.fromString(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** A date that exists, or `undefined`. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!dateOnly.test(text)) return undefined;
  try {
    return localDateOf(plainDateOf(text));
  } catch {
    return undefined;
  }
}

/** ISO 8601 in UTC with milliseconds: sorts as text in the order of time. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function addMs(instant: Instant, durationMs: number): Instant {
  return instantOf(instant + durationMs);
}

export function localDateAt(instant: Instant, timeZone: string): LocalDate {
  return localDateOf(ZonedDateTime.toPlainDate(zonedAt(instant, timeZone)));
}

export function startOfDay(date: LocalDate, timeZone: string): Instant {
  return instantOf(PlainDate.toZonedDateTime(plainDateOf(date), timeZone).epochMilliseconds);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateOf(PlainDate.addDays(plainDateOf(date), days));
}

/** How many days after the first one the second one is. */
export function daysFrom(from: LocalDate, to: LocalDate): number {
  return PlainDate.diffDays(plainDateOf(from), plainDateOf(to));
}

export function isTimeZone(name: string): boolean {
  try {
    zonedAt(instantOf(0), name);
    return true;
  } catch {
    return false;
  }
}

/** A number of months or years to move by: the calendar library takes NaN for none. */
export function counted(count: number): number {
  if (Number.isNaN(count)) throw new RangeError('Not a number of months or years.');
  return count;
}

/** For the calendar library; throws on a date that does not exist. */
export function plainDateOf(date: string): PlainDate.Record {
  return PlainDate.fromString(date, Calendar.getISO);
}

export function localDateOf(date: PlainDate.Record): LocalDate {
  return PlainDate.toBasicString(date) as LocalDate;
}

/** For the calendar library; throws on a zone that it does not know. */
export function zonedAt(instant: Instant, timeZone: string): ZonedDateTime.Record {
  return TimePoint.toZonedDateTimeISO(TimePoint.fromEpochMilliseconds(instant), timeZone);
}
