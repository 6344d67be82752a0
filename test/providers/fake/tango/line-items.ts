import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { notThere, refused, refusedField } from './answer.ts';
import { itemOf } from './catalogue.ts';
import type { Books } from './orders.ts';
import { lineItemView } from './views.ts';

export function readLineItem({ store, account }: Books, id: string): Answer {
  const order = store.findByLineItem(id);
  return order === undefined ? notThere('404.018') : answered(lineItemView(order, account));
}

const reasons = [
  ...['DELIVERY_INFO', 'REWARD_AMOUNT', 'REWARD_TYPE', 'RECIPIENT', 'CURREENCY', 'CURRENCY'],
  ...['RECIPIENT_REQUESTED', 'RECIPIENT_OBLIGATIONS', 'DUPLICATE', 'FRAUD', 'OTHER'],
];
const cancelSchema = z.object({ reasonCode: z.enum(reasons) });
const cancelMs = 5 * 86_400_000;

/** Choice products only, and for five days only. */
export function cancelLineItem(books: Books, id: string, body: unknown): Answer {
  const order = books.store.findByLineItem(id);
  if (order === undefined) return notThere('404.018');
  if (!cancelSchema.safeParse(body).success) return refusedField('reasonCode', '422.001');
  const isChoice = itemOf(order.utid)?.isChoice === true;
  const isYoung = books.nowMs() - Date.parse(order.createdAt) <= cancelMs;
  if (order.status !== 'COMPLETE' || !isChoice || !isYoung) return refused('403.010');
  books.store.put({ ...order, status: 'CANCELLED' });
  return answered('Accepted', 202);
}

const resendSchema = z.object({
  newEmail: z.email().optional(),
  deliveryMethod: z.string().optional(),
});
const resendMs = 30_000;

/** Only what was mailed, and once in 30 seconds. */
export function resendOrder(books: Books, id: string, body: unknown): Answer {
  const order = books.store.find(id);
  if (order === undefined) return refused('404.017');
  const parsed = resendSchema.safeParse(body ?? {});
  if (!parsed.success) return refusedField('newEmail', '422.028');
  if (order.deliveryMethod !== 'EMAIL') return refused('403.003');
  if (order.status !== 'COMPLETE') return refused('403.005');
  const nowMs = books.nowMs();
  if (order.resentAtMs !== null && nowMs - order.resentAtMs < resendMs) return refused('403.004');
  const email = parsed.data.newEmail ?? order.email;
  books.store.put({ ...order, email, resentAtMs: nowMs });
  const createdAt = new Date(nowMs).toISOString();
  return answered({ id: order.sequence, createdAt, email }, 201);
}
