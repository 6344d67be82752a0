import { formatInstant, type Instant, parseInstant } from '../../../domain/time.ts';
import type { SettlementLine } from '../../../ports/provider.ts';
import { isReference } from '../order-request.ts';
import { negative } from '../wire-money.ts';
import { chargeOf, type OrderReply } from './reply.ts';

/** As the list of transactions is asked: to the second, and taken as UTC, since no zone is told. */
export function wireTime(instant: Instant): string {
  return formatInstant(instant).slice(0, 19).replace('T', ' ');
}

/**
 * The movements that one transaction made: a charge, and a refund beside it where the order was
 * undone, both at the time of the order, since no other is told. A failed order costs nothing.
 * `undefined` where it cannot be read.
 */
export function linesOf(order: OrderReply): readonly SettlementLine[] | undefined {
  const charge = chargeOf(order);
  const at = instantOfWire(order.transactionCreatedTime ?? '');
  if (charge === undefined || at === undefined) return undefined;
  if (order.status === 'FAILED') return [];
  const { customIdentifier, transactionId } = order;
  const id = transactionId.text;
  const about = {
    ...{ at, providerOrder: id },
    ...(customIdentifier && isReference(customIdentifier) && { reference: customIdentifier }),
  };
  const charged: SettlementLine = { ...about, id, kind: 'charge', amount: negative(charge) };
  if (order.status !== 'REFUNDED') return [charged];
  return [charged, { ...about, id: `${id}-refund`, kind: 'refund', amount: charge }];
}

function instantOfWire(text: string): Instant | undefined {
  return parseInstant(`${text.replace(' ', 'T')}Z`);
}
