import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ListedVersion } from '../../infra/cli/program/list.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import { guerdon, guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';

/** The sample program with twice the points. */
async function writeDoubled(folder: string): Promise<string> {
  const path = join(folder, 'doubled.json');
  const text = await readFile(programPath, 'utf8');
  await writeFile(path, text.replace('"points": 1,', '"points": 2,'));
  return path;
}

it('judges each event by the version that was in force when it happened', async () => {
  const folder = await temporaryFolder();
  const doubled = await writeDoubled(folder);
  const events = join(folder, 'events.jsonl');
  const state = ['--state', join(folder, 'state')];
  const run = (file: string, asOf: string) => {
    const args = ['--program', file, '--events', events, '--as-of', asOf];
    return guerdonJson<RunSummary>('run', ...args, ...state);
  };
  const program = (...args: string[]) => guerdon('program', ...args, ...state);
  const order = { member: 'm-1', amountMinor: 10_000 };
  const next = ['--from', '2026-04-01'];

  const first = await program('publish', programPath);
  expect(first.stdout).toBe('online-retail, in force since ever, is published.\n');
  await writeLines(events, [eventLine({ ...order, id: 'e-1' })]);
  expect((await run(programPath, '2026-03-02')).ledger.liability).toEqual({ PTS: '100' });
  expect((await program('publish', doubled, ...next)).status).toBe(0);
  await writeLines(events, [
    eventLine({ ...order, id: 'e-2', occurredAt: '2026-03-31T22:59:59Z' }),
    eventLine({ ...order, id: 'e-3', occurredAt: '2026-03-31T23:00:00Z' }),
  ]);
  expect((await run(doubled, '2026-04-02')).ledger.liability).toEqual({ PTS: '400' });
  const versions = await guerdonJson<ListedVersion[]>('program', 'list', ...state);
  expect(versions.map(({ from, status }) => `${from} ${status}`)).toEqual([
    '1970-01-01T00:00:00.000Z past',
    '2026-03-31T23:00:00.000Z inForce',
  ]);
  const begun = await program('withdraw', ...next);
  expect([begun.status, begun.stderr]).toEqual([1, expect.stringContaining('in force')]);
});

it('says everything that is wrong with a file, and what a valid one holds', async () => {
  const valid = await guerdon('program', 'validate', programPath);
  expect(valid).toMatchObject({ status: 0, stderr: '' });
  expect(valid.stdout).toContain('online-retail.json is a valid program: 1 rules,');
  const path = join(await temporaryFolder(), 'wrong.json');
  const text = await readFile(programPath, 'utf8');
  await writeFile(path, text.replace('"languages"', '"langauges"'));
  const wrong = await guerdon('program', 'validate', path, '--json');
  const hint = 'unknown key `langauges`; did you mean `languages`?';
  expect([wrong.status, JSON.parse(wrong.stdout)]).toEqual([
    1,
    {
      ...{ file: path, valid: false },
      findings: [
        { line: 1, pointer: '/languages', message: 'is missing' },
        { line: 6, pointer: '/langauges', message: hint },
      ],
    },
  ]);
});

it('loads nothing of a broken program', async () => {
  const folder = await temporaryFolder();
  const [broken, events] = [join(folder, 'broken.json'), join(folder, 'events.jsonl')];
  const state = ['--state', join(folder, 'state')];
  const text = await readFile(programPath, 'utf8');
  await writeFile(broken, text.replace('"points": 1,', '"points": -1,'));
  await writeLines(events, [eventLine({ id: 'e-1', member: 'm-1' })]);
  const publish = await guerdon('program', 'publish', broken, ...state);
  const run = await guerdon('run', '--program', broken, '--events', events, ...state);
  for (const { status, stdout, stderr } of [publish, run]) {
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('/earning/rules/0/award/points');
  }
  expect(existsSync(join(folder, 'state'))).toBe(false);
});
