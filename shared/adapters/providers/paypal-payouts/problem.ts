import type { OrderOutcome } from '../../../ports/provider.ts';
import type { HttpError } from '../http.ts';
import { type Refusal, rejected, unknown } from '../order-outcome.ts';
import { identifierPattern } from '../wire-schemas.ts';
import type { PayPalProblem, Problem } from './reply.ts';

/** PayPal's names of errors in our own codes. */
const refusals: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['VALIDATION_ERROR', ['permanent', 'INVALID_ORDER']],
  ['INVALID_REQUEST', ['permanent', 'INVALID_ORDER']],
  ['RESOURCE_NOT_FOUND', ['permanent', 'NAMES_UNKNOWN_THING']],
  ['CLOSED_MARKET', ['permanent', 'CLOSED_MARKET']],
  ['INSUFFICIENT_FUNDS', ['waitForFunds', 'OUT_OF_FUNDS']],
  ['RATE_LIMIT_REACHED', ['waitForLimit', 'RATE_LIMITED']],
  ['SENDER_RESTRICTED', ['configuration', 'SENDER_RESTRICTED']],
  ['SENDER_LOCKED', ['configuration', 'SENDER_LOCKED']],
  ['SENDER_EMAIL_UNCONFIRMED', ['configuration', 'SENDER_UNCONFIRMED']],
  ['NON_HOLDING_CURRENCY', ['configuration', 'CURRENCY_NOT_HELD']],
  ['AUTHENTICATION_FAILURE', ['configuration', 'CREDENTIALS_REFUSED']],
  ['NOT_AUTHORIZED', ['configuration', 'NOT_PERMITTED']],
  ['AUTHORIZATION_ERROR', ['configuration', 'NOT_PERMITTED']],
  ['REQUIRED_SCOPE_MISSING', ['configuration', 'NOT_PERMITTED']],
]);

/** Where the name says nothing; a refusal for good must be in PayPal's own form. */
export const statusRefusals: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  [400, ['permanent', 'BAD_REQUEST']],
  [401, ['configuration', 'CREDENTIALS_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
  [422, ['permanent', 'INVALID_ORDER']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
]);

/** What an error in answer to a new batch means, unless it is one that stands already. */
export function errorMeaning(error: HttpError<PayPalProblem>): OrderOutcome {
  const { status } = error;
  if (status >= 500) return unknown('SERVER_ERROR');
  if (status < 400) return unknown('UNEXPECTED_STATUS');
  const problem = ownProblem(error);
  if (problem?.name === 'USER_BUSINESS_ERROR') return businessMeaning(problem);
  const named = problem && refusals.get(problem.name);
  if (named?.[0] === 'permanent' && isAboutReceiver(problem)) {
    return rejected(['permanent', 'RECEIVER_INVALID']);
  }
  if (named !== undefined) return rejected(named);
  const byStatus = statusRefusals.get(status);
  const isWord = byStatus !== undefined && (problem !== undefined || byStatus[0] !== 'permanent');
  return isWord ? rejected(byStatus) : unknown('UNEXPECTED_STATUS');
}

/** One without details may be about an id that was used: then an order exists. */
function businessMeaning(problem: Problem): OrderOutcome {
  if (isDuplicate(problem)) return unknown('REFERENCE_CONFLICT');
  if ((problem.details ?? []).length === 0) return unknown('BUSINESS_RULE_UNNAMED');
  return rejected(['permanent', 'BUSINESS_RULE']);
}

function isAboutReceiver(problem: Problem | undefined): boolean {
  return problem?.details?.some(({ field }) => /\breceiver$/i.test(field ?? '')) ?? false;
}

function isDuplicate({ details }: Problem): boolean {
  return details?.some(({ field, issue }) => /sender_batch_id/i.test(`${field} ${issue}`)) ?? false;
}

/**
 * The id of the batch that stands under our reference already, where the refusal says so: it links
 * to it. The id is all that is taken from the link, whose host need not be the one we call.
 */
export function standingBatch(error: HttpError<PayPalProblem>): string | undefined {
  const problem = ownProblem(error);
  if (problem?.name !== 'USER_BUSINESS_ERROR' || !isDuplicate(problem)) return undefined;
  const { details, links } = problem;
  const all = [...(details ?? []).flatMap((it) => [...(it.link ?? []), ...(it.links ?? [])])];
  for (const { href } of [...all, ...(links ?? [])]) {
    const id = /\/v1\/payments\/payouts\/([^/?#]+)$/.exec(href)?.[1] ?? '';
    if (identifierPattern.test(id)) return id;
  }
  return undefined;
}

function ownProblem({ problem }: HttpError<PayPalProblem>): Problem | undefined {
  return problem !== undefined && 'name' in problem ? problem : undefined;
}
