import * as z from 'zod/mini';

/** On a dispatch queue: act on this redemption's order. Ids only. */
export const dispatchMessageSchema = z.strictObject({
  program: z.string(),
  redemption: z.string(),
  /** The sender's own call, which has ended. */
  afterCall: z.optional(z.strictObject({ attempt: z.int(), call: z.int() })),
  lookUps: z.optional(z.int()),
});

/** On the check queue: is this redemption settled by now? */
export const checkMessageSchema = z.strictObject({
  kind: z.literal('check'),
  program: z.string(),
  redemption: z.string(),
  requestedAt: z.string(),
});

/**
 * On the settle queue: a provider's webhook says that something happened to an order. A hint, no
 * more.
 */
export const webhookMessageSchema = z.strictObject({
  kind: z.literal('webhook'),
  provider: z.string(),
  reading: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('order'), webhookId: z.string(), providerOrder: z.string() }),
    z.strictObject({
      kind: z.literal('reward'),
      webhookId: z.string(),
      providerReward: z.string(),
    }),
  ]),
});

export const settleMessageSchema = z.discriminatedUnion('kind', [
  checkMessageSchema,
  webhookMessageSchema,
]);

export type SettleMessage = z.infer<typeof settleMessageSchema>;
