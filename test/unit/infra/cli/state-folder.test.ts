import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../../../infra/cli/exit.ts';
import { withHeldState } from '../../../../infra/cli/held-state.ts';
import { readState } from '../../../../infra/cli/read-state.ts';
import { temporaryFolder } from '../../../support/guerdon.ts';

it('a folder that holds no state is left as it was by who only reads', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'letter.txt'), 'Dear Ann');
  const nothing = async () => undefined;
  for (const directory of [folder, join(folder, 'none'), join(folder, 'letter.txt')]) {
    await expect(withHeldState(directory, nothing)).rejects.toThrow(UsageError);
    await expect(readState(directory, nothing)).rejects.toThrow(UsageError);
  }
  expect(await readdir(folder)).toEqual(['letter.txt']);
});
