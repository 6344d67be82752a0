import * as z from 'zod/mini';
import type { Order } from '../../domain/redemption/order.ts';
import { InvariantError } from '../../domain/result.ts';
import { instantOf } from '../../domain/time.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { allOf, amountIs, type Condition, isExactly, textIs } from './condition.ts';
import { orderSortKey, readRedemptionPartition, redemptionPartition } from './schema.ts';

/*
 * Attributes of an order row: a attempt, c call, st state, pv provider, pd products, ph payload
 * hash, cu claimed until, uu undecided until (epoch ms), rs reasons, po the provider's order, w
 * the write that put it, by which a writer whose answer was lost knows its own row; si since, tr
 * tried providers, wf what is waited for, cx why cancelled, tl told late, ch charge (currency and
 * minor units).
 */

const orderSchema = z.object({
  pk: z.string(),
  a: wholeNumber,
  c: wholeNumber,
  st: z.enum(['open', 'accepted', 'closing', 'captured', 'released', 'reopened']),
  pv: z.string(),
  pd: z.array(z.string()),
  ph: z.string(),
  cu: instantField,
  uu: instantField,
  rs: z.array(z.string()),
  po: z.optional(z.string()),
  si: z._default(instantField, instantOf(0)),
  tr: z._default(z.array(z.string()), []),
  wf: z.optional(z.enum(['funds', 'limit', 'configuration'])),
  cx: z.optional(z.enum(['member', 'late', 'blocked', 'unpaid', 'noProvider'])),
  tl: z.optional(wholeNumber),
  ch: z.optional(z.array(z.string())),
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
    si: order.since,
    tr: order.tried,
    wf: order.waitingFor,
    cx: order.cancelled,
    tl: order.toldLate && 1,
    ch: order.charge && [order.charge.currency, order.charge.amountMinor.toString()],
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
  const [currency, charged] = row.ch ?? [];
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
    since: row.si,
    tried: row.tr,
    ...(row.po !== undefined && { providerOrder: row.po }),
    ...(row.wf !== undefined && { waitingFor: row.wf }),
    ...(row.cx !== undefined && { cancelled: row.cx }),
    ...(row.tl !== undefined && { toldLate: true as const }),
    ...(currency !== undefined && { charge: { currency, amountMinor: BigInt(charged ?? 0) } }),
  };
}

/**
 * The row is still as it was read: same attempt, call and state, and the same marks, which are set
 * while a call is under way.
 */
export function orderIs({ attempt, call, state, cancelled, toldLate }: Order): Condition {
  return allOf([
    isExactly('a', BigInt(attempt)),
    isExactly('c', BigInt(call)),
    isExactly('st', state),
    textIs('cx', cancelled ?? null),
    amountIs('tl', toldLate ? 1n : 0n),
  ]);
}
