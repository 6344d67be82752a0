import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { Secret } from '../../domain/secret.ts';
import type { SealContext, Sealer } from '../../ports/sealing.ts';
import { decodeBase64url } from '../crypto.ts';
import { createDataKeys, type DataKeySource } from './data-keys.ts';

const algorithm = 'aes-256-gcm';
const version = '1';
const ivBytes = 12;
const tagBytes = 16;

/** The longest value that is sealed; a reward's link has some hundred bytes. */
export const maximumSealedBytes = 16_384;

/** Says neither what was sealed nor where. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';

  constructor() {
    super('A sealed text was changed, or does not belong where it was found.');
  }
}

/**
 * Envelope encryption, as text: `1.<encrypted data key>.<iv>.<ciphertext and tag>`, each part
 * base64url. The additional data is a JSON array, so that no field can run into the next. KMS binds
 * the data key to the program as well (encryption context). `seal` throws RangeError for a value
 * that is too long; both throw what KMS throws.
 */
export function createSealer(source: DataKeySource): Sealer {
  const dataKeys = createDataKeys(source);
  return {
    async seal(context, value) {
      const plain = Buffer.from(value.reveal(), 'utf8');
      if (plain.length > maximumSealedBytes) throw new RangeError('The value is too long to seal.');
      const { key, encryptedKey } = await dataKeys.take(context.program);
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
      cipher.setAAD(additionalData(context));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      const parts = [encryptedKey, iv, sealed].map((part) =>
        Buffer.from(part).toString('base64url'),
      );
      return [version, ...parts].join('.');
    },
    async open(context, sealed) {
      const envelope = parseEnvelope(sealed);
      if (envelope === undefined) throw new SealBrokenError();
      const key = await dataKeys.open(context.program, envelope.encryptedKey);
      return decipher(key, context, envelope);
    },
  };
}

interface Envelope {
  readonly encryptedKey: Uint8Array;
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

function parseEnvelope(sealed: string): Envelope | undefined {
  const [found, ...texts] = sealed.split('.');
  if (found !== version || texts.length !== 3) return undefined;
  const [encryptedKey, iv, body] = texts.map(decodeBase64url);
  if (!encryptedKey || encryptedKey.length === 0) return undefined;
  if (iv?.length !== ivBytes || !body || body.length < tagBytes) return undefined;
  const ciphertext = body.subarray(0, -tagBytes);
  return { encryptedKey, iv, ciphertext, tag: body.subarray(-tagBytes) };
}

function decipher(key: KeyObject, context: SealContext, envelope: Envelope): Secret {
  const decipher = createDecipheriv(algorithm, key, envelope.iv, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(envelope.tag);
  try {
    const plain = Buffer.concat([decipher.update(envelope.ciphertext), decipher.final()]);
    return new Secret(plain.toString('utf8'));
  } catch {
    throw new SealBrokenError();
  }
}

function additionalData({ program, redemption, field }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([program, redemption, field]), 'utf8');
}
