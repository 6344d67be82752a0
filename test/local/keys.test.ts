import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { KeyService } from '../../infra/local/stand-ins/keys.ts';
import type { ServiceError } from '../../infra/local/stand-ins/services.ts';

const keys = ['one', 'two'].map((keyId) => ({
  keyId,
  arn: `arn:aws:kms:eu-west-1:000000000000:key/${keyId}`,
  aliases: [`alias/${keyId}`],
}));
const master = randomBytes(32);
const service = new KeyService(keys, master);

interface DataKey {
  readonly Plaintext: string;
  readonly CiphertextBlob: string;
  readonly KeyId: string;
}

function call(name: string, input: object, from = service): DataKey {
  return from.operations[`TrentService.${name}`]?.(input) as DataKey;
}

function refusal(input: object, from = service): string {
  try {
    call('Decrypt', input, from);
    return 'opened';
  } catch (error) {
    return (error as ServiceError).code;
  }
}

const EncryptionContext = { program: 'p', redemption: 'r' };
const made = call('GenerateDataKey', { KeyId: 'one', KeySpec: 'AES_256', EncryptionContext });
const { CiphertextBlob } = made;

it('opens a data key in its own context, whatever the order of the fields', () => {
  expect(Buffer.from(made.Plaintext, 'base64')).toHaveLength(32);
  const reordered = { redemption: 'r', program: 'p' };
  const opened = call('Decrypt', { CiphertextBlob, EncryptionContext: reordered });
  expect(opened).toMatchObject({ Plaintext: made.Plaintext, KeyId: keys[0]?.arn });
  const later = call(
    'Decrypt',
    { CiphertextBlob, EncryptionContext },
    new KeyService(keys, master),
  );
  expect(later.Plaintext).toBe(made.Plaintext);
});

it('refuses another context, key, master or ciphertext', () => {
  expect(refusal({ CiphertextBlob })).toBe('InvalidCiphertextException');
  const other = { ...EncryptionContext, program: 'q' };
  expect(refusal({ CiphertextBlob, EncryptionContext: other })).toBe('InvalidCiphertextException');
  expect(refusal({ CiphertextBlob, EncryptionContext, KeyId: 'alias/two' })).toBe(
    'IncorrectKeyException',
  );
  const stranger = new KeyService(keys, randomBytes(32));
  expect(refusal({ CiphertextBlob, EncryptionContext }, stranger)).toBe(
    'InvalidCiphertextException',
  );
  const bytes = Buffer.from(CiphertextBlob, 'base64');
  bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
  const changed = { CiphertextBlob: bytes.toString('base64'), EncryptionContext };
  expect(refusal(changed)).toBe('InvalidCiphertextException');
  expect(refusal({ CiphertextBlob: '', EncryptionContext })).toBe('InvalidCiphertextException');
});

it('knows keys by id, address and alias, and no others', () => {
  for (const KeyId of ['two', keys[1]?.arn, 'alias/two']) {
    expect(call('GenerateDataKey', { KeyId, KeySpec: 'AES_128' }).KeyId).toBe(keys[1]?.arn);
  }
  expect(() => call('GenerateDataKey', { KeyId: 'three' })).toThrow('three');
});
