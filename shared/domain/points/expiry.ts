import { addMonths, nextMonthDay, roundedUp, windowEnd } from '../calendar.ts';
import type { CustomerEvent } from '../earning/event.ts';
import type { LotKey } from '../ledger/entry.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Expiry, Program } from '../program/schema.ts';
import { addDays, type Instant, type LocalDate, localDateAt } from '../time.ts';
import { dayOfLot, lotExpiringOn, neverLot } from './balance.ts';

/** How points of a unit expire; `undefined` where the program says nothing: never. */
export function expiryOf({ expiry }: Program, unit: string): Expiry | undefined {
  return expiry.find((one) => one.unit === unit);
}

/**
 * The lot of points earned, or vested, at an instant: the first day in the program's zone on which
 * they are gone, rounded up to its period; `neverLot` where no day is set, or only inactivity is.
 */
export function lotFor(program: Program, unit: string, earnedAt: Instant): LotKey {
  const expiry = expiryOf(program, unit);
  const day = expiry && firstDayWithout(expiry, localDateAt(earnedAt, program.timeZone));
  return day === undefined ? neverLot : lotRoundedUp(program, day);
}

function firstDayWithout(expiry: Expiry, earnedOn: LocalDate): LocalDate | undefined {
  switch (expiry.kind) {
    case 'daysAfter':
      return addDays(earnedOn, expiry.days);
    case 'monthsAfter':
      return addMonths(earnedOn, expiry.months);
    case 'monthsAfterEndOfMonth':
      return addMonths(windowEnd('month', earnedOn), expiry.months);
    case 'endOfQuarter':
      return addMonths(windowEnd('quarter', earnedOn), 3 * expiry.quarters);
    case 'endOfYear':
      return addMonths(windowEnd('year', earnedOn), 12 * expiry.years);
    case 'fixedDate':
      return nextMonthDay(expiry.on, addMonths(earnedOn, expiry.monthsAhead));
    default:
      return undefined;
  }
}

/** A day rounded up to the program's period; what lies beyond this century never comes. */
export function lotRoundedUp({ period }: Program, day: LocalDate): LotKey {
  const rounded = roundedUp(day, period);
  return rounded < dayOfLot(neverLot) ? lotExpiringOn(rounded) : neverLot;
}

/** The day on which points earned at an instant become spendable, rounded up to the period. */
export function vestDay(program: Program, at: Instant, days: number): LotKey {
  return lotRoundedUp(program, addDays(localDateAt(at, program.timeZone), days));
}

/**
 * Units whose points live on from an event, and the first day without them unless more follows:
 * where inactivity ends them, and the event counts. `earns`: whether it has earned anything.
 */
export function activityOf(
  { program }: CompiledProgram,
  event: CustomerEvent,
  earns: boolean,
): { readonly unit: string; readonly until: LotKey }[] {
  return program.expiry.flatMap((expiry) => {
    if (expiry.kind !== 'inactivity') return [];
    if (!(expiry.activity?.includes(event.type) ?? earns)) return [];
    const day = localDateAt(event.occurredAt, program.timeZone);
    return [{ unit: expiry.unit, until: lotRoundedUp(program, addMonths(day, expiry.months)) }];
  });
}

/** The days on which a member is told that points go on the day of `lot`, earliest first. */
export function warningDays(program: Program, unit: string, lot: LotKey): LocalDate[] {
  if (lot === neverLot) return [];
  const warnDays = expiryOf(program, unit)?.warnDays ?? [];
  return warnDays.map((days) => addDays(dayOfLot(lot), -days)).sort();
}
