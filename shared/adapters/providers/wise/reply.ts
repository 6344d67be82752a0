import * as z from 'zod/mini';
import type { Money } from '../../../domain/money/money.ts';
import { moneyOf } from '../wire-money.ts';
import { identifier, shortText as text, wireNumber } from '../wire-schemas.ts';

/** How Wise numbers its transfers and recipients. */
export const transferIdPattern = /^[1-9]\d{0,17}$/;

export const wireId = wireNumber.check(z.refine((it) => transferIdPattern.test(it.text)));

/** Unknown fields are ignored and enum values are texts: Wise adds both. */
export const transferSchema = z.object({
  id: wireId,
  status: text,
  targetAccount: wireId,
  quoteUuid: z.nullish(identifier),
  created: z.nullish(text),
  customerTransactionId: z.nullish(text),
  sourceCurrency: text,
  /** Without the fee; nothing before the transfer is paid for, and after it is called off. */
  sourceValue: z.nullish(wireNumber),
  targetCurrency: text,
  targetValue: wireNumber,
});
export type TransferReply = z.infer<typeof transferSchema>;

/** Of a list, where transfers stand that others have made in other ways. */
const listedSchema = z.object({ id: wireId, customerTransactionId: z.nullish(text) });
export type ListedTransfer = z.infer<typeof listedSchema>;
export const transfersSchema = z.array(listedSchema);

/** Only those that are complete are listed. */
export const paymentsSchema = z.array(z.looseObject({}));

export const recipientSchema = z.object({
  id: wireId,
  currency: z.nullish(text),
  /** End in the last characters of the account's number. */
  accountSummary: z.nullish(text),
  longAccountSummary: z.nullish(text),
});
export type RecipientReply = z.infer<typeof recipientSchema>;

const amountSchema = z.object({ amount: wireNumber, currency: text });
export const quoteSchema = z.object({
  id: identifier,
  rateType: z.nullish(text),
  sourceCurrency: z.nullish(text),
  targetCurrency: z.nullish(text),
  targetAmount: z.nullish(wireNumber),
  paymentOptions: z.nullish(
    z.array(
      z.object({
        payIn: z.nullish(text),
        price: z.nullish(z.object({ total: z.nullish(z.object({ value: amountSchema })) })),
      }),
    ),
  ),
});
export type QuoteReply = z.infer<typeof quoteSchema>;

/** The fee of paying from a balance, where the quote says it. */
export function feeOf({ paymentOptions }: QuoteReply): Money | undefined {
  const option = (paymentOptions ?? []).find(({ payIn }) => payIn === 'BALANCE');
  const value = option?.price?.total?.value;
  return value && moneyOf(value.amount, value.currency);
}

export const fundingSchema = z.object({ status: text, errorCode: z.nullish(text) });
export type FundingReply = z.infer<typeof fundingSchema>;

const valueSchema = z.object({ value: wireNumber, currency: text });
export const balancesSchema = z.array(
  z.object({ id: wireId, currency: text, amount: valueSchema }),
);

const rowSchema = z.object({
  type: text,
  date: text,
  amount: valueSchema,
  details: z.nullish(z.object({ type: z.nullish(text) })),
  referenceNumber: z.nullish(text),
});
export type StatementRow = z.infer<typeof rowSchema>;
export const statementSchema = z.object({ transactions: z.array(rowSchema) });

/** What is wrong with a request, by field; or one word, of a token. What they say is not read. */
const validationSchema = z.object({
  errors: z.array(z.object({ code: z.nullish(z.string()), path: z.nullish(z.string()) })),
});
export const errorSchema = z.union([validationSchema, z.object({ error: z.string() })]);
export type WiseProblem = z.infer<typeof errorSchema>;
