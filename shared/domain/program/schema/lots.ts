import * as z from 'zod/mini';
import { days, monthDay, months, name, positive, text, unitCode } from './shapes.ts';

/** None: the end of the month, quarter or year itself. */
const periodsAfter = z.int().check(z.minimum(0), z.maximum(240));

const common = {
  unit: unitCode,
  /** Members are told so many days before. */
  warnDays: z.optional(z.array(days).check(z.maxLength(4))),
  /** A person may put the expiry of points off by so many days. */
  extendDays: z.optional(days),
};

/** When points of a unit expire; counted from the day they were earned, or vested. */
export const expiry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never'), ...common }),
  z.strictObject({ kind: z.literal('daysAfter'), days, ...common }),
  z.strictObject({ kind: z.literal('monthsAfter'), months, ...common }),
  z.strictObject({ kind: z.literal('monthsAfterEndOfMonth'), months: periodsAfter, ...common }),
  /** So many quarters after the end of the quarter. */
  z.strictObject({ kind: z.literal('endOfQuarter'), quarters: periodsAfter, ...common }),
  z.strictObject({ kind: z.literal('endOfYear'), years: periodsAfter, ...common }),
  /** The first such day at least so many months later. */
  z.strictObject({ kind: z.literal('fixedDate'), on: monthDay, monthsAhead: months, ...common }),
  /** All points at once, so long after the last activity. */
  z.strictObject({
    kind: z.literal('inactivity'),
    months,
    /** Event types that count; without it, every event that earns. */
    activity: z.optional(z.array(text).check(z.minLength(1))),
    ...common,
  }),
]);

/** On these days every full `points` of one unit become `gives` of another by themselves. */
export const conversion = z.strictObject({
  id: name,
  from: unitCode,
  points: positive,
  to: unitCode,
  gives: positive,
  on: z.array(monthDay).check(z.minLength(1), z.maxLength(12)),
});
