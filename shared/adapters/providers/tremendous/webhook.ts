import * as z from 'zod/mini';
import type { WebhookReading } from '../../../ports/provider.ts';
import { exactJsonOf } from '../exact-json.ts';
import {
  headerOf,
  hmacOf,
  isSameDigest,
  isTooLong,
  refusedWebhook,
  type Webhook,
} from '../signed-webhook.ts';
import { identifier } from '../wire-schemas.ts';

const signatureHeader = 'tremendous-webhook-signature';

const envelopeSchema = z.object({
  event: z.string().check(z.minLength(1), z.maxLength(100)),
  uuid: z.string().check(z.minLength(1), z.maxLength(100)),
  payload: z.optional(z.unknown()),
});

const namedSchema = z.object({
  resource: z.object({ id: identifier }),
});

type Reading = (webhookId: string, id: string) => WebhookReading;

/** What the events of each family are about; the others are ignored. */
const families: Readonly<Record<string, Reading>> = {
  ORDERS: (webhookId, providerOrder) => ({ kind: 'order', webhookId, providerOrder }),
  REWARDS: (webhookId, providerReward) => ({ kind: 'reward', webhookId, providerReward }),
  PRODUCTS: (webhookId, product) => ({ kind: 'product', webhookId, product }),
};
/** A map, since an event may have any name. */
const readings: ReadonlyMap<string, Reading> = new Map(Object.entries(families));

/**
 * Trusts nothing before the signature over the raw bytes is right; events of other families are
 * ignored. No time is signed, so an old event cannot be told from a late one: ids are remembered,
 * and what an event names is read again.
 */
export function readWebhook(webhookKey: string, { headers, rawBody }: Webhook): WebhookReading {
  if (isTooLong(rawBody)) return refusedWebhook;
  if (!isSigned(webhookKey, headerOf(headers, signatureHeader), rawBody)) return refusedWebhook;
  const envelope = z.safeParse(envelopeSchema, exactJsonOf(rawBody));
  if (!envelope.success) return refusedWebhook;
  const { event, uuid: webhookId, payload } = envelope.data;
  const reading = readings.get(event.split('.', 1)[0] ?? '');
  if (reading === undefined) return { kind: 'ignored', webhookId };
  const named = z.safeParse(namedSchema, payload);
  return named.success ? reading(webhookId, named.data.resource.id) : refusedWebhook;
}

/** The documented form is `sha256=<hex>`; a bare hex text is read too, since some have seen it. */
function isSigned(webhookKey: string, signature: string, rawBody: Uint8Array): boolean {
  const hex = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
  return hex !== undefined && isSameDigest(Buffer.from(hex, 'hex'), hmacOf(webhookKey, rawBody));
}
