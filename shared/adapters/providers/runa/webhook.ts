import * as z from 'zod/mini';
import { invariant } from '../../../domain/result.ts';
import type { Instant } from '../../../domain/time.ts';
import type { WebhookReading } from '../../../ports/provider.ts';
import { exactJsonOf, WireNumber } from '../exact-json.ts';
import {
  headerOf,
  hmacOf,
  isFresh,
  isSameDigest,
  isTooLong,
  refusedWebhook,
  type Webhook,
} from '../signed-webhook.ts';
import { identifier, shortText } from '../wire-schemas.ts';

/** While a secret is changed there are two; nobody sends many. */
const maximumSignatures = 16;

const orderSchema = z.object({
  id: identifier,
  status: z.string(),
});
const productSchema = z.object({
  product_code: shortText,
  new_state: z.looseObject({}),
});

/** The key that a secret `whsec_<base64>` stands for. Throws `InvariantError`, quoting nothing. */
export function signingKey(secret: string): Buffer {
  const base64 = /^whsec_([A-Za-z0-9+/]{22,200}={0,2})$/.exec(secret)?.[1];
  invariant(base64 !== undefined, 'The Runa webhook secret is not of the form whsec_<base64>.');
  return Buffer.from(base64, 'base64');
}

/**
 * Signed as Svix does: HMAC-SHA256 in base64 over id, time and raw body, joined by dots; one of the
 * signatures must be right, https://docs.svix.com/receiving/verifying-payloads/how-manual. Trusts
 * nothing before. The body does not name its event: its form tells.
 */
export function readWebhook(
  key: Uint8Array,
  { headers, rawBody }: Webhook,
  now: Instant,
): WebhookReading {
  if (isTooLong(rawBody)) return refusedWebhook;
  const webhookId = headerOf(headers, 'svix-id');
  const time = headerOf(headers, 'svix-timestamp');
  const isNamed = /^[\x21-\x7e]{1,200}$/.test(webhookId);
  if (!isNamed || !/^\d{1,12}$/.test(time)) return refusedWebhook;
  const expected = hmacOf(key, `${webhookId}.${time}.`, rawBody);
  if (!isAmong(headerOf(headers, 'svix-signature'), expected)) return refusedWebhook;
  if (!isFresh(Number(time) * 1_000, now)) return refusedWebhook;
  const body = exactJsonOf(rawBody);
  if (!(body instanceof Object) || body instanceof WireNumber) return refusedWebhook;
  const product = z.safeParse(productSchema, body);
  if (product.success) return { kind: 'product', webhookId, product: product.data.product_code };
  const order = z.safeParse(orderSchema, body);
  if (order.success) return { kind: 'order', webhookId, providerOrder: order.data.id };
  return { kind: 'ignored', webhookId };
}

function isAmong(signatures: string, expected: Uint8Array): boolean {
  const candidates = signatures.split(' ').slice(0, maximumSignatures);
  return candidates.some((candidate) => {
    const base64 = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(candidate)?.[1];
    return base64 !== undefined && isSameDigest(Buffer.from(base64, 'base64'), expected);
  });
}
