import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readProgramFile } from '../../../../infra/cli/program-file.ts';
import { programPath, temporaryFolder } from '../../../support/guerdon.ts';

it('reads the sample program', async () => {
  expect((await readProgramFile(programPath)).program).toBe('online-retail');
});

it('refuses a reward whose provider is not enabled, naming it', async () => {
  const path = join(await temporaryFolder(), 'program.json');
  const text = await readFile(programPath, 'utf8');
  await writeFile(path, text.replace('"provider": "tremendous"', '"provider": "nobody"'));
  await expect(readProgramFile(path)).rejects.toThrow('/rewards/0/provider: no provider nobody');
});

it('names every wrong place of a program at once', async () => {
  const path = join(await temporaryFolder(), 'program.json');
  const text = await readFile(programPath, 'utf8');
  const wrong = text.replace('"months": 24', '"months": 0').replace('"GBP", "EUR"', '"XXX", "EUR"');
  await writeFile(path, wrong);
  const refused = readProgramFile(path);
  await expect(refused).rejects.toThrow('/expiry/months');
  await expect(refused).rejects.toThrow('/currencies/0');
});
