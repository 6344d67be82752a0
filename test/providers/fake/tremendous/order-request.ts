import * as z from 'zod';
import { isRawNumber, type RawNumber } from '../common/raw-json.ts';

const text = z.string().min(1);

const rewardSchema = z.object({
  campaign_id: text.nullish(),
  products: z.array(text).optional(),
  value: z.object({
    denomination: z.custom<RawNumber>(isRawNumber),
    currency_code: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
  }),
  recipient: z
    .object({ name: text.optional(), email: z.email().optional(), phone: text.optional() })
    .default({}),
  delivery: z.object({ method: z.enum(['EMAIL', 'LINK', 'PHONE']) }).default({ method: 'EMAIL' }),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
});

/** One `reward`, or `rewards` with one in it, which production users send and the vendor takes. */
export const orderRequestSchema = z
  .object({
    external_id: z.string().min(1).max(255).nullish(),
    payment: z.object({ funding_source_id: text }),
    reward: rewardSchema.optional(),
    rewards: z.array(rewardSchema).length(1).optional(),
  })
  .transform(({ external_id, payment, reward, rewards }, context) => {
    const asked = reward ?? rewards?.[0];
    if (asked === undefined) {
      context.addIssue({ code: 'custom', message: 'is missing', path: ['reward'] });
      return z.NEVER;
    }
    return { externalId: external_id ?? null, fundingSource: payment.funding_source_id, asked };
  });

export type OrderRequest = z.infer<typeof orderRequestSchema>;

/** The errors at their places, as the vendor mirrors them. */
export function mirrored(error: z.ZodError): Readonly<Record<string, unknown>> {
  const payload: Record<string, unknown> = {};
  for (const { path, message } of error.issues) payload[path.join('.')] = message;
  return payload;
}

/** What the schema cannot say; a text names the first thing wrong. */
export function faultOf({ asked }: OrderRequest): string | undefined {
  const { campaign_id: campaign, products, recipient, delivery } = asked;
  if (!campaign && !products?.length) return 'Either products or campaign_id must be given.';
  if (delivery.method === 'EMAIL' && !recipient.email) return 'The recipient needs an email.';
  if (delivery.method === 'PHONE' && !recipient.phone) return 'The recipient needs a phone.';
  return undefined;
}
