import { type Refusal, type RefusalCode, refusalSentences } from '../domain/refusal.ts';

/** HTTP status of each refusal. 400: cannot be read; 422: can be read, but not done. */
export const refusalStatuses = {
  MALFORMED_JSON: 400,
  BODY_TOO_LARGE: 413,
  FIELD_MISSING: 400,
  FIELD_INVALID: 400,
  UNKNOWN_FIELD: 400,
  INVALID_AMOUNT: 400,
  UNKNOWN_CURRENCY: 400,
  INVALID_DATE: 400,
  EVENT_IN_FUTURE: 422,
  DATE_OUT_OF_RANGE: 422,
  UNKNOWN_PROGRAM: 404,
  UNKNOWN_EVENT_TYPE: 422,
  CURRENCY_NOT_IN_PROGRAM: 422,
  EVENT_CONFLICT: 409,
  FOLLOW_UP_MEMBER_MISMATCH: 422,
  FOLLOW_UP_NOT_AN_ORIGINAL: 422,
  UNKNOWN_REWARD: 422,
  REWARD_NOT_IN_COUNTRY: 422,
  REWARD_CURRENCY_MISMATCH: 422,
  INVALID_COUNTRY: 400,
  INVALID_EMAIL: 400,
  BELOW_MINIMUM: 422,
  INSUFFICIENT_POINTS: 422,
  IDEMPOTENCY_CONFLICT: 409,
  IDEMPOTENCY_KEY_MISSING: 400,
  UNKNOWN_REDEMPTION: 404,
  FORBIDDEN: 403,
  WEBHOOK_REFUSED: 401,
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
  /** Names this one occurrence, for a question to support. */
  readonly instance?: string;
}

/** A field is named by the caller where it is an unknown one, so it is cut. */
const maximumFieldLength = 256;

export function problemOf({ code, field }: Refusal): ProblemDocument {
  return {
    type: `urn:guerdon:problem:${code}`,
    title: refusalSentences[code],
    status: refusalStatuses[code],
    code,
    ...(field !== undefined && { field: field.slice(0, maximumFieldLength) }),
  };
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
