import { expect, it } from 'vitest';
import { UsageError } from '../../../../../infra/cli/exit.ts';
import { countLines } from '../../../../../infra/cli/run/read-lines.ts';
import { temporaryFolder } from '../../../../support/guerdon.ts';

it('calls a file that cannot be read a mistake of usage', async () => {
  const folder = await temporaryFolder();
  for (const path of [folder, `${folder}/none`]) {
    const counting = countLines(path);
    await expect(counting).rejects.toThrow(UsageError);
    await expect(counting).rejects.toThrow('cannot be read');
  }
});
