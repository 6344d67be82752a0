import type { Answer } from '../common/answer.ts';

const statuses = {
  invalid_api_key: 401,
  forbidden: 403,
  ordering_restricted: 403,
  bad_request: 400,
  invalid_version: 400,
  invalid_execution_mode: 400,
  pagination_error: 400,
  product_validation_error: 400,
  currency_mismatch: 400,
  insufficient_funds: 400,
  idempotency_validation_error: 400,
  idempotency_in_progress: 400,
  not_found: 404,
  internal_server_error: 500,
  timeout: 504,
} as const;

/** An error in the vendor's form. */
export function refused(type: keyof typeof statuses, message = 'It cannot be done.'): Answer {
  return { status: statuses[type], body: { type, message, help: 'Read the reference.' } };
}

export interface Detail {
  readonly type: string;
  readonly message: string;
  readonly location: readonly string[];
}

export function invalid(details: readonly Detail[]): Answer {
  const message = 'There were problems with the request, see details.';
  return { status: 422, body: { type: 'validation_error', message, help: null, details } };
}

/** The one answer that is not in the common form. */
export const tooMany: Answer = { status: 429, body: { error: 'rate exceeded' } };
