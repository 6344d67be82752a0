import * as z from 'zod/mini';
import { toWhole } from '../../../domain/import/decimal.ts';
import { currencyExponent } from '../../../domain/money/currency.ts';
import type { Money } from '../../../domain/money/money.ts';
import type { WireNumber } from '../exact-json.ts';
import { decimalOf } from '../wire-money.ts';
import { shortText as text, wireNumber } from '../wire-schemas.ts';

/** Whole and more than nothing, as Reloadly numbers its products and transactions. */
export const wireId = wireNumber.check(z.refine((it) => /^[1-9]\d{0,17}$/.test(it.text)));

/** Unknown fields are ignored and enum values are texts: the sheets do not name all of them. */
const orderSchema = z.object({
  transactionId: wireId,
  customIdentifier: z.nullish(text),
  status: text,
  /** In the money of our wallet. */
  amount: z.nullish(wireNumber),
  currencyCode: z.nullish(text),
  /** In the money of the card. */
  product: z.object({
    productId: wireId,
    quantity: wireNumber,
    unitPrice: wireNumber,
    currencyCode: text,
  }),
  transactionCreatedTime: z.nullish(text),
});

export type OrderReply = z.infer<typeof orderSchema>;
export const orderReplySchema = orderSchema;

/** Of a list; the pages are counted from 1 where they are asked for and from 0 in the answer. */
export const orderPageSchema = z.object({ content: z.array(orderSchema), last: z.boolean() });
export const productPageSchema = z.object({ content: z.array(z.unknown()), last: z.boolean() });

/** A number too, since some cards have digits only; never longer than a link. */
const cardText = z.nullish(z.union([z.string().check(z.maxLength(2_048)), wireNumber]));
const cardSchema = z
  .object({
    cardNumber: cardText,
    pinCode: cardText,
    redemptionUrl: z.nullish(z.string().check(z.maxLength(2_048))),
  })
  .check(
    z.refine((card) => Boolean(card.cardNumber || card.pinCode || card.redemptionUrl), {
      error: 'is empty',
    }),
  );

export type CardReply = z.infer<typeof cardSchema>;

/** An array in real answers, one object on an older page. */
export const cardsSchema = z.union([z.array(cardSchema), cardSchema]);

export const balanceSchema = z.object({ balance: wireNumber, currencyCode: text });

/** Both of its forms of an error have these three; the second has no code. */
export const problemSchema = z.object({
  timeStamp: z.union([z.string(), wireNumber]),
  message: z.string(),
  path: z.string(),
  errorCode: z.nullish(z.string()),
});
export type Problem = z.infer<typeof problemSchema>;

/**
 * To the nearest minor unit, half away from zero: Reloadly keeps its wallet with more digits than a
 * currency has (a converted price less a discount). `undefined` for an unknown currency.
 */
export function nearestMoney(amount: WireNumber, currency: string): Money | undefined {
  const exponent = currencyExponent(currency);
  const decimal = decimalOf(amount);
  if (exponent === undefined || decimal === undefined) return undefined;
  return { amountMinor: toWhole(decimal, exponent), currency };
}

/** What the order costs us: the sheets book `amount`, fee and discount are in it. */
export function chargeOf({ amount, currencyCode }: OrderReply): Money | undefined {
  if (!amount || !currencyCode) return undefined;
  return nearestMoney(amount, currencyCode);
}
