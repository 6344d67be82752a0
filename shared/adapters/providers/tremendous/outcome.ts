import type { OrderStatus } from 'tremendous';
import type { Money } from '../../../domain/money/money.ts';
import { Secret } from '../../../domain/secret.ts';
import type { OrderOutcome, RejectionReason } from '../../../ports/provider.ts';
import type { HttpOutcome } from '../http.ts';
import { vendorIdOf } from './product-id.ts';
import { chargeOf, moneyOf, type OrderReply, type RewardReply, refundOf } from './reply.ts';

/** What we asked for, and what an order must be to be ours. */
export interface Asked {
  readonly reference: string;
  readonly value: Money;
  readonly products: readonly string[];
}

export type OrderReading =
  | { readonly kind: 'outcome'; readonly outcome: OrderOutcome }
  /** Delivered, but the link was given in an answer that we do not have. */
  | { readonly kind: 'linkNeeded'; readonly order: OrderReply; readonly reward: RewardReply };

type Refusal = readonly [reason: RejectionReason, detail: string];

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
const refusals: ReadonlyMap<number, Refusal> = new Map([
  [400, ['permanent', 'BAD_REQUEST']],
  [404, ['permanent', 'NAMES_UNKNOWN_THING']],
  [422, ['permanent', 'INVALID_ORDER']],
  [402, ['waitForFunds', 'OUT_OF_FUNDS']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
  [401, ['configuration', 'KEY_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
]);

export function unknown(detail: string): OrderOutcome {
  return { kind: 'unknown', detail };
}

function rejected([reason, detail]: Refusal): OrderOutcome {
  return { kind: 'rejected', reason, detail };
}

/**
 * What a placing call without an order in its answer means. A refusal for good frees the member's
 * points, so it must be Tremendous' own word: the 404 of a proxy says nothing about the order.
 */
export function placingFailure(
  outcome: Exclude<HttpOutcome<unknown>, { kind: 'answer' }>,
): OrderOutcome {
  if (outcome.kind === 'notSent') return rejected(['retrySameKey', 'NOT_REACHED']);
  if (outcome.kind !== 'error') return unknown(outcome.detail);
  // An order does exist under our reference, with another body: a look-up tells whether it is ours.
  if (outcome.status === 409) return unknown('REFERENCE_CONFLICT');
  const refusal = refusals.get(outcome.status);
  if (refusal !== undefined && (outcome.recognised || refusal[0] !== 'permanent')) {
    return rejected(refusal);
  }
  return unknown(outcome.status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED_STATUS');
}

/** A look-up that fails tells nothing of the order, whatever the status says of the look-up. */
export function lookUpFailure(
  outcome: Exclude<HttpOutcome<unknown>, { kind: 'answer' }>,
): OrderOutcome {
  if (outcome.kind === 'notSent') return unknown('NOT_REACHED');
  if (outcome.kind !== 'error') return unknown(outcome.detail);
  if (outcome.status >= 500) return unknown('SERVER_ERROR');
  const refusal = refusals.get(outcome.status);
  const says = refusal !== undefined && refusal[0] !== 'permanent' ? refusal[1] : undefined;
  return unknown(says ?? 'UNEXPECTED_STATUS');
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
  return { kind: 'accepted', providerOrder: order.id, final: true, reward, ...charged(order) };
}

function notFinal(order: OrderReply): OrderOutcome {
  return { kind: 'accepted', providerOrder: order.id, final: false, ...charged(order) };
}

function charged(order: OrderReply): { charge?: Money } {
  const charge = chargeOf(order);
  return charge === undefined ? {} : { charge };
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
    return told?.amountMinor !== value.amountMinor || told.currency !== value.currency;
  });
}
