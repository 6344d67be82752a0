import type { OrderStatus } from 'tremendous';
import { Secret } from '../../../domain/secret.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import type { HttpError } from '../http.ts';
import { type Asked, accepted, type Refusal, rejected, unknown } from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import { vendorIdOf } from './product-id.ts';
import { chargeOf, type OrderReply, type RewardReply, refundOf } from './reply.ts';

export type OrderReading =
  | { readonly kind: 'outcome'; readonly outcome: OrderOutcome }
  /** Delivered, but the link was given in an answer that we do not have. */
  | { readonly kind: 'linkNeeded'; readonly order: OrderReply; readonly reward: RewardReply };

type Meaning = 'pending' | 'executed' | 'ORDER_FAILED' | 'ORDER_CANCELED';

const statusMeanings: Readonly<Record<OrderStatus, Meaning>> = {
  OPEN: 'pending',
  'PENDING APPROVAL': 'pending',
  'PENDING INTERNAL PAYMENT APPROVAL': 'pending',
  'PENDING SETTLEMENT': 'pending',
  EXECUTED: 'executed',
  FAILED: 'ORDER_FAILED',
  CANCELED: 'ORDER_CANCELED',
};

/** A map, since a status that we do not know may be any text; it is one that is not final. */
const meanings: ReadonlyMap<string, Meaning> = new Map(Object.entries(statusMeanings));

/** Which of our own codes stands for which status of an order that was not taken. */
export const refusals: ReadonlyMap<number, Refusal> = new Map([
  [400, ['permanent', 'BAD_REQUEST']],
  [404, ['permanent', 'NAMES_UNKNOWN_THING']],
  [422, ['permanent', 'INVALID_ORDER']],
  [402, ['waitForFunds', 'OUT_OF_FUNDS']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
  [401, ['configuration', 'KEY_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
]);

/** What an error in answer to an order means: the 404 of a proxy says nothing about the order. */
export function errorMeaning({ status, recognised }: HttpError): OrderOutcome {
  // An order does exist under our reference, with another body: a look-up tells whether it is ours.
  if (status === 409) return unknown('REFERENCE_CONFLICT');
  const refusal = refusals.get(status);
  if (refusal !== undefined && (recognised || refusal[0] !== 'permanent')) {
    return rejected(refusal);
  }
  return unknown(status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED_STATUS');
}

/**
 * Reads an order against what was asked. `mayChange`: an answer 202, where nothing good is final
 * yet.
 */
export function readOrder(order: OrderReply, asked: Asked, mayChange: boolean): OrderReading {
  if (contradicts(order, asked)) return only(unknown('CONTRADICTION'));
  const meaning = meanings.get(order.status) ?? 'pending';
  if (meaning === 'pending') return only(notFinal(order));
  if (meaning !== 'executed') return only(rejected(['permanent', meaning]));
  if (mayChange) return only(notFinal(order));
  const refund = refundOf(order);
  if (refund === 'whole') return only(rejected(['permanent', 'ORDER_REFUNDED']));
  if (refund === 'partial') return only(unknown('PARTLY_REFUNDED'));
  const reward = order.rewards?.[0];
  if (reward === undefined) return only(unknown('CONTRADICTION'));
  if (reward.delivery.status === 'FAILED') return only(unknown('DELIVERY_FAILED'));
  if (reward.delivery.status !== 'SUCCEEDED') return only(notFinal(order));
  const { link } = reward.delivery;
  return link ? only(delivered(order, link)) : { kind: 'linkNeeded', order, reward };
}

function only(outcome: OrderOutcome): OrderReading {
  return { kind: 'outcome', outcome };
}

export function delivered(order: OrderReply, link: string): OrderOutcome {
  const reward = { kind: 'link', value: new Secret(link) } as const;
  return accepted(order.id, { charge: chargeOf(order), reward });
}

/** The link is not asked for again. */
export function deliveredBefore(order: OrderReply): OrderOutcome {
  return { ...notFinal(order), final: true };
}

function notFinal(order: OrderReply): OrderOutcome & { readonly kind: 'accepted' } {
  return accepted(order.id, { charge: chargeOf(order) });
}

/**
 * One reward, of the value, of one of the products and under the reference that were asked for, by
 * link: anything else is not ours. Products are compared where the order names them.
 */
function contradicts(order: OrderReply, { reference, value, products }: Asked): boolean {
  const rewards = order.rewards ?? [];
  if (order.external_id !== reference || rewards.length > 1) return true;
  const askedIds = new Set(products.map(vendorIdOf));
  return rewards.some((reward) => {
    if (reward.delivery.method !== 'LINK') return true;
    if (reward.products?.some((product) => !askedIds.has(product))) return true;
    const told = moneyOf(reward.value.denomination, reward.value.currency_code);
    return !isSameMoney(told, value);
  });
}
