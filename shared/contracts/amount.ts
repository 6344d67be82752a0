import * as z from 'zod/mini';

/**
 * An amount on the wire: whole minor units as digits, at most 18, without sign, point, exponent or
 * leading zeros. A whole JSON number up to 2^53 - 1 is read as its digits; we write digits.
 */
export const amountDigits = z.pipe(
  z.union([z.string().check(z.regex(/^(?:0|[1-9]\d{0,17})$/)), z.int().check(z.minimum(0))]),
  z.transform((amount) => BigInt(amount)),
);
