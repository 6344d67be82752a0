import * as z from 'zod/mini';
import type { Money } from '../../../domain/money/money.ts';
import { tokenErrorSchema } from '../tokens.ts';
import { moneyOf } from '../wire-money.ts';
import { identifier, shortText as text, wireNumber } from '../wire-schemas.ts';

const longText = z.string().check(z.maxLength(4_000));

const amountSchema = z.object({ currency: text, value: text });
const reportedSchema = z.object({ currency_code: text, value: text });

const senderHeader = z.nullish(z.object({ sender_batch_id: z.nullish(longText) }));

const batchHeaderSchema = z.object({
  payout_batch_id: identifier,
  batch_status: text,
  sender_batch_header: senderHeader,
});

const itemSchema = z.object({
  payout_item_id: identifier,
  transaction_id: z.nullish(longText),
  transaction_status: z.nullish(text),
  payout_item_fee: z.nullish(z.unknown()),
  currency_conversion: z.nullish(z.unknown()),
  sender_batch_id: z.nullish(longText),
  payout_item: z.object({
    recipient_type: z.nullish(text),
    receiver: z.nullish(longText),
    amount: amountSchema,
    sender_item_id: z.nullish(longText),
  }),
  errors: z.nullish(z.object({ name: z.nullish(z.string()) })),
});

export type ItemReply = z.infer<typeof itemSchema>;
export const itemReplySchema = itemSchema;

/** 201: PayPal has taken it; of what was asked it repeats only our id. */
export const takenReplySchema = z.object({ batch_header: batchHeaderSchema });

/** While a batch is fresh it may be shown without items. */
export const batchReplySchema = z.object({
  batch_header: batchHeaderSchema,
  items: z.nullish(z.array(itemSchema)),
});
export type BatchReply = z.infer<typeof batchReplySchema>;

export const cancelledReplySchema = z.object({ transaction_status: text });

const linksSchema = z.nullish(z.array(z.object({ href: longText, rel: z.nullish(longText) })));
const detailSchema = z.object({
  field: z.nullish(longText),
  issue: z.nullish(longText),
  /** Of a duplicate: where the first batch is. The specification calls it `links`. */
  link: linksSchema,
  links: linksSchema,
});
const ownProblemSchema = z.object({
  name: text,
  details: z.nullish(z.array(detailSchema)),
  links: linksSchema,
});
export type Problem = z.infer<typeof ownProblemSchema>;
export type PayPalProblem = Problem | z.infer<typeof tokenErrorSchema>;

/** Its own form, and for tokens that which the standard gives. */
export const problemSchema = z.union([ownProblemSchema, tokenErrorSchema]);

export const balancesReplySchema = z.object({
  balances: z.array(
    z.object({
      currency: text,
      available_balance: z.nullish(reportedSchema),
      total_balance: reportedSchema,
    }),
  ),
});

const transactionSchema = z.object({
  transaction_info: z.object({
    transaction_id: text,
    transaction_event_code: text,
    transaction_initiation_date: text,
    transaction_status: z.nullish(text),
    transaction_amount: reportedSchema,
    fee_amount: z.nullish(reportedSchema),
    /** Of what came back, the payment that it came back of. */
    paypal_reference_id: z.nullish(longText),
    custom_field: z.nullish(longText),
    invoice_id: z.nullish(longText),
  }),
});
export type TransactionReply = z.infer<typeof transactionSchema>['transaction_info'];
export const transactionsReplySchema = z.object({
  transaction_details: z.array(transactionSchema),
  total_pages: wireNumber,
});

/** The fee is told in the currency of the payout, or in US dollars. */
export function feeOf({ payout_item_fee: fee }: ItemReply): Money | undefined {
  const told = toldMoney(fee);
  return told !== undefined && told.amountMinor >= 0n ? told : undefined;
}

const conversionSchema = z.object({ from_amount: z.unknown(), to_amount: z.unknown() });

export interface Conversion {
  readonly from: Money | undefined;
  readonly to: Money | undefined;
}

/** Between the account's money and the payout's, or between that and the payee's. */
export function conversionOf({ currency_conversion: told }: ItemReply): Conversion | undefined {
  if (!told) return undefined;
  const { from_amount, to_amount } = z.safeParse(conversionSchema, told).data ?? {};
  return { from: toldMoney(from_amount), to: toldMoney(to_amount) };
}

function toldMoney(amount: unknown): Money | undefined {
  const told = z.safeParse(amountSchema, amount).data;
  return told && moneyOf(told.value, told.currency);
}

export function reportedMoney(told: z.infer<typeof reportedSchema>): Money | undefined {
  return moneyOf(told.value, told.currency_code);
}
