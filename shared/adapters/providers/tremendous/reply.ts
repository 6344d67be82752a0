import * as z from 'zod/mini';
import type { Money } from '../../../domain/money/money.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import { identifier, pageLink, shortText as text, wireNumber } from '../wire-schemas.ts';

/**
 * Unknown fields are ignored and enum values are texts: the vendor adds both within a major
 * version.
 */
const rewardSchema = z.object({
  id: identifier,
  products: z.nullish(z.array(text)),
  value: z.object({ denomination: wireNumber, currency_code: text }),
  delivery: z.object({ method: text, status: text, link: z.nullish(pageLink) }),
});

const orderSchema = z.object({
  id: identifier,
  external_id: z.nullish(text),
  status: text,
  payment: z.optional(z.unknown()),
  rewards: z.nullish(z.array(rewardSchema)),
});

export type OrderReply = z.infer<typeof orderSchema>;
export type RewardReply = z.infer<typeof rewardSchema>;

export const orderReplySchema = z.object({ order: orderSchema });
export const rewardReplySchema = z.object({
  reward: z.object({ id: identifier, order_id: identifier }),
});
export const linkReplySchema = z.object({
  reward: z.object({ id: z.nullish(text), link: pageLink }),
});

/** A resend and a cancellation are answered with an object in which nothing is promised. */
export const doneSchema = z.looseObject({});

/** Products are read one by one: one that cannot be is no reason to leave out the others. */
export const productsReplySchema = z.object({ products: z.array(z.unknown()) });
export const productReplySchema = z.object({ product: z.looseObject({}) });

export const fundingSourceReplySchema = z.object({
  funding_source: z.object({
    method: text,
    meta: z.object({ available_amount: z.nullish(wireNumber), currency_code: z.nullish(text) }),
  }),
});

const transactionSchema = z.object({
  created_at: text,
  amount: wireNumber,
  currency_code: text,
  action: z.nullish(z.string()),
  order: z.nullish(z.object({ id: z.nullish(identifier), external_id: z.nullish(text) })),
});
export type TransactionReply = z.infer<typeof transactionSchema>;
export const transactionsReplySchema = z.object({ transactions: z.array(transactionSchema) });

/** The SDK writes `errors`, the page on rate limits `error`. What they say is not read. */
export const errorSchema = z.union([
  z.object({ errors: z.union([z.looseObject({}), z.array(z.unknown()), z.string()]) }),
  z.object({ error: z.union([z.looseObject({}), z.string()]) }),
]);

const amountSchema = z.object({ total: wireNumber, currency_code: text });
const refundedSchema = z.object({ refund: amountSchema });

/** What the order costs us, in the organisation's currency. For the books only: may be absent. */
export function chargeOf(order: OrderReply): Money | undefined {
  const payment = z.safeParse(amountSchema, order.payment).data;
  return payment && moneyOf(payment.total, payment.currency_code);
}

/** Whether what was paid came back, all of it or a part. */
export function refundOf(order: OrderReply): 'none' | 'partial' | 'whole' {
  const { refund } = z.safeParse(refundedSchema, order.payment).data ?? {};
  if (refund === undefined) return 'none';
  const money = moneyOf(refund.total, refund.currency_code);
  if (money?.amountMinor === 0n) return 'none';
  const charge = chargeOf(order);
  return charge !== undefined && isSameMoney(money, charge) ? 'whole' : 'partial';
}
