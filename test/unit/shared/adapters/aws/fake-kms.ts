import { randomBytes } from 'node:crypto';
import {
  DecryptCommand,
  GenerateDataKeyCommand,
  InvalidCiphertextException,
  KMSClient,
} from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { instantOf } from '../../../../../shared/domain/time.ts';

/**
 * KMS with its one property that matters here: a key opens under its own encryption context only.
 */
export function fakeKms() {
  const keys = new Map<string, { readonly plain: Uint8Array; readonly context: string }>();
  const mock = mockClient(KMSClient);
  mock.on(GenerateDataKeyCommand).callsFake(async ({ EncryptionContext }) => {
    const blob = randomBytes(48);
    const plain = randomBytes(32);
    keys.set(blob.toString('hex'), { plain, context: JSON.stringify(EncryptionContext) });
    return { Plaintext: Uint8Array.from(plain), CiphertextBlob: Uint8Array.from(blob) };
  });
  mock.on(DecryptCommand).callsFake(async ({ CiphertextBlob, EncryptionContext }) => {
    const found = keys.get(Buffer.from(CiphertextBlob).toString('hex'));
    if (found?.context !== JSON.stringify(EncryptionContext)) {
      throw new InvalidCiphertextException({ message: 'no', $metadata: {} });
    }
    return { Plaintext: Uint8Array.from(found.plain) };
  });
  return {
    mock,
    client: new KMSClient({ region: 'eu-west-1' }),
    generated: () => mock.commandCalls(GenerateDataKeyCommand).length,
    decrypted: () => mock.commandCalls(DecryptCommand).length,
  };
}

export function movableClock() {
  let nowMs = Date.parse('2026-11-22T10:00:00Z');
  return {
    now: () => instantOf(nowMs),
    pass(durationMs: number) {
      nowMs += durationMs;
    },
  };
}
