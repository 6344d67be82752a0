import * as z from 'zod/mini';
import { isCountry } from '../../../shared/domain/country.ts';
import { type RefusalCode, refusalSentences } from '../../../shared/domain/refusal.ts';
import { parseLocalDate } from '../../../shared/domain/time.ts';
import { timeIn } from './replay-time.ts';

/* What the steps of a scenario are made of. */

const anyZone = 'UTC';
export const time = z
  .string()
  .check(
    z.refine(
      (text) => timeIn(text, anyZone) !== undefined,
      'a date (2027-03-01), a local time (2027-03-01T10:00) or an instant with offset',
    ),
  );
export const text = z.string().check(z.minLength(1), z.maxLength(128));
export const country = text.check(
  z.refine(isCountry, 'the ISO 3166 code of a country, such as GB'),
);
export const whole = z.union([
  z.int(),
  z.string().check(z.regex(/^-?\d{1,30}$/, 'a whole number, or its digits')),
]);
export const wholeByName = z.record(text, whole);
export const day = z
  .string()
  .check(
    z.refine(
      (value) => value === 'never' || parseLocalDate(value) !== undefined,
      'a date such as 2027-03-01, or never',
    ),
  );
export const wholeByDay = z.record(day, whole);
export const data = z.record(z.string(), z.unknown());
const codes = Object.keys(refusalSentences) as [RefusalCode, ...RefusalCode[]];
export const refused = z.optional(z.enum(codes));

export const common = {
  /** When it arrives; schedules that were due before have run. */
  at: time,
  /** Why the step stands there. */
  note: z.optional(z.string()),
};
