import { Temporal } from 'temporal-polyfill';

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
    return instantOf(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** A date that exists, or `undefined`. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!dateOnly.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as LocalDate;
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
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDate().toString() as LocalDate;
}

export function startOfDay(date: LocalDate, timeZone: string): Instant {
  return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate;
}

/** The first day after `months` whole months have passed since the end of the date's own month. */
export function firstDayAfterMonths(date: LocalDate, months: number): LocalDate {
  const nextMonth = Temporal.PlainDate.from(date)
    .with({ day: 1 })
    .add({ months: months + 1 });
  return nextMonth.toString() as LocalDate;
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
