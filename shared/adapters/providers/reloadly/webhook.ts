import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Instant } from '../../../domain/time.ts';
import type { WebhookReading } from '../../../ports/provider.ts';
import { exactJsonOf, WireNumber } from '../exact-json.ts';
import { isReference } from '../order-request.ts';
import {
  headerOf,
  hmacOf,
  isFresh,
  isSameDigest,
  isTooLong,
  refusedWebhook,
  type Webhook,
} from '../signed-webhook.ts';
import { wireId } from './reply.ts';

/** What is signed: no page of Reloadly says it, and both have been seen. */
export const webhookSchemes = ['bodyAndTime', 'body'] as const;
export type WebhookScheme = (typeof webhookSchemes)[number];

export interface WebhookTrust {
  readonly webhookKey: string;
  readonly scheme: WebhookScheme;
}

const signatureHeader = 'x-reloadly-signature';
const timeHeader = 'x-reloadly-request-timestamp';

const eventSchema = z.object({
  type: z.string().check(z.minLength(1), z.maxLength(100)),
  data: z.optional(z.unknown()),
});

const dataSchema = z.object({
  transactionId: z.union([z.string().check(z.regex(/^[1-9]\d{0,17}$/)), wireId]),
  customIdentifier: z.nullish(z.string()),
});

/**
 * Trusts nothing before the signature over the raw bytes is right, and where the time is signed too
 * only what is at most five minutes from `now`. Events have no id of their own: the digest of the
 * body stands for it.
 */
export function readWebhook(
  trust: WebhookTrust,
  { headers, rawBody }: Webhook,
  now: Instant,
): WebhookReading {
  if (isTooLong(rawBody)) return refusedWebhook;
  const signature = headerOf(headers, signatureHeader).trim();
  const time = headerOf(headers, timeHeader).trim();
  if (!isSigned(trust, { signature, time, rawBody })) return refusedWebhook;
  if (trust.scheme === 'bodyAndTime' && !isTimely(time, now)) return refusedWebhook;
  const event = z.safeParse(eventSchema, exactJsonOf(rawBody));
  if (!event.success) return refusedWebhook;
  const webhookId = createHash('sha256').update(rawBody).digest('hex').slice(0, 32);
  if (!event.data.type.startsWith('giftcard_transaction.')) return { kind: 'ignored', webhookId };
  const data = z.safeParse(dataSchema, event.data.data);
  if (!data.success) return refusedWebhook;
  const { transactionId, customIdentifier: reference } = data.data;
  if (reference && isReference(reference)) {
    return { kind: 'reference', webhookId, reference };
  }
  const providerOrder = transactionId instanceof WireNumber ? transactionId.text : transactionId;
  return { kind: 'order', webhookId, providerOrder };
}

interface Signed {
  readonly signature: string;
  readonly time: string;
  readonly rawBody: Uint8Array;
}

function isSigned({ webhookKey, scheme }: WebhookTrust, { signature, time, rawBody }: Signed) {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return false;
  const expected = hmacOf(webhookKey, rawBody, scheme === 'bodyAndTime' ? `:${time}` : '');
  return isSameDigest(Buffer.from(signature, 'hex'), expected);
}

/** Ten digits are seconds, thirteen are milliseconds. */
function isTimely(time: string, now: Instant): boolean {
  if (!/^(\d{10}|\d{13})$/.test(time)) return false;
  return isFresh(time.length === 10 ? Number(time) * 1_000 : Number(time), now);
}
