import { verify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as z from 'zod/mini';
import { type Instant, parseInstant } from '../../../domain/time.ts';
import type { WebhookReading } from '../../../ports/provider.ts';
import { exactJsonOf } from '../exact-json.ts';
import type { ProviderBase } from '../provider-base.ts';
import { headerOf, isTooLong, refusedWebhook, type Webhook } from '../signed-webhook.ts';
import { identifier } from '../wire-schemas.ts';
import { isCertificateUrl, isValidAt, type SigningCertificate } from './certificates.ts';

export interface WebhookTrust {
  /** PayPal's id of our webhook: it is signed, so what was meant for another one is refused. */
  readonly webhookId: string;
  readonly certificates: readonly SigningCertificate[];
  readonly place: ProviderBase;
}

const name = z.string().check(z.minLength(1), z.maxLength(100));

const envelopeSchema = z.object({ id: name, event_type: name, resource: z.optional(z.unknown()) });
const batchSchema = z.object({ batch_header: z.object({ payout_batch_id: identifier }) });
const itemSchema = z.object({
  payout_item_id: identifier,
  payout_batch_id: z.nullish(identifier),
});

type Reader = (webhookId: string, resource: unknown) => WebhookReading;

/** What the events of each family are about; the others are ignored. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['PAYMENT.PAYOUTSBATCH', batchReading],
  ['PAYMENT.PAYOUTS-ITEM', itemReading],
]);

/**
 * RSA-SHA256 over id, time, our webhook's id and the checksum of the raw body. The certificate is
 * one of those in the account's secret and never fetched: nobody who sends us something can make us
 * call an address, a provider that cannot be reached holds up no webhook, and reading one waits for
 * nothing. PayPal renews its certificates: the new one is added to the secret before the old one
 * ends, and until then webhooks are refused, which costs time only, as orders are looked up too.
 */
export function readWebhook(
  trust: WebhookTrust,
  { headers, rawBody }: Webhook,
  now: Instant,
): WebhookReading {
  if (isTooLong(rawBody) || !isSigned(trust, { headers, rawBody }, now)) return refusedWebhook;
  if (!isTimely(headerOf(headers, timeHeader), now)) return refusedWebhook;
  const envelope = z.safeParse(envelopeSchema, exactJsonOf(rawBody)).data;
  if (envelope === undefined) return refusedWebhook;
  const { id: webhookId, event_type: type, resource } = envelope;
  const read = readers.get(type.slice(0, type.lastIndexOf('.')));
  return read === undefined ? { kind: 'ignored', webhookId } : read(webhookId, resource);
}

const timeHeader = 'paypal-transmission-time';

function isSigned(
  { webhookId, certificates, place }: WebhookTrust,
  { headers, rawBody }: Webhook,
  now: Instant,
): boolean {
  const transmission = headerOf(headers, 'paypal-transmission-id');
  const time = headerOf(headers, timeHeader);
  const algorithm = headerOf(headers, 'paypal-auth-algo').toLowerCase();
  const signature = headerOf(headers, 'paypal-transmission-sig');
  if (!/^[A-Za-z0-9-]{1,100}$/.test(transmission) || algorithm !== 'sha256withrsa') return false;
  if (!/^[A-Za-z0-9+/]{300,1400}={0,2}$/.test(signature)) return false;
  if (!isCertificateUrl(headerOf(headers, 'paypal-cert-url'), place)) return false;
  const text = Buffer.from(`${transmission}|${time}|${webhookId}|${crc32(rawBody)}`);
  const bytes = Buffer.from(signature, 'base64');
  return certificates.some(
    (it) => isValidAt(it, now) && verify('sha256', text, it.certificate.publicKey, bytes),
  );
}

/** What was not taken is sent again for three days; nobody says whether with a new time. */
const oldestMs = 3 * 86_400_000;
const clockSkewMs = 300_000;

function isTimely(text: string, now: Instant): boolean {
  const sentAt = parseInstant(text);
  if (sentAt === undefined) return false;
  return now - sentAt <= oldestMs && sentAt - now <= clockSkewMs;
}

function batchReading(webhookId: string, resource: unknown): WebhookReading {
  const batch = z.safeParse(batchSchema, resource).data;
  if (batch === undefined) return refusedWebhook;
  return { kind: 'order', webhookId, providerOrder: batch.batch_header.payout_batch_id };
}

function itemReading(webhookId: string, resource: unknown): WebhookReading {
  const item = z.safeParse(itemSchema, resource).data;
  if (item === undefined) return refusedWebhook;
  const { payout_batch_id: batchId, payout_item_id: itemId } = item;
  return batchId
    ? { kind: 'order', webhookId, providerOrder: batchId }
    : { kind: 'reward', webhookId, providerReward: itemId };
}
