import * as z from 'zod/mini';
import { isCurrency } from '../../money/currency.ts';
import { parseLocalDate } from '../../time.ts';

/*
 * The words that the parts of a program file are made of. Points and amounts are whole numbers;
 * amounts are minor units. Dates are days in the program's time zone.
 */

export const name = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and -, at most 63'));
export const unitCode = z
  .string()
  .check(z.regex(/^[A-Z][A-Z0-9]{2,7}$/, 'three to eight capitals and digits'));
export const currency = z.string().check(z.refine(isCurrency, 'an ISO 4217 code'));
export const text = z.string().check(z.minLength(1), z.maxLength(128));
export const pattern = z.record(z.string(), z.unknown());

/** A field of an event, such as `data.cabin` or `country`. */
export const path = z
  .string()
  .check(
    z.regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9_-]{1,64}){0,7}$/, 'a path such as data.cabin'),
  );

export const positive = z.int().check(z.minimum(1), z.maximum(1_000_000_000));
export const zeroOrMore = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
export const days = z.int().check(z.minimum(1), z.maximum(3660));
export const months = z.int().check(z.minimum(1), z.maximum(240));
/** 100 leaves a value as it is, 200 doubles it. */
export const percent = z.int().check(z.minimum(1), z.maximum(10_000));
export const basisPoints = z.int().check(z.minimum(0), z.maximum(10_000));

export const localDate = z
  .string()
  .check(z.refine((day) => parseLocalDate(day) !== undefined, 'a date such as 2027-02-28'));
/** 02-29 is refused: it would not come every year. */
export const monthDay = z
  .string()
  .check(
    z.refine((day) => parseLocalDate(`2023-${day}`) !== undefined, 'month and day, such as 02-28'),
  );
/** From the start of one day to the start of another, which is no longer in it. */
export const between = z.strictObject({
  from: z.optional(localDate),
  to: z.optional(localDate),
});

/** By language, such as `{ "en": "Gold", "de": "Gold" }`. */
export const names = z.record(text, text);

export const rounding = z.enum(['down', 'halfUp', 'up']);

/** A calendar period in the program's zone; a membership year begins on the day of enrolment. */
export const windowKind = z.enum([
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'membershipYear',
  'lifetime',
]);

/** What somebody gets beside the points of earning rules. */
export const reward = z.strictObject({
  points: z.optional(z.strictObject({ unit: unitCode, amount: positive })),
  entitlements: z.optional(z.array(name).check(z.minLength(1), z.maxLength(20))),
});
