import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { KeyPlan } from '../template/sealing.ts';
import { type Operations, ServiceError } from './services.ts';

const context = z.record(z.string(), z.string()).default({});
const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const generateInput = z.object({
  KeyId: z.string(),
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.int().min(1).max(1024).optional(),
  EncryptionContext: context,
});
const decryptInput = z.object({
  CiphertextBlob: base64,
  EncryptionContext: context,
  KeyId: z.string().optional(),
});

type Context = z.output<typeof context>;

const ivBytes = 12;
const tagBytes = 16;

/**
 * Stands in for KMS: data keys under AES-256-GCM, bound to their key and encryption context, so
 * that a key opened in another context is refused here as it is there.
 */
export class KeyService {
  readonly #keys: readonly KeyPlan[];
  readonly #master: Buffer;
  readonly operations: Operations = {
    'TrentService.GenerateDataKey': (input) => this.#generateDataKey(input),
    'TrentService.Decrypt': (input) => this.#decrypt(input),
  };

  /** `master` is 32 bytes that every key is derived from. */
  constructor(keys: readonly KeyPlan[], master: Buffer) {
    this.#keys = keys;
    this.#master = master;
  }

  #generateDataKey(input: unknown): object {
    const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = read(generateInput, input);
    const { arn } = this.#key(KeyId);
    const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32));
    const ciphertext = this.#seal(plaintext, arn, EncryptionContext);
    return {
      CiphertextBlob: ciphertext.toString('base64'),
      Plaintext: plaintext.toString('base64'),
      KeyId: arn,
    };
  }

  #decrypt(input: unknown): object {
    const { CiphertextBlob, EncryptionContext, KeyId } = read(decryptInput, input);
    const arnBytes = CiphertextBlob[0] ?? 0;
    const arn = CiphertextBlob.subarray(1, 1 + arnBytes).toString('utf8');
    if (!this.#keys.some((key) => key.arn === arn)) throw invalidCiphertext();
    if (KeyId !== undefined && this.#key(KeyId).arn !== arn) {
      throw new ServiceError(
        'IncorrectKeyException',
        'The key is not the one that encrypted this.',
      );
    }
    const plaintext = this.#open(CiphertextBlob.subarray(1 + arnBytes), arn, EncryptionContext);
    return {
      Plaintext: plaintext.toString('base64'),
      KeyId: arn,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    };
  }

  #seal(plaintext: Buffer, arn: string, encryptionContext: Context): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#keyBytes(arn), iv);
    cipher.setAAD(canonical(encryptionContext));
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const name = Buffer.from(arn);
    return Buffer.concat([Buffer.of(name.length), name, iv, cipher.getAuthTag(), sealed]);
  }

  #open(sealed: Buffer, arn: string, encryptionContext: Context): Buffer {
    try {
      const iv = sealed.subarray(0, ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', this.#keyBytes(arn), iv);
      decipher.setAAD(canonical(encryptionContext));
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      return Buffer.concat([
        decipher.update(sealed.subarray(ivBytes + tagBytes)),
        decipher.final(),
      ]);
    } catch {
      throw invalidCiphertext();
    }
  }

  #keyBytes(arn: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#master, '', arn, 32));
  }

  #key(id: string): KeyPlan {
    const found = this.#keys.find(({ keyId, arn, aliases }) => {
      return id === keyId || id === arn || aliases.some((alias) => id.endsWith(alias));
    });
    if (found !== undefined) return found;
    throw new ServiceError('NotFoundException', `Key ${id} does not exist.`);
  }
}

function canonical(encryptionContext: Context): Buffer {
  const entries = Object.entries(encryptionContext).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return Buffer.from(JSON.stringify(entries));
}

/** The service says no more than this, so that nobody learns which part did not fit. */
function invalidCiphertext(): ServiceError {
  return new ServiceError('InvalidCiphertextException', '');
}

function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  throw new ServiceError('ValidationException', error.issues[0]?.message ?? 'Malformed input.');
}
