import * as z from 'zod/mini';
import type { Order } from '../../domain/redemption/order.ts';
import { InvariantError } from '../../domain/result.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { allOf, type Condition, isExactly } from './condition.ts';
import { orderSortKey, readRedemptionPartition, redemptionPartition } from './schema.ts';

/*
 * Attributes of an order row: a attempt, c call, st state, pv provider, pd products, ph payload
 * hash, cu claimed until, uu undecided until (epoch ms), rs reasons, po the provider's order, w
 * the write that put it, by which a writer whose answer was lost knows its own row.
 */

const orderSchema = z.object({
  pk: z.string(),
  a: wholeNumber,
  c: wholeNumber,
  st: z.enum(['open', 'accepted', 'closing', 'captured', 'released']),
  pv: z.string(),
  pd: z.array(z.string()),
  ph: z.string(),
  cu: instantField,
  uu: instantField,
  rs: z.array(z.string()),
  po: z.optional(z.string()),
});

export function encodeOrder(order: Order, writeId: string): Image {
  return toImage({
    pk: redemptionPartition(order.redemption),
    sk: orderSortKey,
    a: order.attempt,
    c: order.call,
    st: order.state,
    pv: order.provider,
    pd: order.products,
    ph: order.payloadHash,
    cu: order.claimedUntil,
    uu: order.undecidedUntil,
    rs: order.reasons,
    po: order.providerOrder,
    w: writeId,
  });
}

export function writeIdOf(image: Image): string | undefined {
  return image.w?.S;
}

export function parseOrder(image: Image): Order {
  const row = parseImage(orderSchema, image, 'order row');
  const redemption = readRedemptionPartition(row.pk);
  if (redemption === undefined) throw new InvariantError('A stored order has another key.');
  return {
    redemption,
    attempt: row.a,
    provider: row.pv,
    products: row.pd,
    payloadHash: row.ph,
    state: row.st,
    call: row.c,
    claimedUntil: row.cu,
    undecidedUntil: row.uu,
    reasons: row.rs,
    ...(row.po === undefined ? {} : { providerOrder: row.po }),
  };
}

/** The row is still as it was read: same attempt, call and state. */
export function orderIs({ attempt, call, state }: Order): Condition {
  return allOf([
    isExactly('a', BigInt(attempt)),
    isExactly('c', BigInt(call)),
    isExactly('st', state),
  ]);
}
