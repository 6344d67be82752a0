import type { DeliveredReward } from '../../../domain/redemption/delivered-reward.ts';
import { Secret } from '../../../domain/secret.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import { WireNumber } from '../exact-json.ts';
import { type HttpError, isOwnNo } from '../http.ts';
import {
  type Asked,
  accepted,
  lookUpFailure as failedLookUp,
  placingFailure as failedPlacing,
  type Refusal,
  rejected,
  unknown,
} from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import { isPage } from '../wire-schemas.ts';
import type { NoAnswer, Reply } from './calls.ts';
import { type CardReply, chargeOf, type OrderReply, type Problem } from './reply.ts';

export type OrderReading =
  | { readonly kind: 'outcome'; readonly outcome: OrderOutcome }
  /** Delivered: the cards are to be fetched. */
  | { readonly kind: 'cardsNeeded'; readonly order: OrderReply };

/** Which of our own codes stands for which status of an order that was not taken. */
const refusals: ReadonlyMap<number, Refusal> = new Map([
  [400, ['permanent', 'BAD_REQUEST']],
  [404, ['permanent', 'PRODUCT_GONE']],
  [422, ['permanent', 'INVALID_ORDER']],
  [402, ['waitForFunds', 'OUT_OF_FUNDS']],
  [429, ['waitForLimit', 'RATE_LIMITED']],
  [401, ['configuration', 'TOKEN_REFUSED']],
  [403, ['configuration', 'NOT_PERMITTED']],
]);

/** No list of codes is published: these are looked for in the code and in the words beside it. */
const speaksOfFunds = /insufficient[ _](wallet[ _])?(balance|funds)|not enough (balance|funds)/i;
const speaksOfRepeat = /duplicat|already|(be|not) unique/i;

/** What a placing call without an order in its answer means. */
export function placingFailure(reply: NoAnswer): OrderOutcome {
  if (reply.kind === 'noToken') return rejected(reply.refused);
  return failedPlacing(reply, errorMeaning);
}

/**
 * A second call under one reference may be a second card, so a no must be Reloadly's own word
 * whatever its status is.
 */
function errorMeaning({ status, problem }: HttpError<Problem>): OrderOutcome {
  if (status >= 500) return unknown('SERVER_ERROR');
  if (problem === undefined) return unknown('UNEXPECTED_STATUS');
  if (says(problem, speaksOfFunds)) return rejected(['waitForFunds', 'OUT_OF_FUNDS']);
  // An order may exist under our reference: a look-up tells whether it is ours.
  if (status === 409 || says(problem, speaksOfRepeat)) return unknown('REFERENCE_CONFLICT');
  const refusal = refusals.get(status);
  return refusal === undefined ? unknown('UNEXPECTED_STATUS') : rejected(refusal);
}

function says({ errorCode, message }: Problem, words: RegExp): boolean {
  return words.test(errorCode ?? '') || words.test(message);
}

export function lookUpFailure(reply: NoAnswer): OrderOutcome {
  if (reply.kind === 'noToken') return unknown(reply.refused[1]);
  return failedLookUp(reply, refusals);
}

/** Reads an order against what was asked; a status that we do not know is one that is not final. */
export function readOrder(order: OrderReply, asked: Asked): OrderReading {
  if (contradicts(order, asked)) return only(unknown('CONTRADICTION'));
  if (order.status === 'FAILED') return only(rejected(['permanent', 'ORDER_FAILED']));
  if (order.status === 'REFUNDED') return only(rejected(['permanent', 'ORDER_REFUNDED']));
  return order.status === 'SUCCESSFUL' ? { kind: 'cardsNeeded', order } : only(notFinal(order));
}

function only(outcome: OrderOutcome): OrderReading {
  return { kind: 'outcome', outcome };
}

/** What the answer about the cards of a successful order means. */
export function withCards(
  order: OrderReply,
  reply: Reply<readonly CardReply[] | CardReply>,
): OrderOutcome {
  if (isOwnNo(reply, 404)) return notFinal(order);
  if (reply.kind !== 'answer') return unknown('NO_CARDS');
  const cards = 'length' in reply.body ? reply.body : [reply.body];
  if (cards.length > 1) return unknown('CONTRADICTION');
  const [card] = cards;
  if (card === undefined) return notFinal(order);
  const reward = rewardOf(card);
  if (reward === undefined) return unknown('NO_CARDS');
  return accepted(order.transactionId.text, { charge: chargeOf(order), reward });
}

function notFinal(order: OrderReply): OrderOutcome {
  return accepted(order.transactionId.text, { charge: chargeOf(order) });
}

/** One card of the product and value and under the reference that were asked for, else not ours. */
function contradicts(order: OrderReply, { reference, value, products }: Asked): boolean {
  const { customIdentifier, product } = order;
  if (customIdentifier !== reference || product.quantity.text !== '1') return true;
  if (!products.includes(product.productId.text)) return true;
  const told = moneyOf(product.unitPrice, product.currencyCode);
  return !isSameMoney(told, value);
}

/** A code with what stands beside it; a card that is nothing but an address is a link. */
function rewardOf(card: CardReply): DeliveredReward | undefined {
  const [number, pin] = [textOf(card.cardNumber), textOf(card.pinCode)];
  const website = isPage(card.redemptionUrl ?? '') ? (card.redemptionUrl ?? '') : '';
  const [value, beside] = number === '' ? [pin, ''] : [number, pin];
  if (value === '') {
    return website === '' ? undefined : { kind: 'link', value: new Secret(website) };
  }
  if (beside === '' && isPage(value)) return { kind: 'link', value: new Secret(value) };
  return {
    ...{ kind: 'code', value: new Secret(value) },
    ...(beside !== '' && { pin: new Secret(beside) }),
    ...(website !== '' && { website: new Secret(website) }),
  };
}

function textOf(value: string | WireNumber | null | undefined): string {
  return (value instanceof WireNumber ? value.text : (value ?? '')).trim();
}
