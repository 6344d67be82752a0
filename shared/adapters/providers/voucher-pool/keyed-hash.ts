import { createHmac, randomBytes } from 'node:crypto';
import { Secret } from '../../../domain/secret.ts';
import type { KeyedHash } from '../../../ports/vouchers.ts';

/** 192 bits are enough that two codes never meet. */
const characters = 32;

export const keyedHash: KeyedHash = {
  newKey: () => new Secret(randomBytes(32).toString('base64url')),
  of: (key, text) =>
    createHmac('sha256', key.reveal())
      .update(text, 'utf8')
      .digest('base64url')
      .slice(0, characters),
};
