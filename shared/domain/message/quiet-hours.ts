import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as PlainTime from 'temporal-polyfill/fns/PlainTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { type Instant, instantOf, zonedAt } from '../time.ts';

/** Times of the day such as 21:00; `from` after `to` goes over midnight, both equal is never. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The instant at which quiet hours end, or `undefined` where none are on. */
export function quietUntil(
  now: Instant,
  timeZone: string,
  { from, to }: QuietHours,
): Instant | undefined {
  const local = ZonedDateTime.toPlainDateTime(zonedAt(now, timeZone));
  const time = PlainTime.toString(PlainDateTime.toPlainTime(local)).slice(0, 5);
  const isQuiet = from <= to ? time >= from && time < to : time >= from || time < to;
  if (!isQuiet) return undefined;
  const day = PlainDateTime.toPlainDate(local);
  const endDay = time < to ? day : PlainDate.addDays(day, 1);
  const end = PlainDate.toPlainDateTime(endDay, PlainTime.fromString(to));
  return instantOf(PlainDateTime.toZonedDateTime(end, timeZone).epochMilliseconds);
}
