import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guerdon, temporaryFolder } from '../../../../support/guerdon.ts';
import { richProgramJson } from './rich-program.ts';

async function filesWith(earned: number): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'scenarios'));
  const event = { type: 'order.paid', member: 'anna', amountMinor: 10_000 };
  const steps = [{ at: '2026-01-10', event, earns: { PTS: earned } }];
  const scenarios = [{ name: 'one', start: '2026-01-01', steps, later: ['a report'] }];
  await writeFile(join(folder, 'rich.json'), JSON.stringify(richProgramJson));
  const file = join(folder, 'scenarios', 'rich.json');
  await writeFile(file, JSON.stringify({ program: 'rich', scenarios }));
  return folder;
}

it('plays the scenarios of a program file, and counts what comes later', async () => {
  const folder = await filesWith(100);
  const finished = await guerdon('program', 'test', join(folder, 'rich.json'));
  expect(finished.stdout.split('\n')).toEqual([
    'ok rich: one',
    '',
    'later (1):',
    '  rich: a report',
    '1 passed, 0 failed, 1 later',
    '',
  ]);
  expect(finished.status).toBe(0);
});

it('ends with 1 when a scenario fails', async () => {
  const folder = await filesWith(101);
  const finished = await guerdon('program', 'test', join(folder, 'scenarios/rich.json'), '--json');
  expect(finished.status).toBe(1);
  expect(JSON.parse(finished.stdout)).toMatchObject([
    { program: 'rich', kind: 'failed', failures: [{ differences: [{ path: 'earns.PTS' }] }] },
  ]);
});

it('ends with 2 where a file is not there, or is no JSON', async () => {
  const folder = await filesWith(1);
  const missing = await guerdon('program', 'test', join(folder, 'scenarios/none.json'));
  expect(missing).toMatchObject({ status: 2, stdout: '' });
  const path = join(folder, 'scenarios/rich.json');
  await writeFile(path, '{ "program": "rich",\n "program": "rich", "scenarios": [] }');
  const twice = await guerdon('program', 'test', path);
  expect(twice.status).toBe(2);
  expect(twice.stderr).toContain('line 2: the key `program` stands here again');
});
