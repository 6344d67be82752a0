import { inspect } from 'node:util';
import { DecryptCommand, GenerateDataKeyCommand, KMSInternalException } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createDataKeys,
  dataKeyLifeMs,
  dataKeyUses,
} from '../../../../../shared/adapters/aws/data-keys.ts';
import {
  createSealer,
  maximumSealedBytes,
  SealBrokenError,
} from '../../../../../shared/adapters/aws/sealer.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import type { SealContext } from '../../../../../shared/ports/sealing.ts';
import { fakeKms, movableClock } from './fake-kms.ts';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/0000';
const context: SealContext = {
  program: 'online-retail',
  redemption: '6f0c2c0a-5f1d-8a52-9b1e-1c6a7d8e9f00',
  field: 'reward',
};
const canary = 'CANARY-7H2K-9QXW';

function start() {
  const kms = fakeKms();
  const clock = movableClock();
  return { kms, clock, sealer: createSealer({ client: kms.client, keyArn, clock }) };
}

describe('the sealer (P7)', () => {
  it('opens any text where it was sealed', async () => {
    const { sealer } = start();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const sealed = await sealer.seal(context, new Secret(text));
        expect((await sealer.open(context, sealed)).reveal()).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('writes the agreed text form, never twice the same', async () => {
    const { sealer } = start();
    const first = await sealer.seal(context, new Secret(canary));
    const second = await sealer.seal(context, new Secret(canary));
    expect(first).toMatch(/^1\.[\w-]{64}\.[\w-]{16}\.[\w-]+$/);
    expect(second).not.toBe(first);
    expect(first.split('.')[2]).not.toBe(second.split('.')[2]);
  });

  it.each([
    ['row', { redemption: '6f0c2c0a-5f1d-8a52-9b1e-1c6a7d8e9e00' }],
    ['field', { field: 'email' }],
  ] as const)('does not open in another %s', async (_, other) => {
    const { sealer } = start();
    const sealed = await sealer.seal(context, new Secret(canary));
    await expect(sealer.open({ ...context, ...other }, sealed)).rejects.toThrow(SealBrokenError);
  });

  it('does not open in another program: KMS refuses the data key', async () => {
    const { sealer } = start();
    const sealed = await sealer.seal(context, new Secret(canary));
    await sealer.open(context, sealed);
    const moved = sealer.open({ ...context, program: 'northwind' }, sealed);
    await expect(moved).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('binds the program itself, so that one field cannot run into the next', async () => {
    const { kms, sealer } = start();
    const plain = new Uint8Array(32).fill(7);
    kms.mock.on(GenerateDataKeyCommand).callsFake(async () => ({
      Plaintext: Uint8Array.from(plain),
      CiphertextBlob: new Uint8Array([1]),
    }));
    kms.mock.on(DecryptCommand).callsFake(async () => ({ Plaintext: Uint8Array.from(plain) }));
    const left = { program: 'a', redemption: 'b|c', field: 'email' } as const;
    const right = { program: 'a|b', redemption: 'c', field: 'email' } as const;
    const sealed = await sealer.seal(left, new Secret(canary));
    await expect(sealer.open(right, sealed)).rejects.toThrow(SealBrokenError);
  });

  it('notices a change at any place', async () => {
    const { sealer } = start();
    const sealed = await sealer.seal(context, new Secret(canary));
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      await expect(sealer.open(context, changed)).rejects.toThrow();
    }
  });

  it.each(['', '1', '1...', '2.AA.AA.AA', '1.AA.AA.AA', `${canary}`, '1.A=.AAAAAAAAAAAAAAAA.AA'])(
    'refuses %j without asking KMS',
    async (text) => {
      const { kms, sealer } = start();
      await expect(sealer.open(context, text)).rejects.toThrow(SealBrokenError);
      expect(kms.decrypted()).toBe(0);
    },
  );

  it('refuses a value above its limit', async () => {
    const { sealer } = start();
    const long = new Secret('x'.repeat(maximumSealedBytes + 1));
    await expect(sealer.seal(context, long)).rejects.toThrow(RangeError);
  });
});

describe('the cost of KMS', () => {
  it('asks for one data key per 1,000 uses, also when callers meet', async () => {
    const { kms, sealer } = start();
    const seals = (count: number) =>
      Promise.all(Array.from({ length: count }, () => sealer.seal(context, new Secret('x'))));
    await seals(dataKeyUses);
    expect(kms.generated()).toBe(1);
    await seals(dataKeyUses + 1);
    expect(kms.generated()).toBe(3);
  });

  it('takes a new data key after 5 minutes, and one for each program', async () => {
    const { kms, clock, sealer } = start();
    await sealer.seal(context, new Secret('x'));
    clock.pass(dataKeyLifeMs - 1);
    await sealer.seal(context, new Secret('x'));
    expect(kms.generated()).toBe(1);
    clock.pass(1);
    await sealer.seal(context, new Secret('x'));
    expect(kms.generated()).toBe(2);
    await sealer.seal({ ...context, program: 'northwind' }, new Secret('x'));
    expect(kms.generated()).toBe(3);
  });

  it('decrypts a data key once in 5 minutes', async () => {
    const { kms, clock, sealer } = start();
    const sealed = await sealer.seal(context, new Secret('x'));
    await Promise.all(Array.from({ length: 20 }, () => sealer.open(context, sealed)));
    expect(kms.decrypted()).toBe(1);
    clock.pass(dataKeyLifeMs);
    await sealer.open(context, sealed);
    expect(kms.decrypted()).toBe(2);
  });

  it('lets a failure of KMS through and asks again the next time', async () => {
    const { kms, sealer } = start();
    const down = new KMSInternalException({ message: 'down', $metadata: {} });
    kms.mock
      .on(GenerateDataKeyCommand)
      .rejectsOnce(down)
      .resolves({ Plaintext: new Uint8Array(32), CiphertextBlob: new Uint8Array([1]) });
    const both = await Promise.allSettled([
      sealer.seal(context, new Secret('x')),
      sealer.seal(context, new Secret('x')),
    ]);
    expect(both).toEqual([
      { status: 'rejected', reason: down },
      { status: 'rejected', reason: down },
    ]);
    expect(kms.generated()).toBe(1);
    await expect(sealer.seal(context, new Secret('x'))).resolves.toMatch(/^1\./);
  });
});

describe('canaries', () => {
  it('prints nothing of a value or a data key, in a dump or an error', async () => {
    const { sealer, kms, clock } = start();
    const sealed = await sealer.seal(context, new Secret(canary));
    const opened = await sealer.open(context, sealed);
    const broken = await sealer.open({ ...context, field: 'email' }, sealed).catch((e) => e);
    const dataKey = await createDataKeys({ client: kms.client, keyArn, clock }).take('p');
    const raw = dataKey.key.export();
    const dumps = [sealed, opened, broken, dataKey, `${opened}`, [opened]].map((thing) =>
      [inspect(thing, { depth: 9, showHidden: true }), JSON.stringify(thing), String(thing)].join(),
    );
    const text = dumps.join('\n');
    expect(text).not.toContain(canary);
    expect(text).not.toContain(Buffer.from(canary).toString('base64url'));
    expect(text).not.toContain(raw.toString('hex'));
    expect(text).not.toContain(raw.toString('base64'));
  });
});
