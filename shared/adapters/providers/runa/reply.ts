import * as z from 'zod/mini';
import type { Money } from '../../../domain/money/money.ts';
import { parseInstant } from '../../../domain/time.ts';
import { moneyOf } from '../wire-money.ts';
import { identifier, pageLink, shortText } from '../wire-schemas.ts';

/**
 * Unknown fields are ignored and enum values are texts: the vendor adds both within a version.
 * Amounts arrive as decimal texts.
 */
export const decimalText = z.string().check(z.minLength(1), z.maxLength(40));
export const currencyCode = z.string().check(z.regex(/^[A-Z]{3}$/));
const timestamp = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const instant = parseInstant(text);
    if (instant !== undefined) return instant;
    context.issues.push({ code: 'custom', input: text });
    return z.NEVER;
  }),
);

const itemSchema = z.object({
  distribution_method: z.object({ type: shortText }),
  products: z.object({
    type: shortText,
    value: z.nullish(z.string()),
    values: z.nullish(z.array(z.string())),
  }),
  face_value: decimalText,
  currency: z.nullish(currencyCode),
  payout: z.object({ status: shortText, url: pageLink, expiry_date: z.nullish(timestamp) }),
});

/** As a list gives it; one that is not completed may say nothing but its id and its status. */
const listedSchema = z.object({
  id: identifier,
  status: shortText,
  created_at: z.nullish(timestamp),
  completed_at: z.nullish(timestamp),
  description: z.nullish(z.string()),
  currency: z.nullish(currencyCode),
  total_price: z.nullish(decimalText),
  metadata: z.nullish(z.object({ reference: z.optional(z.unknown()) })),
});

export const orderSchema = z.extend(listedSchema, {
  items: z.nullish(z.array(itemSchema)),
});

const paginationSchema = z.object({ cursors: z.object({ after: z.nullish(z.string()) }) });

export const orderPageSchema = z.object({
  items: z.array(listedSchema),
  pagination: z.nullish(paginationSchema),
});

/** Products are read one by one: one that is odd does not hide the others. */
export const productPageSchema = z.object({
  catalog: z.array(z.unknown()),
  pagination: z.nullish(paginationSchema),
});

/** The rest of a product is read as it stands in a page. */
export const namedProductSchema = z.looseObject({ code: shortText });

export const balancesSchema = z.array(z.object({ balance: decimalText, currency: currencyCode }));

export type ListedOrder = z.infer<typeof listedSchema>;
export type OrderReply = z.infer<typeof orderSchema>;
export type OrderItem = z.infer<typeof itemSchema>;

/** Errors have a `type` to go by; the answer 429 has `error` alone. What they say is not read. */
export const problemSchema = z.union([
  z.object({ type: z.string().check(z.regex(/^[a-z_-]{1,60}$/)), message: z.string() }),
  z.object({ error: z.string() }),
]);
export type Problem = z.infer<typeof problemSchema>;

/** Our reference, where an order tells it: in its metadata, or as its description. */
export function referenceIn({ metadata, description }: ListedOrder): string | undefined {
  const reference = metadata?.reference;
  return typeof reference === 'string' ? reference : (description ?? undefined);
}

/** What the order costs us, in the currency of the account that pays. */
export function chargeOf({ total_price: price, currency }: ListedOrder): Money | undefined {
  return price && currency ? moneyOf(price, currency) : undefined;
}
