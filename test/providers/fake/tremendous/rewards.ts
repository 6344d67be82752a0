import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { pageOf, type Query, refused } from './answer.ts';
import { type Books, decideOrder, rewardView } from './orders.ts';
import { linkOf, type StoredOrder } from './store.ts';

export function listRewards({ store }: Books, query: Query): Answer {
  const { items, total } = pageOf(store.all(), query, { fallback: 100, maximum: 500 });
  return answered({ rewards: items.map((order) => rewardView(order)), total_count: total });
}

/** Another link to the same reward; those before it stay good. */
export function generateLink({ store }: Books, order: StoredOrder): Answer {
  const { reward } = order;
  if (reward.method !== 'LINK' || order.status !== 'EXECUTED') {
    return refused(403, 'This reward does not support links.');
  }
  const linksMade = reward.linksMade + 1;
  store.put({ ...order, reward: { ...reward, linksMade } });
  return answered({ reward: { id: reward.id, link: linkOf(reward, linksMade) } });
}

const resendSchema = z.object({
  updated_email: z.email().optional(),
  updated_phone: z.string().optional(),
});

export function resendReward({ store }: Books, order: StoredOrder, body: unknown): Answer {
  const parsed = resendSchema.safeParse(body ?? {});
  if (!parsed.success) return refused(400, 'The request is not valid.');
  const { updated_email: email, updated_phone: phone } = parsed.data;
  if (email !== undefined && phone !== undefined) return refused(422, 'Give one of the two.');
  if (order.reward.deliveryStatus !== 'FAILED') return refused(422, 'The delivery has not failed.');
  const recipient = { ...order.reward.recipient, ...(email && { email }), ...(phone && { phone }) };
  store.put({ ...order, reward: { ...order.reward, recipient, deliveryStatus: 'SUCCEEDED' } });
  return answered({});
}

export function cancelReward({ store }: Books, order: StoredOrder): Answer {
  if (order.reward.deliveryStatus !== 'FAILED') return refused(422, 'The delivery has not failed.');
  decideOrder(store, order, 'CANCELED');
  return answered({ reward: rewardView(store.find(order.id) ?? order) });
}
