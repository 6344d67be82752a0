import * as z from 'zod/mini';
import { decimalReader, isWhole, toWhole } from '../../../domain/import/decimal.ts';
import { currencyExponent } from '../../../domain/money/currency.ts';
import type { Money } from '../../../domain/money/money.ts';
import { WireNumber } from '../exact-json.ts';

/**
 * Unknown fields are ignored and enum values are texts: the vendor adds both within a major
 * version.
 */
const text = z.string().check(z.minLength(1), z.maxLength(200));
const identifierPattern = /^[A-Za-z0-9_-]{1,100}$/;
export const identifier = z.string().check(z.regex(identifierPattern));
export const wireNumber = z.instanceof(WireNumber);

export function isIdentifier(id: string): boolean {
  return identifierPattern.test(id);
}

/** It is shown to a person as a link: only an address that a browser opens as a page will do. */
const link = z.string().check(
  z.maxLength(2_048),
  z.regex(/^https:\/\//),
  z.refine((value) => URL.canParse(value)),
);

const rewardSchema = z.object({
  id: identifier,
  products: z.nullish(z.array(text)),
  value: z.object({ denomination: wireNumber, currency_code: text }),
  delivery: z.object({ method: text, status: text, link: z.nullish(link) }),
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
export const linkReplySchema = z.object({ reward: z.object({ id: z.nullish(text), link }) });

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
const readDecimal = decimalReader({ decimalSeparator: '.' });

/** Exact, or `undefined` for an unknown currency or a fraction of its minor unit. */
export function moneyOf(amount: WireNumber, currency: string): Money | undefined {
  const exponent = currencyExponent(currency);
  const decimal = readDecimal(amount.text);
  if (exponent === undefined || decimal === undefined || !isWhole(decimal, exponent)) {
    return undefined;
  }
  return { amountMinor: toWhole(decimal, exponent), currency };
}

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
  const isWhole =
    charge?.amountMinor === money?.amountMinor && charge?.currency === money?.currency;
  return charge !== undefined && isWhole ? 'whole' : 'partial';
}
