import { windowEnd } from '../../../shared/domain/calendar.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { type Instant, localDateAt, startOfDay } from '../../../shared/domain/time.ts';

/** The first end of a program's period at an instant or after it: when its schedules run. */
export function periodEndFrom(
  instant: Instant,
  { period, timeZone }: Pick<Program, 'period' | 'timeZone'>,
): Instant {
  const date = localDateAt(instant, timeZone);
  const isFirstDay = period === 'day' || date.endsWith('-01');
  if (isFirstDay && startOfDay(date, timeZone) === instant) return instant;
  return startOfDay(windowEnd(period, date), timeZone);
}
