import * as z from 'zod';
import { isRawNumber, type RawNumber } from '../common/raw-json.ts';
import type { Detail } from './answer.ts';

const text = z.string().min(1);

const itemSchema = z.object({
  face_value: z.custom<RawNumber>(isRawNumber, 'value is not a valid number'),
  distribution_method: z.discriminatedUnion('type', [
    z.object({ type: z.literal('PAYOUT_LINK'), template_id: text.optional() }),
    z.object({ type: z.literal('EMAIL'), email_address: z.email(), template_id: text.optional() }),
    z.object({
      type: z.literal('RECIPIENT'),
      recipient_reference: text.max(255),
      email_address: z.email(),
    }),
  ]),
  products: z.discriminatedUnion('type', [
    z.object({ type: z.literal('SINGLE'), value: text }),
    z.object({ type: z.literal('MULTIPLE'), values: z.array(text).min(2) }),
    z.object({ type: z.literal('TEMPLATE'), template_id: text }),
  ]),
});

export const orderRequestSchema = z.object({
  payment_method: z.object({
    type: z.literal('ACCOUNT_BALANCE'),
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
  items: z.array(itemSchema).min(1).max(200),
  description: z.string().max(128).nullish(),
  metadata: z
    .record(z.string().max(40), z.string().max(200))
    .refine((pairs) => Object.keys(pairs).length <= 20, 'more than 20 pairs')
    .nullish(),
});

export type OrderRequest = z.infer<typeof orderRequestSchema>;
export type ItemRequest = OrderRequest['items'][number];

export function detailsOf(error: z.ZodError): readonly Detail[] {
  return error.issues.map(({ code, message, path }) => {
    return { type: `value_error.${code}`, message, location: path.map(String) };
  });
}
