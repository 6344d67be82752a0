import { Temporal } from 'temporal-polyfill';
import {
  type Instant,
  instantOf,
  parseInstant,
  parseLocalDate,
  startOfDay,
} from '../../../shared/domain/time.ts';

const localDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/**
 * An instant with offset, a local date-time (2027-03-01T10:00) or a date, which means its start;
 * both of the program's zone. `undefined`: none of them, or a time that does not exist.
 */
export function timeIn(text: string, timeZone: string): Instant | undefined {
  const date = parseLocalDate(text);
  if (date !== undefined) return startOfDay(date, timeZone);
  return localDateTime.test(text) ? localTimeIn(text, timeZone) : parseInstant(text);
}

function localTimeIn(text: string, timeZone: string): Instant | undefined {
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return instantOf(local.toZonedDateTime(timeZone).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** As `timeIn` reads it: the local date-time, with nothing after whole seconds. */
export function localTimeText(instant: Instant, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'second' });
}
