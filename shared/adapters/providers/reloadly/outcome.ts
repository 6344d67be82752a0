import type { Money } from '../../../domain/money/money.ts';
import type { DeliveredReward } from '../../../domain/redemption/delivered-reward.ts';
import { Secret } from '../../../domain/secret.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import { WireNumber } from '../exact-json.ts';
import type { NoAnswer, Reply } from './calls.ts';
import { type CardReply, chargeOf, moneyOf, type OrderReply, type Problem } from './reply.ts';
import type { Refusal } from './tokens.ts';

/** What we asked for, and what an order must be to be ours. */
export interface Asked {
  readonly reference: string;
  readonly value: Money;
  readonly products: readonly string[];
}

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

export function unknown(detail: string): OrderOutcome {
  return { kind: 'unknown', detail };
}

function rejected([reason, detail]: Refusal): OrderOutcome {
  return { kind: 'rejected', reason, detail };
}

/**
 * What a placing call without an order in its answer means. A second call under one reference may
 * be a second card, so a no must be Reloadly's own word whatever its status is.
 */
export function placingFailure(reply: NoAnswer): OrderOutcome {
  if (reply.kind === 'noToken') return rejected(reply.refusal);
  if (reply.kind === 'notSent') return rejected(['retrySameKey', 'NOT_REACHED']);
  if (reply.kind !== 'error') return unknown(reply.detail);
  const { status, problem } = reply;
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

/** A look-up that fails tells nothing of the order, whatever the status says of the look-up. */
export function lookUpFailure(reply: NoAnswer): OrderOutcome {
  if (reply.kind === 'noToken') return unknown(reply.refusal[1]);
  if (reply.kind === 'notSent') return unknown('NOT_REACHED');
  if (reply.kind !== 'error') return unknown(reply.detail);
  if (reply.status >= 500) return unknown('SERVER_ERROR');
  const refusal = refusals.get(reply.status);
  const detail = refusal !== undefined && refusal[0] !== 'permanent' ? refusal[1] : undefined;
  return unknown(detail ?? 'UNEXPECTED_STATUS');
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
  return { ...acceptedAs(order), final: true, reward };
}

/** Only Reloadly's own word counts: the 404 of a proxy says nothing of what was asked for. */
export function isOwnNo(reply: Reply<unknown>, status: number): boolean {
  return reply.kind === 'error' && reply.status === status && reply.recognised;
}

function notFinal(order: OrderReply): OrderOutcome {
  return { ...acceptedAs(order), final: false };
}

function acceptedAs(order: OrderReply) {
  const charge = chargeOf(order);
  const accepted = { kind: 'accepted', providerOrder: order.transactionId.text } as const;
  return charge === undefined ? accepted : { ...accepted, charge };
}

/** One card of the product and value and under the reference that were asked for, else not ours. */
function contradicts(order: OrderReply, { reference, value, products }: Asked): boolean {
  const { customIdentifier, product } = order;
  if (customIdentifier !== reference || product.quantity.text !== '1') return true;
  if (!products.includes(product.productId.text)) return true;
  const told = moneyOf(product.unitPrice, product.currencyCode);
  return told?.amountMinor !== value.amountMinor || told.currency !== value.currency;
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

/** It is shown to a person as a link: only an address that a browser opens as a page will do. */
function isPage(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text);
}
