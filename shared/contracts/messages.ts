import * as z from 'zod/mini';

/** On a dispatch queue: act on this redemption's order. Ids and counts only. */
export const dispatchMessageSchema = z.strictObject({
  program: z.string(),
  redemption: z.string(),
  /** The sender's own call, which has ended. */
  afterCall: z.optional(z.strictObject({ attempt: z.int(), call: z.int() })),
  lookUps: z.optional(z.int()),
  /** Epoch milliseconds: when the provider may be called. */
  turn: z.optional(z.int()),
});

/** On the check queue: is this redemption settled by now? */
export const checkMessageSchema = z.strictObject({
  kind: z.literal('check'),
  program: z.string(),
  redemption: z.string(),
  requestedAt: z.string(),
  /** The member has been told that it will be late, before there was a row to say so. */
  toldLate: z.optional(z.literal(true)),
});

const webhookId = z.string();

/**
 * On the settle queue: a provider's webhook says that something happened to an order. A hint, no
 * more.
 */
export const webhookMessageSchema = z.strictObject({
  kind: z.literal('webhook'),
  provider: z.string(),
  reading: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('order'), webhookId, providerOrder: z.string() }),
    z.strictObject({ kind: z.literal('reward'), webhookId, providerReward: z.string() }),
    z.strictObject({ kind: z.literal('reference'), webhookId, reference: z.string() }),
  ]),
  /** How often it has come again. */
  tries: z.optional(z.int()),
});

/** On the settle queue: a provider says that something of a product has changed. */
export const catalogueMessageSchema = z.strictObject({
  kind: z.literal('catalogue'),
  provider: z.string(),
  product: z.string(),
});

export const settleMessageSchema = z.discriminatedUnion('kind', [
  checkMessageSchema,
  webhookMessageSchema,
  catalogueMessageSchema,
]);

export type SettleMessage = z.infer<typeof settleMessageSchema>;
export type DispatchMessage = z.infer<typeof dispatchMessageSchema>;
