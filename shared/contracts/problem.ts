import type { Alternative } from '../domain/catalogue/alternatives.ts';
import { type Refusal, type RefusalCode, refusalSentences } from '../domain/refusal.ts';
import { type LimitDocument, limitDocument } from './limits.ts';

/** Of what can be read, but not done: most refusals. */
const notDone = 422;

/** HTTP status of each other refusal. 400: cannot be read. */
const otherStatuses: Partial<Record<RefusalCode, number>> = {
  MALFORMED_JSON: 400,
  UNSUPPORTED_MEDIA_TYPE: 415,
  BODY_TOO_LARGE: 413,
  FIELD_MISSING: 400,
  FIELD_INVALID: 400,
  UNKNOWN_FIELD: 400,
  INVALID_AMOUNT: 400,
  UNKNOWN_CURRENCY: 400,
  INVALID_DATE: 400,
  UNKNOWN_PROGRAM: 404,
  BATCH_EMPTY: 400,
  BATCH_TOO_LARGE: 400,
  EVENT_CONFLICT: 409,
  UNKNOWN_QUOTE: 404,
  QUOTE_USED: 409,
  PAYMENT_CONFLICT: 409,
  ALREADY_DELIVERED: 409,
  NOT_DELIVERED: 409,
  RESENDS_USED_UP: 429,
  RESEND_TOO_SOON: 429,
  UNKNOWN_REVIEW: 404,
  REVIEW_DECIDED: 409,
  INVALID_COUNTRY: 400,
  INVALID_EMAIL: 400,
  IDEMPOTENCY_CONFLICT: 409,
  IDEMPOTENCY_KEY_MISSING: 400,
  UNKNOWN_REDEMPTION: 404,
  FORBIDDEN: 403,
  UNKNOWN_WEBHOOK: 404,
  WEBHOOK_TYPE_UNKNOWN: 400,
  WEBHOOK_URL_REFUSED: 400,
  SANCTIONS_LIST_MISSING: 409,
  PAYOUTS_NOT_OFFERED: 409,
  REPLAY_TOO_LONG: 400,
  PERIOD_INVALID: 400,
  WEBHOOK_REFUSED: 401,
  UNKNOWN_APPROVAL: 404,
  SURVEY_TICKET_ISSUED: 409,
  SURVEY_PAID: 409,
  UNKNOWN_MEMBER: 404,
  ALREADY_ENROLLED: 409,
  ROLE_NOT_ENOUGH: 403,
  MEMBER_MERGED: 409,
  SAME_PERSON: 403,
  NO_TIERS: 404,
  TRY_AGAIN: 503,
  UNKNOWN_PAYOUT_CHOICE: 404,
  INVALID_IBAN: 400,
  INVALID_BIC: 400,
  INVALID_SORT_CODE: 400,
  INVALID_ROUTING_NUMBER: 400,
  INVALID_ACCOUNT_NUMBER: 400,
  INVALID_RECEIVER: 400,
};

export function refusalStatus(code: RefusalCode): number {
  return otherStatuses[code] ?? notDone;
}

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
    status: refusalStatus(code),
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
