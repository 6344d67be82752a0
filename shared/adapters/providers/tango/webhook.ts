import { createHash } from 'node:crypto';
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
import { fromWireReference } from './request.ts';

export interface WebhookSecrets {
  /** What the subscription sends in a header of ours: the guard that is certain. */
  readonly key: string;
  /** The subscription's `hmacSharedSecretKey`, base64; with it an event must be signed, too. */
  readonly hmacSecret?: string | undefined;
}

/** To be named in the `headers` of the subscription. */
const keyHeader = 'x-guerdon-webhook-key';
const signatureHeader = 'x-signed-payload';

const name = z.string().check(z.minLength(1), z.maxLength(100));

const envelopeSchema = z.object({
  eventId: name,
  eventType: name,
  eventData: z.optional(z.unknown()),
});

const named = z.nullish(identifier);

/** Events about orders name them in one of several ways, and one of them is spelt in two. */
const orderDataSchema = z.object({
  externalRefID: z.nullish(z.string()),
  referenceOrderID: named,
  referenceOrderId: named,
  referenceLineItemID: named,
  referenceLineItemId: named,
});

const itemDataSchema = z.object({ utid: identifier });

type Reader = (webhookId: string, data: unknown) => WebhookReading;

const readers: ReadonlyMap<string, Reader> = new Map([
  ['asyncorderstatus', orderReading],
  ['lineitemdeliverystatus', orderReading],
  ['rewardstatus', orderReading],
  ['itemavailability', itemReading],
]);

/**
 * Trusts nothing before our own key and, where one was agreed, the signature over the raw bytes are
 * right. Tango signs no time of sending: what an event names is read again, however old it is.
 */
export function readWebhook(
  secrets: WebhookSecrets,
  { headers, rawBody }: Webhook,
): WebhookReading {
  if (isTooLong(rawBody)) return refusedWebhook;
  if (!isSame(headerOf(headers, keyHeader), secrets.key)) return refusedWebhook;
  const { hmacSecret } = secrets;
  const isUnsigned =
    hmacSecret !== undefined && !isSigned(hmacSecret, headerOf(headers, signatureHeader), rawBody);
  if (isUnsigned) return refusedWebhook;
  const envelope = z.safeParse(envelopeSchema, exactJsonOf(rawBody));
  if (!envelope.success) return refusedWebhook;
  const { eventId, eventType, eventData } = envelope.data;
  const read = readers.get(eventType.toLowerCase());
  return read === undefined ? { kind: 'ignored', webhookId: eventId } : read(eventId, eventData);
}

function orderReading(webhookId: string, eventData: unknown): WebhookReading {
  const data = z.safeParse(orderDataSchema, eventData).data;
  const reference = fromWireReference(data?.externalRefID ?? '');
  if (reference !== undefined) return { kind: 'reference', webhookId, reference };
  const providerOrder = data?.referenceOrderID ?? data?.referenceOrderId;
  if (providerOrder) return { kind: 'order', webhookId, providerOrder };
  const providerReward = data?.referenceLineItemID ?? data?.referenceLineItemId;
  if (providerReward) return { kind: 'reward', webhookId, providerReward };
  return { kind: 'ignored', webhookId };
}

function itemReading(webhookId: string, eventData: unknown): WebhookReading {
  const data = z.safeParse(itemDataSchema, eventData).data;
  if (data === undefined) return { kind: 'ignored', webhookId };
  return { kind: 'product', webhookId, product: data.utid };
}

/** In a time that tells nothing, of texts of any length. */
function isSame(told: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return isSameDigest(digest(told), digest(expected));
}

/**
 * The pages say HMAC-SHA256 and no more: hexadecimal or base64, with the secret as it stands or
 * decoded, are all taken. Each of them needs the secret.
 */
function isSigned(hmacSecret: string, signature: string, rawBody: Uint8Array): boolean {
  const text = signature.trim();
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  if (!isHex && !/^[A-Za-z0-9+/]{43}=$/.test(text)) return false;
  const told = Buffer.from(text, isHex ? 'hex' : 'base64');
  const keys = [Buffer.from(hmacSecret, 'base64'), Buffer.from(hmacSecret)];
  const matches = keys.map((key) => isSameDigest(told, hmacOf(key, rawBody)));
  return matches.includes(true);
}
