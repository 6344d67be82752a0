import type { Alternative } from '../domain/catalogue/alternatives.ts';
import { type Refusal, type RefusalCode, refusalSentences } from '../domain/refusal.ts';
import { type LimitDocument, limitDocument } from './limits.ts';

/** HTTP status of each refusal. 400: cannot be read; 422: can be read, but not done. */
export const refusalStatuses = {
  MALFORMED_JSON: 400,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BODY_TOO_LARGE: 413,
  FIELD_MISSING: 400,
  FIELD_INVALID: 400,
  UNKNOWN_FIELD: 400,
  INVALID_AMOUNT: 400,
  UNKNOWN_CURRENCY: 400,
  INVALID_DATE: 400,
  EVENT_IN_FUTURE: 422,
  EVENT_TOO_LATE: 422,
  SPLIT_INVALID: 422,
  DATE_OUT_OF_RANGE: 422,
  UNKNOWN_PROGRAM: 404,
  UNKNOWN_EVENT_TYPE: 422,
  CURRENCY_NOT_IN_PROGRAM: 422,
  CURRENCY_RETIRED: 422,
  RATE_STALE: 422,
  RATE_MISSING: 422,
  BATCH_EMPTY: 400,
  BATCH_TOO_LARGE: 400,
  COMMAND_NOT_TAKEN: 422,
  EVENT_CONFLICT: 409,
  FOLLOW_UP_MEMBER_MISMATCH: 422,
  FOLLOW_UP_CURRENCY_MISMATCH: 422,
  FOLLOW_UP_NOT_AN_ORIGINAL: 422,
  UNKNOWN_REWARD: 422,
  REWARD_NOT_IN_COUNTRY: 422,
  REWARD_CURRENCY_MISMATCH: 422,
  REWARD_UNAVAILABLE: 422,
  REWARD_NOT_FOR_MEMBER: 422,
  AMOUNT_NOT_OFFERED: 422,
  UNKNOWN_QUOTE: 404,
  QUOTE_EXPIRED: 422,
  QUOTE_USED: 409,
  LIMIT_REACHED: 422,
  CASH_NOT_OFFERED: 422,
  CASH_SHARE_EXCEEDED: 422,
  PAYMENT_MISMATCH: 422,
  PAYMENT_NOT_DUE: 422,
  PAYMENT_CONFLICT: 409,
  ADDRESS_MISSING: 422,
  REWARD_BY_POST: 422,
  ADDRESS_NOT_WANTED: 422,
  ALREADY_DELIVERED: 409,
  NOT_DELIVERED: 409,
  RESENDS_USED_UP: 429,
  RESEND_TOO_SOON: 429,
  ADDRESS_BOUNCED: 422,
  UNKNOWN_REVIEW: 404,
  REVIEW_DECIDED: 409,
  INVALID_COUNTRY: 400,
  INVALID_EMAIL: 400,
  BELOW_MINIMUM: 422,
  NOT_A_STEP: 422,
  SHARE_OF_PRICE_EXCEEDED: 422,
  TOO_MANY_FOR_ORDER: 422,
  INSUFFICIENT_POINTS: 422,
  IDEMPOTENCY_CONFLICT: 409,
  IDEMPOTENCY_KEY_MISSING: 400,
  UNKNOWN_REDEMPTION: 404,
  FORBIDDEN: 403,
  UNKNOWN_WEBHOOK: 404,
  WEBHOOK_TYPE_UNKNOWN: 400,
  WEBHOOK_URL_REFUSED: 400,
  REPLAY_TOO_LONG: 400,
  PERIOD_INVALID: 400,
  TOO_MANY_WEBHOOKS: 422,
  WEBHOOK_REFUSED: 401,
  ENTITLEMENT_NOT_ACTIVE: 422,
  UNKNOWN_WAY: 422,
  UNKNOWN_APPROVAL: 404,
  GOODWILL_BELOW_FLOOR: 422,
  GOODWILL_ABOVE_CEILING: 422,
  ENVELOPE_EXCEEDED: 422,
  NOT_IN_SEGMENT: 422,
  SURVEY_CLOSED: 422,
  SURVEY_TICKET_ISSUED: 409,
  SURVEY_TICKET_INVALID: 422,
  SURVEY_RECEIPT_INVALID: 422,
  SURVEY_PAID: 409,
  UNKNOWN_COMMAND: 422,
  UNKNOWN_MEMBER: 404,
  ALREADY_ENROLLED: 409,
  KIND_NOT_IN_PROGRAM: 422,
  COUNTRY_NOT_IN_PROGRAM: 422,
  UNKNOWN_SEGMENT: 422,
  NOT_A_COMPANY: 422,
  NOT_A_PARTICIPANT: 422,
  PARTICIPANT_UNKNOWN: 422,
  PARTICIPANT_ELSEWHERE: 422,
  TOO_MANY_PARTICIPANTS: 422,
  LAST_ADMIN: 422,
  ROLE_NOT_ENOUGH: 403,
  WALLET_OF_COMPANIES: 422,
  SAME_MEMBER: 422,
  MEMBER_MERGED: 409,
  KINDS_DIFFER: 422,
  MERGE_TOO_LARGE: 422,
  UNKNOWN_UNIT: 422,
  UNKNOWN_CHARITY: 422,
  SHARE_NOT_OFFERED: 422,
  UNKNOWN_EXCHANGE: 422,
  INSUFFICIENT_BALANCE: 422,
  UNKNOWN_REASON: 422,
  EXTENSION_NOT_ALLOWED: 422,
  LOT_EXPIRED: 422,
  SAME_PERSON: 403,
  NO_TIERS: 404,
  UNKNOWN_TIER: 422,
  OVERRIDE_NOT_OFFERED: 422,
  OVERRIDE_TOO_LONG: 422,
  HOLD_TOO_LONG: 422,
  TRY_AGAIN: 503,
} as const satisfies Record<RefusalCode, number>;

export const problemContentType = 'application/problem+json';

/**
 * An RFC 9457 document. `title` is a sentence to act on; `field` is a dotted path into the body.
 */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  /** Of a reward that cannot be had: what is nearest to it; amounts in minor units, as digits. */
  readonly alternatives?: readonly AlternativeDocument[];
  /** Of `LIMIT_REACHED`. */
  readonly limits?: readonly LimitDocument[];
  /** Names this one occurrence, for a question to support. */
  readonly instance?: string;
}

export interface AlternativeDocument {
  readonly rewardId: string;
  readonly name: string;
  readonly kind: string;
  readonly currency: string;
  readonly amountMinor?: string;
}

/** A field is named by the caller where it is an unknown one, so it is cut. */
const maximumFieldLength = 256;

export function problemOf({ code, field, alternatives, limits }: Refusal): ProblemDocument {
  return {
    type: `urn:guerdon:problem:${code}`,
    title: refusalSentences[code],
    status: refusalStatuses[code],
    code,
    ...(field !== undefined && { field: field.slice(0, maximumFieldLength) }),
    ...(alternatives && { alternatives: alternatives.map(alternativeDocument) }),
    ...(limits && { limits: limits.map(limitDocument) }),
  };
}

function alternativeDocument({ amountMinor, ...told }: Alternative): AlternativeDocument {
  return amountMinor === undefined ? told : { ...told, amountMinor: amountMinor.toString() };
}

/** Tells nothing of what failed; the log line of the same request does. */
export function unexpectedProblem(requestId: string): ProblemDocument {
  return {
    type: 'urn:guerdon:problem:UNEXPECTED_ERROR',
    title: 'The request could not be finished. Send the same request again in a moment.',
    status: 500,
    code: 'UNEXPECTED_ERROR',
    instance: `urn:guerdon:request:${requestId}`,
  };
}
