import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { isRedemptionId } from '../../domain/redemption/reference.ts';
import { invariant } from '../../domain/result.ts';
import { Secret } from '../../domain/secret.ts';
import type { ClaimTokens } from '../../ports/sealing.ts';
import { decodeBase64url } from '../crypto.ts';

/** Redemption (16 bytes), expiry in seconds (6 bytes), the first 16 bytes of the HMAC-SHA256. */
const redemptionBytes = 16;
const expiryBytes = 6;
const macBytes = 16;
const tokenLength = Math.ceil(((redemptionBytes + expiryBytes + macBytes) * 8) / 6);

/** Keeps these codes apart from anything else that the same key might ever sign. */
const purpose = 'guerdon claim token 1\n';

/** What Secrets Manager holds; any text of 32 characters and more will do as the key. */
export const claimSecretSchema = z.object({
  key: z.pipe(
    z.string().check(z.minLength(32)),
    z.transform((text) => new Secret(text)),
  ),
});

export type ClaimSecret = z.output<typeof claimSecretSchema>;

/**
 * Tokens that fit a link: 51 characters. A guess meets one token in 2^128; nothing is stored, so a
 * token that was sent stays good until its expiry or until the key changes.
 */
export function createClaimTokens(settings: {
  readonly secret: () => Promise<ClaimSecret>;
}): ClaimTokens {
  const sign = async (payload: Uint8Array) => {
    const { key } = await settings.secret();
    const mac = createHmac('sha256', key.reveal()).update(purpose).update(payload).digest();
    return mac.subarray(0, macBytes);
  };
  return {
    async issue({ redemption, expiresAtEpochSeconds }) {
      invariant(isRedemptionId(redemption), 'A claim token is for a redemption.');
      const payload = Buffer.alloc(redemptionBytes + expiryBytes);
      payload.write(redemption.replaceAll('-', ''), 'hex');
      payload.writeUIntBE(expiresAtEpochSeconds, redemptionBytes, expiryBytes);
      const mac = await sign(payload);
      return new Secret(Buffer.concat([payload, mac]).toString('base64url'));
    },
    async read(token) {
      const bytes = token.length === tokenLength ? decodeBase64url(token) : undefined;
      if (bytes === undefined) return undefined;
      const payload = bytes.subarray(0, -macBytes);
      if (!timingSafeEqual(await sign(payload), bytes.subarray(-macBytes))) return undefined;
      return {
        redemption: toUuid(payload.toString('hex', 0, redemptionBytes)),
        expiresAtEpochSeconds: payload.readUIntBE(redemptionBytes, expiryBytes),
      };
    },
  };
}

function toUuid(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
