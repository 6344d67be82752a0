import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { RewardProvider, WebhookReading } from '../../../ports/provider.ts';
import { identifierPattern } from './reply.ts';
import { fromWireReference } from './request.ts';

type Webhook = Parameters<RewardProvider['readWebhook']>[0];

export interface WebhookSecrets {
  /** What the subscription sends in a header of ours: the guard that is certain. */
  readonly key: string;
  /** The subscription's `hmacSharedSecretKey`, base64; with it an event must be signed, too. */
  readonly hmacSecret?: string | undefined;
}

/** To be named in the `headers` of the subscription. */
const keyHeader = 'x-guerdon-webhook-key';
const signatureHeader = 'x-signed-payload';
const maximumBytes = 65_536;

const name = z.string().check(z.minLength(1), z.maxLength(100));

const envelopeSchema = z.object({
  eventId: name,
  eventType: name,
  eventData: z.optional(z.unknown()),
});

const identifier = z.nullish(z.string().check(z.regex(identifierPattern)));

/** Events about orders name them in one of several ways, and one of them is spelt in two. */
const orderDataSchema = z.object({
  externalRefID: z.nullish(z.string()),
  referenceOrderID: identifier,
  referenceOrderId: identifier,
  referenceLineItemID: identifier,
  referenceLineItemId: identifier,
});

const itemDataSchema = z.object({ utid: z.string().check(z.regex(identifierPattern)) });

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
  if (rawBody.byteLength > maximumBytes) return { kind: 'refused' };
  if (!isSame(headerOf(headers, keyHeader), secrets.key)) return { kind: 'refused' };
  const { hmacSecret } = secrets;
  if (
    hmacSecret !== undefined &&
    !isSigned(hmacSecret, headerOf(headers, signatureHeader), rawBody)
  ) {
    return { kind: 'refused' };
  }
  const envelope = z.safeParse(envelopeSchema, jsonOf(rawBody));
  if (!envelope.success) return { kind: 'refused' };
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

function headerOf(headers: Webhook['headers'], wanted: string): string {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  return (found === undefined ? undefined : headers[found]) ?? '';
}

/** In a time that tells nothing, of texts of any length. */
function isSame(told: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(told), digest(expected));
}

/**
 * The pages say HMAC-SHA256 and no more: hexadecimal or base64, with the secret as it stands or
 * decoded, are all taken. Each of them needs the secret.
 */
function isSigned(hmacSecret: string, signature: string, rawBody: Uint8Array): boolean {
  const told = signature.trim();
  const isHex = /^[0-9a-f]{64}$/i.test(told);
  if (!isHex && !/^[A-Za-z0-9+/]{43}=$/.test(told)) return false;
  const bytes = Buffer.from(told, isHex ? 'hex' : 'base64');
  const keys = [Buffer.from(hmacSecret, 'base64'), Buffer.from(hmacSecret)];
  const matches = keys.map((key) =>
    timingSafeEqual(createHmac('sha256', key).update(rawBody).digest(), bytes),
  );
  return matches.includes(true);
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}
