import * as z from 'zod/mini';
import { formatInstant, type Instant } from '../../domain/time.ts';
import type { Delivery, Subscription } from '../../domain/webhooks/subscription.ts';
import type { SubscriptionStore } from '../../ports/webhooks.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { isExactly, itemAbsent, itemPresent } from './condition.ts';
import { getItem, queryItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { type ItemKey, part } from './schema.ts';
import { metered, type Table } from './table.ts';
import { Transaction } from './transact.ts';

/*
 * Attributes of a subscription: sd its id, pr program, ur address, ty types, s sealed secret, o
 * made at, fs failing since, db disabled at (epoch ms), v version. Of a delivery: sd subscription,
 * pr program, id, ty type, o told at, j body, st state, n attempts, ttl.
 */

const subscriptionSchema = z.object({
  sd: z.string(),
  pr: z.string(),
  ur: z.string(),
  ty: z.array(z.string()),
  s: z.string(),
  o: instantField,
  fs: z.optional(instantField),
  db: z.optional(instantField),
  v: wholeNumber,
});

const deliverySchema = z.object({
  sd: z.string(),
  pr: z.string(),
  id: z.string(),
  ty: z.string(),
  o: instantField,
  j: z.string(),
  st: z.enum(['waiting', 'delivered', 'failed']),
  n: wholeNumber,
});

const keptMs = 30 * 86_400_000;

export function createSubscriptionStore(table: Table): SubscriptionStore {
  const audit = { operation: 'audit', count: 1 } as const;
  return {
    async list(program) {
      const found: Subscription[] = [];
      for await (const image of queryItems(table, { pk: partitionOf(program), skPrefix: 'S#' })) {
        found.push(parseSubscription(image));
      }
      return found;
    },
    async read({ program, subscription }) {
      const image = await getItem(table, subscriptionKey(program, subscription));
      return image && parseSubscription(image);
    },
    put: (next, read) =>
      metered(table, audit, async (bill) => {
        const condition = read === undefined ? itemAbsent : isExactly('v', BigInt(read.version));
        const put = await putOnCondition(table, { item: encode(next), condition }, bill);
        if (put.kind === 'put') return 'done';
        bill.count = 0;
        return put.mayBeOwn && put.existing.s?.S === next.sealedSecret ? 'done' : 'lost';
      }),
    remove: (subscription) =>
      metered(table, audit, async (bill) => {
        const key = subscriptionKey(subscription.program, subscription.id);
        await new Transaction(table).delete('subscription', key, itemPresent).commit(bill);
      }),
    addDelivery: (delivery) =>
      metered(table, audit, async (bill) => {
        const put = { item: encodeDelivery(delivery), condition: itemAbsent };
        return (await putOnCondition(table, put, bill)).kind === 'put' ? 'new' : 'known';
      }),
    async readDelivery(delivery) {
      const image = await getItem(table, deliveryKey(delivery));
      return image && parseDelivery(image);
    },
    putDelivery: (delivery) =>
      metered(table, audit, (bill) => putAlways(table, encodeDelivery(delivery), bill)),
    async *deliveries({ program, subscription, from, to }) {
      const pk = deliveriesPartition(program, subscription);
      const range = { from: instantPrefix(from), to: instantPrefix(to) };
      for await (const image of queryItems(table, { pk, range })) yield parseDelivery(image);
    },
  };
}

/** Beside the partitions of their deliveries, so that one pattern of keys guards both. */
function partitionOf(program: string): string {
  return `${part(program)}#H#`;
}

function subscriptionKey(program: string, id: string): ItemKey {
  return { pk: partitionOf(program), sk: `S#${part(id)}` };
}

function deliveriesPartition(program: string, subscription: string): string {
  return `${part(program)}#H#${part(subscription)}`;
}

function instantPrefix(at: Instant): string {
  return `D#${formatInstant(at)}`;
}

function deliveryKey(of: Pick<Delivery, 'program' | 'subscription' | 'id' | 'at'>): ItemKey {
  const pk = deliveriesPartition(of.program, of.subscription);
  return { pk, sk: `${instantPrefix(of.at)}#${of.id}` };
}

function encode(subscription: Subscription): Image {
  const { id, program, url, types, sealedSecret, createdAt, version } = subscription;
  return toImage({
    ...subscriptionKey(program, id),
    ...{ sd: id, pr: program, ur: url, ty: types, s: sealedSecret, o: createdAt, v: version },
    fs: subscription.failingSince,
    db: subscription.disabledAt,
  });
}

function parseSubscription(image: Image): Subscription {
  const row = parseImage(subscriptionSchema, image, 'subscription');
  return {
    ...{ id: row.sd, program: row.pr, url: row.ur, types: row.ty, sealedSecret: row.s },
    ...{ createdAt: row.o, version: row.v },
    ...(row.fs !== undefined && { failingSince: row.fs }),
    ...(row.db !== undefined && { disabledAt: row.db }),
  };
}

function encodeDelivery(delivery: Delivery): Image {
  const { program, subscription, id, type, at, body, state, attempts } = delivery;
  const ttl = Math.floor((at + keptMs) / 1000);
  return toImage({
    ...deliveryKey(delivery),
    ...{ pr: program, sd: subscription, id, ty: type, o: at, j: body, st: state, n: attempts, ttl },
  });
}

function parseDelivery(image: Image): Delivery {
  const { pr, sd, id, ty, o, j, st, n } = parseImage(deliverySchema, image, 'webhook delivery');
  const key = { program: pr, subscription: sd, id, type: ty, at: o };
  return { ...key, body: j, state: st, attempts: n };
}
