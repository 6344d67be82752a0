import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { Secret } from '../../domain/secret.ts';
import type { PagePurpose, PageTokens } from '../../ports/page-tokens.ts';
import { decodeBase64url } from '../crypto.ts';
import type { ClaimSecret } from './claim-tokens.ts';

/** The first 16 bytes of the HMAC-SHA256, expiry in seconds (6 bytes), the subject as JSON. */
const macBytes = 16;
const expiryBytes = 6;
/** A subject is a program, a member and a short name: 63, 128 and 36 characters. */
const maximumTokenLength = 1024;

const subjectSchema = z.array(z.string());

/** Tokens under the same key as claim tokens; what is signed begins with the purpose. */
export function createPageTokens(settings: {
  readonly secret: () => Promise<ClaimSecret>;
}): PageTokens {
  const sign = async (purpose: PagePurpose, payload: Uint8Array) => {
    const { key } = await settings.secret();
    const mac = createHmac('sha256', key.reveal()).update(`guerdon ${purpose} token 1\n`);
    return mac.update(payload).digest().subarray(0, macBytes);
  };
  return {
    async issue({ purpose, subject, expiresAtEpochSeconds }) {
      const expiry = Buffer.alloc(expiryBytes);
      expiry.writeUIntBE(expiresAtEpochSeconds, 0, expiryBytes);
      const payload = Buffer.concat([expiry, Buffer.from(JSON.stringify(subject))]);
      const token = Buffer.concat([await sign(purpose, payload), payload]);
      return new Secret(token.toString('base64url'));
    },
    async read(purpose, token) {
      const bytes = token.length <= maximumTokenLength ? decodeBase64url(token) : undefined;
      if (bytes === undefined || bytes.length <= macBytes + expiryBytes) return undefined;
      const payload = bytes.subarray(macBytes);
      const mac = await sign(purpose, payload);
      if (!timingSafeEqual(mac, bytes.subarray(0, macBytes))) return undefined;
      // Signed, so it is as it was written.
      const subject = z.parse(subjectSchema, JSON.parse(payload.toString('utf8', expiryBytes)));
      return { subject, expiresAtEpochSeconds: payload.readUIntBE(0, expiryBytes) };
    },
  };
}
