import { windowEnd } from '../../../shared/domain/calendar.ts';
import { retirementOf } from '../../../shared/domain/money/currency.ts';
import { lotExpiringOn } from '../../../shared/domain/points/balance.ts';
import { lotFor } from '../../../shared/domain/points/expiry.ts';
import { type Program, unitsOf } from '../../../shared/domain/program/schema.ts';
import {
  addDays,
  addMs,
  type Instant,
  localDateAt,
  startOfDay,
} from '../../../shared/domain/time.ts';

/** Events of a period are booked on its last day, a few hours before the period's end. */
const bookedBeforeEndMs = 6 * 3_600_000;

/** The first instant of the program's next period after `at`. */
export function periodEndAfter({ period, timeZone }: Program, at: Instant): Instant {
  return startOfDay(windowEnd(period, localDateAt(at, timeZone)), timeZone);
}

/** When the events of the period that ends then are booked. */
export function bookingTime(periodEnd: Instant): Instant {
  return addMs(periodEnd, -bookedBeforeEndMs);
}

/**
 * Whether a program's calendar can bring anything between the first event and `to`: then history
 * is played period by period, and otherwise at once.
 */
export function playsHistory(program: Program, from: Instant, to: Instant): boolean {
  const { tiers, targets, conversions, occasions, perks, memberships, earning } = program;
  const waits = earning.rules.some(
    ({ pending, vestAfterDays }) => pending !== undefined || vestAfterDays !== undefined,
  );
  const calendars = [targets, conversions, occasions, memberships].some(({ length }) => length > 0);
  const ends = Object.values(program.entitlements).some(({ days }) => days !== undefined);
  if (tiers !== undefined || perks?.requirement !== undefined || waits || calendars || ends) {
    return true;
  }
  if (retiresBetween(program, from, to)) return true;
  return program.expiry.some((expiry) => {
    const warned = Math.max(0, ...(expiry.warnDays ?? []));
    const last = lotExpiringOn(addDays(localDateAt(to, program.timeZone), warned));
    return expiry.kind === 'inactivity' || lotFor(program, expiry.unit, from) <= last;
  });
}

/** Whether wallets migrate meanwhile: once each, with all that they hold by then. */
function retiresBetween(program: Program, from: Instant, to: Instant): boolean {
  return unitsOf(program).some((unit) => {
    const retirement = retirementOf(unit);
    if (retirement === undefined) return false;
    const at = startOfDay(retirement.from, program.timeZone);
    return from < at && at <= to;
  });
}
