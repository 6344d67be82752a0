import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { invariant } from '../../../domain/result.ts';
import { type Instant, parseInstant } from '../../../domain/time.ts';
import type { WebhookReading } from '../../../ports/provider.ts';
import { exactJsonOf } from '../exact-json.ts';
import { headerOf, isTooLong, refusedWebhook, type Webhook } from '../signed-webhook.ts';
import { shortText } from '../wire-schemas.ts';
import { wireId } from './reply.ts';

/** What a webhook must be signed by, and whom it must be about. */
export interface WebhookTrust {
  /** Wise has one for each environment. */
  readonly publicKey: KeyObject;
  readonly profileId: string;
}

/** Throws `InvariantError` for what is not a public RSA key in PEM. */
export function publicKeyOf(pem: string): KeyObject {
  const key = parsedKey(pem);
  const isRsa = key?.asymmetricKeyType === 'rsa' && key.type === 'public';
  invariant(isRsa, "Wise's webhook key is not a public RSA key in PEM.");
  return key;
}

function parsedKey(pem: string): KeyObject | undefined {
  // A private key would be turned into its public half: it has no business here.
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** A try may come two weeks after the first one; the rest is for clocks that disagree. */
const windowMs = 15 * 86_400_000;
const clockSkewMs = 300_000;

const envelopeSchema = z.object({
  event_type: shortText,
  sent_at: shortText,
  data: z.optional(z.unknown()),
});

/** Most events name a resource; a failed payout names its transfer by itself. */
const resourceSchema = z.object({ resource: z.object({ id: wireId, profile_id: wireId }) });
const failureSchema = z.object({ transfer_id: wireId, profile_id: wireId });

const transferEvents: ReadonlySet<string> = new Set([
  'transfers#state-change',
  'transfers#active-cases',
  'transfers#payout-failure',
  'transfers#refund',
]);

const deliveryPattern = /^[\x21-\x7e]{1,100}$/;

/**
 * Trusts nothing before the signature over the raw bytes is right, and nothing older than Wise
 * tries for. Order is not kept: what an event names is read again.
 */
export function readWebhook(
  { publicKey, profileId }: WebhookTrust,
  { headers, rawBody }: Webhook,
  now: Instant,
): WebhookReading {
  if (isTooLong(rawBody)) return refusedWebhook;
  if (!isSigned(publicKey, headerOf(headers, 'x-signature-sha256'), rawBody)) return refusedWebhook;
  const webhookId = headerOf(headers, 'x-delivery-id').trim();
  if (!deliveryPattern.test(webhookId)) return refusedWebhook;
  const envelope = z.safeParse(envelopeSchema, exactJsonOf(rawBody));
  if (!envelope.success) return refusedWebhook;
  const { data, event_type: event, sent_at: sentAt } = envelope.data;
  if (!isTimely(sentAt, now)) return refusedWebhook;
  const isTest = headerOf(headers, 'x-test-notification').trim().toLowerCase() === 'true';
  if (isTest || !transferEvents.has(event)) return { kind: 'ignored', webhookId };
  const named = namedIn(data);
  if (named === undefined) return refusedWebhook;
  if (named.profile !== profileId) return { kind: 'ignored', webhookId };
  return { kind: 'order', webhookId, providerOrder: named.transfer };
}

function namedIn(
  data: unknown,
): { readonly transfer: string; readonly profile: string } | undefined {
  const { resource } = z.safeParse(resourceSchema, data).data ?? {};
  if (resource !== undefined)
    return { transfer: resource.id.text, profile: resource.profile_id.text };
  const failed = z.safeParse(failureSchema, data).data;
  return failed && { transfer: failed.transfer_id.text, profile: failed.profile_id.text };
}

/** Base64 whole: Node would pass over what does not belong there. */
function isSigned(publicKey: KeyObject, told: string, rawBody: Uint8Array): boolean {
  const text = told.trim();
  const signature = Buffer.from(text, 'base64');
  if (text === '' || signature.toString('base64') !== text) return false;
  return verify('RSA-SHA256', rawBody, publicKey, signature);
}

function isTimely(sentAt: string, now: Instant): boolean {
  const at = parseInstant(sentAt);
  return at !== undefined && now - at <= windowMs && at - now <= clockSkewMs;
}
