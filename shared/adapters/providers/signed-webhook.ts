import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/time.ts';
import type { RewardProvider } from '../../ports/provider.ts';

export type Webhook = Parameters<RewardProvider['readWebhook']>[0];

export const refusedWebhook = { kind: 'refused' } as const;

const maximumBytes = 65_536;
const toleranceMs = 300_000;

export function isTooLong(rawBody: Uint8Array): boolean {
  return rawBody.byteLength > maximumBytes;
}

/** As it was sent; empty where there is none. `wanted` is in small letters. */
export function headerOf(headers: Webhook['headers'], wanted: string): string {
  const name = Object.keys(headers).find((key) => key.toLowerCase() === wanted);
  return (name === undefined ? undefined : headers[name]) ?? '';
}

/** HMAC-SHA256 of the pieces, one after the other. */
export function hmacOf(
  key: string | Uint8Array,
  ...pieces: readonly (string | Uint8Array)[]
): Uint8Array {
  const hmac = createHmac('sha256', key);
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest();
}

/** In a time that tells nothing of where they differ. */
export function isSameDigest(told: Uint8Array, expected: Uint8Array): boolean {
  return told.byteLength === expected.byteLength && timingSafeEqual(told, expected);
}

/** At most five minutes from now: whoever has overheard a webhook cannot send it for long. */
export function isFresh(sentAtEpochMs: number, now: Instant): boolean {
  return Math.abs(now - sentAtEpochMs) <= toleranceMs;
}
