/**
 * Every refusal that a person or an integrator can meet: a stable code and a sentence to act on.
 * The HTTP status of each code stands in `shared/contracts/problem.ts`.
 */
export const refusalSentences = {
  MALFORMED_JSON: 'The text is not valid JSON. Send one JSON object.',
  BODY_TOO_LARGE: 'The body is larger than 256 KB. Send a smaller one.',
  FIELD_MISSING: 'A required field is missing or empty. Fill it in.',
  FIELD_INVALID: 'A field has the wrong type or is too long. Correct it.',
  UNKNOWN_FIELD: 'A field is not part of the contract. Remove it or check its spelling.',
  INVALID_AMOUNT:
    'The amount must be a whole number of minor units, zero or more, within 2^53 - 1.',
  UNKNOWN_CURRENCY: 'The currency is not an ISO 4217 code that Guerdon supports.',
  INVALID_DATE: 'The date must be ISO 8601 with an offset, such as 2026-03-01T10:00:00+01:00.',
  EVENT_IN_FUTURE: 'The event lies more than a day in the future. Check its date.',
  DATE_OUT_OF_RANGE: 'The event lies before the year 2000 or after 2078.',
  UNKNOWN_PROGRAM: 'No program of that name is published here.',
  UNKNOWN_EVENT_TYPE: 'The program does not declare this event type.',
  CURRENCY_NOT_IN_PROGRAM: 'The program does not accept events in this currency.',
  EVENT_CONFLICT: 'This source and id were sent before with another body. The first one stands.',
  FOLLOW_UP_MEMBER_MISMATCH: 'The event names an original that belongs to another member.',
  FOLLOW_UP_NOT_AN_ORIGINAL: 'The event names an original that cannot be returned.',
  UNKNOWN_REWARD: 'The program has no such reward.',
  REWARD_NOT_IN_COUNTRY: 'The reward is not offered in this country.',
  REWARD_CURRENCY_MISMATCH: 'The reward is not offered in this currency.',
  INVALID_COUNTRY: 'The country must be an ISO 3166 code of two capital letters.',
  INVALID_EMAIL: 'The e-mail address is not valid.',
  BELOW_MINIMUM: 'The amount is below the smallest that can be redeemed.',
  INSUFFICIENT_POINTS: 'There are not enough points for this reward.',
  IDEMPOTENCY_CONFLICT: 'This idempotency key was used before with another request.',
  IDEMPOTENCY_KEY_MISSING: 'Send an Idempotency-Key header of 1 to 128 characters.',
  UNKNOWN_REDEMPTION: 'There is no such redemption.',
  WEBHOOK_REFUSED: 'The webhook has no valid signature of a provider that is enabled here.',
  FORBIDDEN: 'The token does not allow this for this member and program.',
  TRY_AGAIN: 'Too many changes met on this balance. Nothing was done; send the request again.',
} as const;

export type RefusalCode = keyof typeof refusalSentences;

/** `field` is a dotted path into the body, such as `lines.0.sku`. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly field?: string;
}

export function refusal(code: RefusalCode, field?: string): Refusal {
  return field === undefined ? { code } : { code, field };
}
