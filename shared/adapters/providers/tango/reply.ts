import * as z from 'zod/mini';
import type { Money } from '../../../domain/money/money.ts';
import { moneyOf } from '../wire-money.ts';
import { identifier, shortText as text, wireNumber } from '../wire-schemas.ts';

/** Unknown fields are ignored and enum values are texts: the vendor adds both. */
const amountSchema = z.object({ value: wireNumber, currencyCode: text });
/** On the account's side; `total` is what leaves it, `fee` is a part of that. */
const chargeSchema = z.object({
  value: z.nullish(wireNumber),
  total: z.nullish(wireNumber),
  currencyCode: text,
});

const credentialSchema = z.object({
  credentialType: z.nullish(z.string()),
  value: z.nullish(z.string().check(z.maxLength(4_096))),
});

/** What stands in rows of a list and in a whole order. */
const rowFields = {
  referenceOrderID: identifier,
  externalRefID: z.nullish(z.string()),
  accountIdentifier: z.nullish(text),
  status: text,
  createdAt: z.nullish(text),
  amountCharged: z.optional(z.unknown()),
};

export const orderSchema = z.object({
  ...rowFields,
  utid: text,
  denomination: amountSchema,
  referenceLineItemID: z.nullish(identifier),
  reward: z.nullish(
    z.object({
      rewardStatus: z.nullish(z.string()),
      credentialList: z.nullish(z.array(credentialSchema)),
    }),
  ),
});

export const orderListSchema = z.object({
  orders: z.array(z.object(rowFields)),
  page: z.object({ totalCount: wireNumber }),
});

export const accountSchema = z.object({
  accountIdentifier: text,
  currencyCode: text,
  currentBalance: wireNumber,
});

export const lineItemSchema = z.object({ referenceOrderID: identifier });

export const catalogueSchema = z.object({ brands: z.array(z.unknown()) });

/** The answer to a resend or a cancellation: its status says everything. */
export const anythingSchema = z.unknown();

const key = z.nullish(z.string().check(z.maxLength(40)));

/**
 * What its sentences say is not read; the keys are the same in every language. Some errors are a
 * key and a sentence only.
 */
export const errorSchema = z.object({
  requestId: z.nullish(z.string()),
  httpCode: z.nullish(wireNumber),
  i18nKey: key,
  errors: z.nullish(z.array(z.object({ i18nKey: key }))),
});

export type OrderReply = z.infer<typeof orderSchema>;
export type OrderRow = z.infer<typeof orderListSchema>['orders'][number];
export type Credential = z.infer<typeof credentialSchema>;
export type TangoProblem = z.infer<typeof errorSchema>;

export interface Charge {
  readonly total: Money;
  /** Without fees, where that is told. */
  readonly value?: Money;
}

/** What an order costs us, in the account's currency. For the books only: may be absent. */
export function chargeOf({
  amountCharged,
}: {
  readonly amountCharged?: unknown;
}): Charge | undefined {
  const charge = z.safeParse(chargeSchema, amountCharged).data;
  if (charge === undefined) return undefined;
  const value = charge.value ? moneyOf(charge.value, charge.currencyCode) : undefined;
  const total = charge.total ? moneyOf(charge.total, charge.currencyCode) : value;
  if (total === undefined) return undefined;
  return value === undefined ? { total } : { total, value };
}
