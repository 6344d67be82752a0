import * as z from 'zod/mini';
import { formatFraction } from '../domain/money/fraction.ts';
import type { Means } from '../domain/redemption/means.ts';
import type { RedemptionRequest } from '../domain/redemption/price.ts';
import type { Quote } from '../domain/redemption/terms.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { formatInstant } from '../domain/time.ts';
import { refusalOf } from './json.ts';
import { limitDocument } from './limits.ts';
import { askedReward, redemptionFieldCodes, requestOf } from './redemptions.ts';

/** The body of `POST …/quotes`. */
export const quoteBodySchema = z.strictObject(askedReward);

export function readQuote(member: string, body: unknown): Result<RedemptionRequest, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  const parsed = z.safeParse(quoteBodySchema, body);
  if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, redemptionFieldCodes));
  return success(requestOf(member, parsed.data));
}

export interface ShownQuote {
  readonly quote: Quote;
  /** Of the member, as of now. */
  readonly means: Means;
}

/** A quote as the API tells it: amounts as digits, the exact rate as `n/d`. */
export function quoteView({ quote, means: { shortBy, limits } }: ShownQuote) {
  const { id, rewardId, country, value, unit, points, terms, promisedMinutes } = quote;
  const { rate, cash, marginBasisPoints } = terms;
  return {
    ...{ quote: id, rewardId, rewardName: terms.rewardName, kind: terms.kind, country },
    ...{ amountMinor: value.amountMinor.toString(), currency: value.currency },
    ...{ unit, points: points.toString(), promisedMinutes, language: terms.language },
    ...(cash && { cash: { ...cash, amountMinor: cash.amountMinor.toString() } }),
    ...(rate && { rate: { ...rate, rate: formatFraction(rate.rate) } }),
    ...(marginBasisPoints !== undefined && { marginBasisPoints }),
    quotedAt: formatInstant(quote.quotedAt),
    expiresAt: formatInstant(quote.expiresAt),
    affordable: shortBy === 0n && limits.length === 0,
    ...(shortBy > 0n && { shortBy: shortBy.toString() }),
    ...(limits.length > 0 && { limits: limits.map(limitDocument) }),
  };
}
