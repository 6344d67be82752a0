import * as z from 'zod/mini';
import { isCurrency } from '../domain/money/currency.ts';
import type { RedemptionRequest } from '../domain/redemption/price.ts';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { Secret } from '../domain/secret.ts';
import { amountDigits } from './amount.ts';
import { canonicalJson, refusalOf } from './json.ts';

/**
 * An address we are willing to send to: ASCII, one @, no spaces or control characters, a dotted
 * domain. Narrower than RFC 5321 on purpose.
 */
const localPart = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
const domainLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const emailPattern = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+[A-Za-z]{2,63}$`);

/** The body of `POST …/redemptions`. */
export const redemptionBodySchema = z.strictObject({
  rewardId: z.string().check(z.minLength(1), z.maxLength(63)),
  amountMinor: amountDigits.check(z.refine((amount) => amount > 0n)),
  currency: z.string().check(z.refine(isCurrency)),
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  email: z.string().check(z.maxLength(254), z.regex(emailPattern)),
});

const fieldCodes: Readonly<Record<string, RefusalCode>> = {
  amountMinor: 'INVALID_AMOUNT',
  currency: 'UNKNOWN_CURRENCY',
  country: 'INVALID_COUNTRY',
  email: 'INVALID_EMAIL',
};

export interface ReceivedRedemption {
  readonly request: RedemptionRequest;
  readonly email: Secret;
  /** What a repeated idempotency key must repeat, besides the address. */
  readonly canonicalBody: string;
}

export function readRedemption(member: string, body: unknown): Result<ReceivedRedemption, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  const parsed = z.safeParse(redemptionBodySchema, body);
  if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, fieldCodes));
  const { email, amountMinor, ...rest } = parsed.data;
  return success({
    request: { ...rest, member, amountMinor },
    email: new Secret(email),
    canonicalBody: canonicalJson({ ...rest, amountMinor: `${amountMinor}`, member }),
  });
}
