import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UsageError } from '../../../../infra/cli/exit.ts';
import {
  holdStateDirectory,
  readRemembered,
  remember,
  requireProgram,
} from '../../../../infra/cli/state.ts';
import { instantOf } from '../../../../shared/domain/time.ts';
import { temporaryFolder } from '../../../support/guerdon.ts';

const asOf = instantOf(Date.UTC(2026, 2, 2));

it('remembers the clock, and reads a state that has none', async () => {
  const folder = await temporaryFolder();
  expect(readRemembered(folder)).toBeUndefined();
  remember(folder, { program: 'p', asOf });
  expect(readRemembered(folder)).toEqual({ program: 'p', asOf });
  remember(folder, { program: 'p', asOf, clock: instantOf(asOf + 1) });
  expect(readRemembered(folder)).toEqual({ program: 'p', asOf, clock: asOf + 1 });
});

it('refuses a second program in one state, naming both', () => {
  expect(() => requireProgram('state', undefined, 'q')).not.toThrow();
  expect(() => requireProgram('state', { program: 'q', asOf }, 'q')).not.toThrow();
  const refused = () => requireProgram('state', { program: 'p', asOf }, 'q');
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow('state holds the ledger of the program p, not of q');
});

it('calls a state that is no folder a mistake of usage', async () => {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, '');
  await expect(holdStateDirectory(path)).rejects.toThrow(UsageError);
});
