import * as z from 'zod/mini';
import { country } from '../domain/country.ts';
import { language } from '../domain/language.ts';
import { isCurrency } from '../domain/money/currency.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { amountDigits } from './amount.ts';
import { shortText } from './body.ts';
import { emailAddress } from './redemptions.ts';

const positiveDigits = amountDigits.check(z.refine((amount) => amount > 0n));

/** The body of `POST …/cancel` and of others that say everything in their path. */
export const emptyBodySchema = z.strictObject({});

/** The body of `POST …/payment`: what the merchant has collected. */
export const paymentBodySchema = z.strictObject({
  /** The merchant's own name of it. */
  paymentId: shortText,
  amountMinor: positiveDigits,
  currency: z.string().check(z.refine(isCurrency)),
});

/** The body of `POST …/review`. */
export const reviewBodySchema = z.strictObject({
  decision: z.enum(['release', 'block']),
  reason: z.string().check(z.minLength(1), z.maxLength(500), z.regex(/\S/)),
});

/** The body of `POST …/resend`. */
export const resendBodySchema = z.strictObject({
  /** Where it should have gone. */
  email: z.optional(emailAddress),
});

/** The body of `POST …/choices`. */
export const choiceBodySchema = z.strictObject({
  /** Who gives it, as the member is told. */
  sender: z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[^\p{Cc}]*$/u)),
  rewards: z
    .array(
      z.strictObject({
        rewardId: z.string().check(z.minLength(1), z.maxLength(63)),
        /** May be left out where the reward has one face value, or none. */
        amountMinor: z.optional(positiveDigits),
        currency: z.string().check(z.refine(isCurrency)),
      }),
    )
    .check(z.minLength(2), z.maxLength(10)),
  country,
  language: z.optional(language),
  /** Without it, the one that the member has told. */
  email: z.optional(emailAddress),
  validDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
});

export const actFieldCodes: Readonly<Record<string, RefusalCode>> = {
  amountMinor: 'INVALID_AMOUNT',
  currency: 'UNKNOWN_CURRENCY',
  country: 'INVALID_COUNTRY',
  email: 'INVALID_EMAIL',
};
