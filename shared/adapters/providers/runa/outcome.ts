import type { DeliveredReward } from '../../../domain/redemption/delivered-reward.ts';
import { Secret } from '../../../domain/secret.ts';
import { addMs, localDateAt } from '../../../domain/time.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import type { HttpError } from '../http.ts';
import {
  type Asked,
  accepted,
  placingFailure,
  type Refusal,
  rejected,
  unknown,
} from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import type { Failure } from './calls.ts';
import { chargeOf, type OrderItem, type OrderReply, type Problem, referenceIn } from './reply.ts';

/** Which of our own codes stands for which type of error. */
const refusals: ReadonlyMap<string, Refusal> = new Map([
  ['bad_request', ['permanent', 'BAD_REQUEST']],
  ['validation_error', ['permanent', 'INVALID_ORDER']],
  ['product_validation_error', ['permanent', 'PRODUCT_REFUSED']],
  ['currency_mismatch', ['permanent', 'CURRENCY_REFUSED']],
  ['payment_method_unavailable', ['permanent', 'PAYMENT_REFUSED']],
  ['not_found', ['permanent', 'NAMES_UNKNOWN_THING']],
  ['insufficient_funds', ['waitForFunds', 'OUT_OF_FUNDS']],
  ['rate_exceeded', ['waitForLimit', 'RATE_LIMITED']],
  ['unauthorized', ['configuration', 'KEY_REFUSED']],
  ['invalid_api_key', ['configuration', 'KEY_REFUSED']],
  ['forbidden', ['configuration', 'NOT_PERMITTED']],
  ['ordering_restricted', ['configuration', 'SPENDING_LIMIT_REACHED']],
  ['invalid_version', ['configuration', 'VERSION_REFUSED']],
  ['version_removed', ['configuration', 'VERSION_REFUSED']],
  ['invalid_execution_mode', ['configuration', 'MODE_REFUSED']],
  ['insecure_protocol', ['configuration', 'PROTOCOL_REFUSED']],
]);

/** Refusals of a repeat: an order does stand, or is being made, under the key. */
const standing: ReadonlyMap<string, string> = new Map([
  ['idempotency_validation_error', 'REFERENCE_CONFLICT'],
  ['idempotency_in_progress', 'IN_PROGRESS'],
]);

type Meaning = 'good' | 'REWARD_CANCELED' | 'REWARD_EXPIRED';

/** A status that we do not know may be any text; it is one that is not final. */
const payoutMeanings: ReadonlyMap<string, Meaning> = new Map([
  ['ACTIVE', 'good'],
  ['CLAIMED', 'good'],
  ['CANCELLED', 'REWARD_CANCELED'],
  ['EXPIRED', 'REWARD_EXPIRED'],
]);

/**
 * What an error in answer to an order means. Only Runa's own error form is a no, and only of a type
 * that we know: the rest, an interrupted 102 among it, may hide an order. Runa keeps answers with
 * the key, so a no is said again to the same key for thirty days.
 */
export function errorMeaning({ status, problem }: HttpError<Problem>): OrderOutcome {
  if (status >= 500) return unknown('SERVER_ERROR');
  const type = problem === undefined ? undefined : typeOf(problem);
  if (type === undefined || status < 400) return unknown('UNEXPECTED_STATUS');
  const stands = standing.get(type);
  if (stands !== undefined) return unknown(stands);
  const refusal = refusals.get(type);
  return refusal === undefined ? unknown('UNEXPECTED_ERROR') : rejected(refusal);
}

/** A look-up that fails tells nothing of the order, whatever the error says of the look-up. */
export function lookUpFailure(failure: Failure): OrderOutcome {
  const outcome = placingFailure(failure, errorMeaning);
  if (outcome.kind !== 'rejected') return outcome;
  return unknown(outcome.reason === 'permanent' ? 'UNEXPECTED_STATUS' : outcome.detail);
}

export function isAbsent(failure: Failure): boolean {
  if (failure.kind !== 'error' || failure.status !== 404) return false;
  return failure.problem !== undefined && typeOf(failure.problem) === 'not_found';
}

/** The one form without a type is that of the rate limit. */
function typeOf(problem: Problem): string {
  return 'type' in problem ? problem.type.replaceAll('-', '_') : 'rate_exceeded';
}

/** Reads an order against what was asked. One that is not completed need not name our reference. */
export function readOrder(order: OrderReply, asked: Asked): OrderOutcome {
  const named = referenceIn(order);
  if (named !== undefined && named !== asked.reference) return unknown('CONTRADICTION');
  if (order.status === 'FAILED') return rejected(['permanent', 'ORDER_FAILED']);
  if (order.status !== 'COMPLETED') return notFinal(order);
  const [item, ...more] = order.items ?? [];
  if (named === undefined || item === undefined || more.length > 0) return unknown('CONTRADICTION');
  if (!isAsAsked(order, item, asked)) return unknown('CONTRADICTION');
  const meaning = payoutMeanings.get(item.payout.status);
  if (meaning === undefined) return notFinal(order);
  if (meaning !== 'good') return rejected(['permanent', meaning]);
  return accepted(order.id, { charge: chargeOf(order), reward: rewardOf(item) });
}

/** Of the value and the products that were asked for, by link: anything else is not ours. */
function isAsAsked(order: OrderReply, item: OrderItem, { value, products }: Asked): boolean {
  if (item.distribution_method.type !== 'PAYOUT_LINK') return false;
  const told = moneyOf(item.face_value, item.currency ?? order.currency ?? '');
  if (!isSameMoney(told, value)) return false;
  const { type, value: single, values } = item.products;
  if (type === 'UNKNOWN') return true;
  const codes = values ?? [single];
  return codes.length === products.length && codes.every((code) => products.includes(code ?? ''));
}

/** The last day is the one, in UTC, that the link ends in: at midnight it is the day before. */
function rewardOf({ payout }: OrderItem): DeliveredReward {
  const reward = { kind: 'link', value: new Secret(payout.url) } as const;
  if (!payout.expiry_date) return reward;
  return { ...reward, expiresOn: localDateAt(addMs(payout.expiry_date, -1), 'UTC') };
}

function notFinal(order: OrderReply): OrderOutcome {
  return accepted(order.id, { charge: chargeOf(order) });
}
