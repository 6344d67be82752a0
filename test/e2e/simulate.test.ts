import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { ProgramReport } from '../../infra/cli/simulate/program-report.ts';
import type { SimulationReport } from '../../infra/cli/simulate/report.ts';
import { writeLines } from '../support/event-lines.ts';
import {
  guerdon,
  guerdonJson,
  programPath,
  samplePrograms,
  temporaryFolder,
} from '../support/guerdon.ts';
import { livelyLines, livelyProgramJson } from '../support/lively-history.ts';
import { sharedData } from '../support/shared-data.ts';

/** What `run` and `simulate` both say of a file. */
function totals({ events, ledger, members }: RunSummary | ProgramReport) {
  return { events, ledger, members };
}

function simulate(...args: readonly string[]): Promise<SimulationReport> {
  return guerdonJson<SimulationReport>('program', 'simulate', ...args);
}

it('has the totals of a run on the Online Retail events', async () => {
  const csv = sharedData('online-retail.csv');
  if (csv === undefined) return;
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  const mapping = join(samplePrograms, 'mappings', 'online-retail.json');
  const imported = await guerdon('import', '--mapping', mapping, '--in', csv, '--out', events);
  expect(imported.status).toBe(0);
  const input = ['--program', programPath, '--events', events];
  const run = await guerdonJson<RunSummary>('run', ...input);
  const { new: simulated } = await simulate(...input);
  expect(totals(simulated)).toEqual(totals(run));
  expect(simulated.ledger).toMatchObject({ entries: 5759, liability: { PTS: '272414' } });
}, 600_000);

it('has the totals of a run that plays history, and compares with the old program', async () => {
  const folder = await temporaryFolder();
  const [program, events] = [join(folder, 'program.json'), join(folder, 'events.jsonl')];
  await writeFile(program, JSON.stringify(livelyProgramJson()));
  await writeLines(events, livelyLines());
  const input = ['--program', program, '--events', events];
  const run = await guerdonJson<RunSummary>('run', ...input);
  const page = join(folder, 'report.html');
  const report = await simulate(...input, '--against', programPath, '--html', page);
  expect(totals(report.new)).toEqual(totals(run));
  const { accrued, returned, commands, duplicate, conflict, refused } = report.new.events;
  for (const count of [accrued, returned, commands, duplicate, conflict]) {
    expect(count).toBeGreaterThan(0);
  }
  expect(Object.keys(refused)).toEqual(
    expect.arrayContaining(['MALFORMED_JSON', 'UNKNOWN_EVENT_TYPE', 'CURRENCY_NOT_IN_PROGRAM']),
  );
  expect(report.comparison?.deciles).toHaveLength(10);
  expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>\n<html lang="en">/);
}, 600_000);

it('says what is wrong with its input, and leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const missing = join(folder, 'missing.jsonl');
  const none = await guerdon('program', 'simulate', '--program', programPath, '--events', missing);
  expect(none).toMatchObject({ status: 2, stdout: '' });
  expect(none.stderr).toBe(`${missing} cannot be read: no such file or directory.\n`);
  const wrong = join(folder, 'wrong.json');
  await writeFile(wrong, '{}');
  await writeLines(missing, ['no event', 'at all']);
  const input = ['--program', programPath, '--events', missing];
  const bad = await guerdon('program', 'simulate', ...input, '--against', wrong);
  expect([bad.status, bad.stderr]).toEqual([2, expect.stringContaining('is not a valid program:')]);
  const temporary = await temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { new: empty } = await simulate(...input);
  expect(empty.events).toMatchObject({ received: 2, refused: { MALFORMED_JSON: 2 } });
  expect(await readdir(temporary)).toEqual([]);
}, 120_000);
