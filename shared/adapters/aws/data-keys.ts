import { createSecretKey, type KeyObject } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { invariant } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/runtime.ts';
import { Recent } from './recent.ts';

/**
 * One GenerateDataKey per code would cost $3.00 per million, as much as the ledger write; a key
 * shared by 1,000 codes costs $0.003. With random 96-bit ivs 1,000 uses stay far below the 2^32
 * that NIST SP 800-38D allows one key.
 */
export const dataKeyLifeMs = 5 * 60_000;
export const dataKeyUses = 1000;

const cachedPrograms = 200;
const cachedOpenedKeys = 500;

/** A key object prints as nothing, also in a dump of the objects around it. */
export interface DataKey {
  readonly key: KeyObject;
  readonly encryptedKey: Uint8Array;
}

export interface DataKeys {
  /** A key to seal one value with. Exceptions of KMS come through, and the next call asks again. */
  take(program: string): Promise<DataKey>;
  /** The key that was sealed with; exceptions of KMS come through (a wrong program is one). */
  open(program: string, encryptedKey: Uint8Array): Promise<KeyObject>;
}

interface Lent {
  readonly dataKey: DataKey;
  readonly since: Instant;
  usesLeft: number;
}

interface Opened {
  readonly key: Promise<KeyObject>;
  readonly since: Instant;
}

export interface DataKeySource {
  readonly client: KMSClient;
  readonly keyArn: string;
  readonly clock: Clock;
}

/** Data keys of one KMS key, cached per program; callers that meet share one call to KMS. */
export function createDataKeys({ client, keyArn, clock }: DataKeySource): DataKeys {
  const lent = new Recent<Lent>(cachedPrograms);
  const opened = new Recent<Opened>(cachedOpenedKeys);
  const generating = new Map<string, Promise<void>>();

  const isFresh = (since: Instant) => {
    const ageMs = clock.now() - since;
    return ageMs >= 0 && ageMs < dataKeyLifeMs;
  };

  const generate = async (program: string) => {
    const answer = await client.send(
      new GenerateDataKeyCommand({
        KeyId: keyArn,
        KeySpec: 'AES_256',
        EncryptionContext: { program },
      }),
    );
    invariant(answer.Plaintext?.length === 32, 'KMS gives a data key of 256 bits.');
    invariant(answer.CiphertextBlob, 'KMS gives the data key encrypted as well.');
    const dataKey = { key: createSecretKey(answer.Plaintext), encryptedKey: answer.CiphertextBlob };
    lent.set(program, { dataKey, since: clock.now(), usesLeft: dataKeyUses });
  };

  const generateOnce = (program: string) => {
    const underWay = generating.get(program);
    if (underWay) return underWay;
    const started = generate(program).finally(() => generating.delete(program));
    generating.set(program, started);
    return started;
  };

  const decrypt = async (program: string, encryptedKey: Uint8Array) => {
    const answer = await client.send(
      new DecryptCommand({
        KeyId: keyArn,
        CiphertextBlob: encryptedKey,
        EncryptionContext: { program },
      }),
    );
    invariant(answer.Plaintext?.length === 32, 'KMS opens a data key of 256 bits.');
    return createSecretKey(answer.Plaintext);
  };

  return {
    async take(program) {
      for (;;) {
        const current = lent.get(program);
        if (current && current.usesLeft > 0 && isFresh(current.since)) {
          current.usesLeft -= 1;
          return current.dataKey;
        }
        await generateOnce(program);
      }
    },
    open(program, encryptedKey) {
      const cacheKey = JSON.stringify([program, Buffer.from(encryptedKey).toString('base64url')]);
      const known = opened.get(cacheKey);
      if (known && isFresh(known.since)) return known.key;
      const opening = { key: decrypt(program, encryptedKey), since: clock.now() };
      opened.set(cacheKey, opening);
      opening.key.catch(() => opened.remove(cacheKey, opening));
      return opening.key;
    },
  };
}
