import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Instant } from '../../../domain/time.ts';
import type { RewardProvider, WebhookReading } from '../../../ports/provider.ts';
import { parseExactJson, WireNumber } from '../exact-json.ts';
import { isReference } from './request.ts';

type Webhook = Parameters<RewardProvider['readWebhook']>[0];

/** What is signed: no page of Reloadly says it, and both have been seen. */
export const webhookSchemes = ['bodyAndTime', 'body'] as const;
export type WebhookScheme = (typeof webhookSchemes)[number];

export interface WebhookTrust {
  readonly webhookKey: string;
  readonly scheme: WebhookScheme;
}

const signatureHeader = 'x-reloadly-signature';
const timeHeader = 'x-reloadly-request-timestamp';
const maximumBytes = 65_536;
const replayWindowMs = 300_000;

const eventSchema = z.object({
  type: z.string().check(z.minLength(1), z.maxLength(100)),
  data: z.optional(z.unknown()),
});

const dataSchema = z.object({
  transactionId: z.union([
    z.string().check(z.regex(/^[1-9]\d{0,17}$/)),
    z.instanceof(WireNumber).check(z.refine(({ text }) => /^[1-9]\d{0,17}$/.test(text))),
  ]),
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
  if (rawBody.byteLength > maximumBytes) return { kind: 'refused' };
  const time = headerOf(headers, timeHeader);
  if (!isSigned(trust, { signature: headerOf(headers, signatureHeader), time, rawBody })) {
    return { kind: 'refused' };
  }
  if (trust.scheme === 'bodyAndTime' && !isFresh(time, now)) return { kind: 'refused' };
  const event = z.safeParse(eventSchema, jsonOf(rawBody));
  if (!event.success) return { kind: 'refused' };
  const webhookId = createHash('sha256').update(rawBody).digest('hex').slice(0, 32);
  if (!event.data.type.startsWith('giftcard_transaction.')) return { kind: 'ignored', webhookId };
  const data = z.safeParse(dataSchema, event.data.data);
  if (!data.success) return { kind: 'refused' };
  const { transactionId, customIdentifier: reference } = data.data;
  if (reference && isReference(reference)) {
    return { kind: 'reference', webhookId, reference };
  }
  const providerOrder = transactionId instanceof WireNumber ? transactionId.text : transactionId;
  return { kind: 'order', webhookId, providerOrder };
}

function headerOf(headers: Webhook['headers'], wanted: string): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  return ((name === undefined ? undefined : headers[name]) ?? '').trim();
}

interface Signed {
  readonly signature: string;
  readonly time: string;
  readonly rawBody: Uint8Array;
}

function isSigned({ webhookKey, scheme }: WebhookTrust, { signature, time, rawBody }: Signed) {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return false;
  const hmac = createHmac('sha256', webhookKey).update(rawBody);
  const expected = (scheme === 'bodyAndTime' ? hmac.update(`:${time}`) : hmac).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

/** Ten digits are seconds, thirteen are milliseconds. */
function isFresh(time: string, now: Instant): boolean {
  if (!/^(\d{10}|\d{13})$/.test(time)) return false;
  const epochMs = time.length === 10 ? Number(time) * 1_000 : Number(time);
  return Math.abs(now - epochMs) <= replayWindowMs;
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}
