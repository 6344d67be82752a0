import type { Money } from '../../../domain/money/money.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import { accepted, rejected, unknown } from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import { chargeOf, type OrderReply } from './reply.ts';
import { rewardOf } from './reward.ts';

/** What we asked for, and what an order must be to be ours. */
export interface Asked {
  readonly wireReference: string;
  readonly accountIdentifier: string;
  readonly product: string;
  readonly value: Money;
}

type Reader = (order: OrderReply) => OrderOutcome;

const failed: Reader = () => rejected(['permanent', 'ORDER_FAILED']);
const canceled: Reader = () => rejected(['permanent', 'ORDER_CANCELED']);

/** A map, since a status that we do not know may be any text; it is one that is not final. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ['COMPLETE', delivered],
  ['PENDING', notFinal],
  // We order one thing at a time: of what is a part is for a person to find out.
  ['PARTIAL', () => unknown('PARTIAL_ORDER')],
  ['FAILED', failed],
  ['CANCELLED', canceled],
  ['CANCELED', canceled],
]);

/**
 * Reads an order against what was asked: Tango answers a used reference with the order that stands
 * under it, of whatever item and amount that is.
 */
export function readOrder(order: OrderReply, asked: Asked): OrderOutcome {
  if (contradicts(order, asked)) return unknown('CONTRADICTION');
  return (readers.get(order.status) ?? notFinal)(order);
}

function delivered(order: OrderReply): OrderOutcome {
  const { rewardStatus, credentialList } = order.reward ?? {};
  if (rewardStatus === 'CANCELLED' || rewardStatus === 'CANCELED') return canceled(order);
  const reward = rewardOf(credentialList ?? []);
  if (reward === undefined) return unknown('NO_SINGLE_REWARD');
  return accepted(order.referenceOrderID, { charge: chargeOf(order)?.total, reward });
}

function notFinal(order: OrderReply): OrderOutcome {
  return accepted(order.referenceOrderID, { charge: chargeOf(order)?.total });
}

function contradicts(order: OrderReply, asked: Asked): boolean {
  const { externalRefID, accountIdentifier, utid, denomination } = order;
  const isAnothers = accountIdentifier ? accountIdentifier !== asked.accountIdentifier : false;
  if (externalRefID !== asked.wireReference || isAnothers || utid !== asked.product) return true;
  const told = moneyOf(denomination.value, denomination.currencyCode);
  return !isSameMoney(told, asked.value);
}
