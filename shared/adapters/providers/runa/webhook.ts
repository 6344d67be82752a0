import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { invariant } from '../../../domain/result.ts';
import type { Instant } from '../../../domain/time.ts';
import type { RewardProvider, WebhookReading } from '../../../ports/provider.ts';

type Webhook = Parameters<RewardProvider['readWebhook']>[0];

const maximumBytes = 65_536;
const toleranceMs = 300_000;
/** While a secret is changed there are two; nobody sends many. */
const maximumSignatures = 16;

const orderSchema = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,100}$/)),
  status: z.string(),
});
const productSchema = z.object({
  product_code: z.string().check(z.minLength(1), z.maxLength(200)),
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
  if (rawBody.byteLength > maximumBytes) return { kind: 'refused' };
  const webhookId = header(headers, 'svix-id');
  const time = header(headers, 'svix-timestamp');
  if (!/^[\x21-\x7e]{1,200}$/.test(webhookId) || !/^\d{1,12}$/.test(time)) {
    return { kind: 'refused' };
  }
  const expected = createHmac('sha256', key).update(`${webhookId}.${time}.`).update(rawBody);
  if (!isAmong(header(headers, 'svix-signature'), expected.digest())) return { kind: 'refused' };
  if (Math.abs(now - Number(time) * 1_000) > toleranceMs) return { kind: 'refused' };
  const body = jsonOf(rawBody);
  if (!(body instanceof Object)) return { kind: 'refused' };
  const product = z.safeParse(productSchema, body);
  if (product.success) return { kind: 'product', webhookId, product: product.data.product_code };
  const order = z.safeParse(orderSchema, body);
  if (order.success) return { kind: 'order', webhookId, providerOrder: order.data.id };
  return { kind: 'ignored', webhookId };
}

function header(headers: Webhook['headers'], wanted: string): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  return (name === undefined ? undefined : headers[name]) ?? '';
}

function isAmong(signatures: string, expected: Buffer): boolean {
  const candidates = signatures.split(' ').slice(0, maximumSignatures);
  return candidates.some((candidate) => {
    const base64 = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(candidate)?.[1];
    return base64 !== undefined && timingSafeEqual(expected, Buffer.from(base64, 'base64'));
  });
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}
