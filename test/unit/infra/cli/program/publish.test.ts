import { beforeEach, describe, expect, it } from 'vitest';
import { type ListedVersion, listVersions } from '../../../../../infra/cli/program/list.ts';
import { publishForRun, publishVersion } from '../../../../../infra/cli/program/publish.ts';
import type { StatePrograms } from '../../../../../infra/cli/program/state-programs.ts';
import { withdrawVersion } from '../../../../../infra/cli/program/withdraw.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProgramStore } from '../../../../../shared/adapters/memory/program-store.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const now = instantOf(Date.UTC(2026, 2, 15));
const program = sampleProgram();
const changed = sampleProgram({ name: 'changed' });

let state: StatePrograms;
beforeEach(() => {
  const programs = createMemoryProgramStore(new MemoryTable());
  state = { programs, now, remembered: undefined };
});

const statuses = async () =>
  (await listVersions(state)).map(({ from, status }: ListedVersion) => `${from} ${status}`);

describe('publishing', () => {
  it('begins with a version since ever, and goes on with a time', async () => {
    expect(await publishVersion(state, program)).toEqual({ kind: 'published', from: sinceEver });
    expect(await publishVersion(state, program)).toEqual({ kind: 'exists', from: sinceEver });
    await expect(publishVersion(state, changed)).rejects.toThrow('say with --from');
    const next = await publishVersion(state, changed, '2026-04-01');
    expect(next).toEqual({ kind: 'published', from: Date.UTC(2026, 2, 31, 23) });
    expect(await publishVersion(state, changed, '2026-04-01')).toMatchObject({ kind: 'exists' });
    expect(await publishVersion(state, changed)).toMatchObject({ kind: 'exists' });
    expect(await statuses()).toEqual([
      '1970-01-01T00:00:00.000Z inForce',
      '2026-03-31T23:00:00.000Z toCome',
    ]);
  });

  it('refuses what would change the past, and times that are none', async () => {
    await publishVersion(state, program, '2026-01-01');
    expect(await publishVersion(state, changed, '2026-03-14T23:59:59Z')).toMatchObject({
      kind: 'refused',
      findings: [{ message: expect.stringContaining('is past') }],
    });
    await expect(publishVersion(state, changed, 'soon')).rejects.toThrow('--from soon is neither');
    expect(await statuses()).toEqual(['2026-01-01T00:00:00.000Z inForce']);
  });
});

describe('withdrawing', () => {
  it('takes back what has not begun, by date or instant', async () => {
    await publishVersion(state, program);
    await publishVersion(state, changed, '2026-04-01');
    await publishVersion(state, changed, '2026-05-01');
    expect(await withdrawVersion(state, undefined, '2026-04-01')).toEqual([]);
    expect(await withdrawVersion(state, 'online-retail', '2026-04-30T23:00:00Z')).toEqual([]);
    expect(await withdrawVersion(state, undefined, '1970-01-01T00:00:00Z')).toHaveLength(1);
    expect(await statuses()).toEqual(['1970-01-01T00:00:00.000Z inForce']);
    await expect(withdrawVersion(state, undefined, '2026-04-01')).rejects.toThrow('No version');
  });

  it('asks for the program where there are several', async () => {
    await expect(withdrawVersion(state, undefined, '2026-04-01')).rejects.toThrow('No program is');
    await publishVersion(state, program);
    await expect(withdrawVersion(state, 'books', '2026-04-01')).rejects.toThrow('No program books');
    await publishVersion(state, sampleProgram({ program: 'books' }), '2026-04-01');
    await expect(withdrawVersion(state, undefined, '2026-04-01')).rejects.toThrow(
      'name one of books, online-retail',
    );
    expect(await withdrawVersion(state, 'books', '2026-04-01')).toEqual([]);
  });
});

it('a run publishes the first version, knows its own again, and takes no other', async () => {
  const { programs } = state;
  await publishForRun(programs, program, 'state');
  await publishForRun(programs, sampleProgram(), 'state');
  expect(await programs.load(program.program)).toEqual([{ from: sinceEver, program }]);
  await expect(publishForRun(programs, changed, 'state')).rejects.toThrow(
    'guerdon program publish',
  );
  await publishVersion(state, changed, '2026-04-01');
  await publishForRun(programs, changed, 'state');
  await publishForRun(programs, program, 'state');
  expect(await programs.load(program.program)).toHaveLength(2);
});
