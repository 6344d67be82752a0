import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { type CalendarWindow, windowStart } from '../calendar.ts';
import { type Instant, type LocalDate, zonedAt } from '../time.ts';

/*
 * The calendar for judging many events. A calendar library takes microseconds a date, which is
 * more than all rules together, so what it says is kept: offsets from UTC between two changes of a
 * zone's clocks, dates by their day, and window starts. What is kept never depends on anything but
 * its key.
 */

export interface LocalDay {
  readonly date: LocalDate;
  /** Monday is 1. */
  readonly weekday: number;
}

/** From `from` until before `to`, both in epoch milliseconds, clocks differ so much from UTC. */
interface OffsetPeriod {
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

const dayMs = 86_400_000;
const maximumKept = 50_000;
const periodsByZone = new Map<string, OffsetPeriod[]>();
const days = new Map<number, LocalDay>();
const starts = new Map<string, LocalDate>();

/** The day in a zone at an instant. */
export function localDayAt(instant: Instant, timeZone: string): LocalDay {
  const dayNumber = Math.floor((instant + offsetAt(instant, timeZone)) / dayMs);
  const known = days.get(dayNumber);
  if (known !== undefined) return known;
  const date = new Date(dayNumber * dayMs).toISOString().slice(0, 10) as LocalDate;
  // 1970-01-01 was a Thursday.
  const weekday = ((((dayNumber + 3) % 7) + 7) % 7) + 1;
  return kept(days, dayNumber, { date, weekday });
}

function offsetAt(instant: Instant, timeZone: string): number {
  const periods = periodsByZone.get(timeZone) ?? [];
  const known = periods.find(({ from, to }) => from <= instant && instant < to);
  if (known !== undefined) return known.offsetMs;
  const zoned = zonedAt(instant, timeZone);
  const next = ZonedDateTime.getTimeZoneTransition(zoned, 'next');
  const period = {
    from: instant,
    to: next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds,
    offsetMs: ZonedDateTime.offsetNanoseconds(zoned) / 1_000_000,
  };
  // Earlier instants of the same period widen it instead of standing beside it.
  const others = periods.filter(({ to }) => to !== period.to);
  periodsByZone.set(timeZone, [...others, period]);
  return period.offsetMs;
}

/** As `windowStart` of the calendar. */
export function keptWindowStart(
  window: CalendarWindow,
  date: LocalDate,
  memberSince: LocalDate | undefined,
): LocalDate | undefined {
  if (window === 'membershipYear' || window === 'lifetime') {
    return windowStart(window, date, memberSince);
  }
  const key = window + date;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const start = windowStart(window, date);
  return start === undefined ? undefined : kept(starts, key, start);
}

/** Whether a day lies in `from` to before `to`. */
export function isBetween(
  date: LocalDate,
  between: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined,
): boolean {
  if (between === undefined) return true;
  const { from, to } = between;
  return (from === undefined || from <= date) && (to === undefined || date < to);
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  if (map.size >= maximumKept) map.clear();
  map.set(key, value);
  return value;
}
