import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../../../infra/cli/exit.ts';
import { requireInputFile } from '../../../../infra/cli/input-file.ts';
import { temporaryFolder } from '../../../support/guerdon.ts';

it('takes a regular file, and refuses a folder, a device and nothing at all', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'events.jsonl');
  await writeFile(path, '');
  await requireInputFile(path);
  for (const other of [folder, '/dev/null', join(folder, 'none'), join(path, 'below')]) {
    const refused = requireInputFile(other);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(`${other} cannot be read: `);
  }
});
