import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startKeys, startSealing } from '../../../../infra/local/local-secrets.ts';
import type { StackPlan } from '../../../../infra/local/template/plan.ts';
import { temporaryFolder } from '../../../support/guerdon.ts';

const arn = 'arn:aws:kms:eu-west-1:000000000000:key/one';
const plan = { keys: [{ keyId: 'one', arn, aliases: [] }], secrets: [] } as Pick<
  StackPlan,
  'keys' | 'secrets'
>;
const context = { KeyId: arn, EncryptionContext: { program: 'p' } };

it('keys that a command starts open what the functions sealed, and the other way', async () => {
  const folder = await temporaryFolder();
  const alone = startKeys(plan, folder);
  const stack = startSealing(plan as StackPlan, {}, folder).keys;
  for (const [from, to] of [
    [alone, stack],
    [stack, alone],
    [stack, startKeys(plan, folder)],
  ] as const) {
    const made = from.operations['TrentService.GenerateDataKey']?.({
      ...{ ...context, KeySpec: 'AES_256' },
    });
    const sealed = { ...context, CiphertextBlob: Reflect.get(made ?? {}, 'CiphertextBlob') };
    const opened = to.operations['TrentService.Decrypt']?.(sealed);
    expect(opened).toHaveProperty('Plaintext', Reflect.get(made ?? {}, 'Plaintext'));
  }
  const kept = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8'));
  expect(kept).toEqual({ master: expect.any(String), generated: {} });
});
