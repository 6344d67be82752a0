import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { RewardProvider, WebhookReading } from '../../../ports/provider.ts';

type Webhook = Parameters<RewardProvider['readWebhook']>[0];

const signatureHeader = 'tremendous-webhook-signature';
const maximumBytes = 65_536;

const envelopeSchema = z.object({
  event: z.string().check(z.minLength(1), z.maxLength(100)),
  uuid: z.string().check(z.minLength(1), z.maxLength(100)),
  payload: z.optional(z.unknown()),
});

const namedSchema = z.object({
  resource: z.object({ id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,100}$/)) }),
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
  if (rawBody.byteLength > maximumBytes) return { kind: 'refused' };
  if (!isSigned(webhookKey, signatureOf(headers), rawBody)) return { kind: 'refused' };
  const envelope = z.safeParse(envelopeSchema, jsonOf(rawBody));
  if (!envelope.success) return { kind: 'refused' };
  const { event, uuid: webhookId, payload } = envelope.data;
  const reading = readings.get(event.split('.', 1)[0] ?? '');
  if (reading === undefined) return { kind: 'ignored', webhookId };
  const named = z.safeParse(namedSchema, payload);
  return named.success ? reading(webhookId, named.data.resource.id) : { kind: 'refused' };
}

function signatureOf(headers: Webhook['headers']): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === signatureHeader);
  return (name === undefined ? undefined : headers[name]) ?? '';
}

/** The documented form is `sha256=<hex>`; a bare hex text is read too, since some have seen it. */
function isSigned(webhookKey: string, signature: string, rawBody: Uint8Array): boolean {
  const hex = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
  if (hex === undefined) return false;
  const expected = createHmac('sha256', webhookKey).update(rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'));
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}
