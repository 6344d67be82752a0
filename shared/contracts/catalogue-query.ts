import * as z from 'zod/mini';
import { rewardKinds } from '../domain/catalogue/product.ts';
import { country } from '../domain/country.ts';
import { language } from '../domain/language.ts';
import { isCurrency } from '../domain/money/currency.ts';
import type { RefusalCode } from '../domain/refusal.ts';

/** The query of `GET …/catalogue`. */
export const catalogueQuerySchema = z.strictObject({
  /** Without it, the member's own. */
  country: z.optional(country),
  currency: z.optional(z.string().check(z.refine(isCurrency))),
  kind: z.optional(z.enum(rewardKinds)),
  language: z.optional(language),
  /** `next` of the page before. */
  after: z.optional(z.string().check(z.minLength(1), z.maxLength(63))),
});

export const catalogueFieldCodes: Readonly<Record<string, RefusalCode>> = {
  country: 'INVALID_COUNTRY',
  currency: 'UNKNOWN_CURRENCY',
};
