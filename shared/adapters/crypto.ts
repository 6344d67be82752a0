import { createHash } from 'node:crypto';
import type { Digest } from '../ports/runtime.ts';

export const systemDigest: Digest = {
  sha256Hex: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  sha256Short: (text) => createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 22),
};

/**
 * The bytes of a base64url text without padding, or `undefined`. Only the one canonical spelling
 * counts: Node itself skips foreign characters and drops spare bits, so many texts give one value.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
