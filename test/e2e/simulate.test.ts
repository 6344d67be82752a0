import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { SimulationReport } from '../../infra/cli/simulate/report.ts';
import { writeLines } from '../support/event-lines.ts';
import { guerdon, guerdonJson, programPath, temporaryFolder } from '../support/guerdon.ts';
import { livelyLines, livelyProgramJson } from '../support/lively-history.ts';
import { totals } from '../support/run-totals.ts';

function simulate(...args: readonly string[]): Promise<SimulationReport> {
  return guerdonJson<SimulationReport>('program', 'simulate', ...args);
}

// The Online Retail events are simulated beside their run, in online-retail.test.ts.

it('has the totals of a run that plays history, and compares with the old program', async () => {
  const folder = await temporaryFolder();
  const [program, events] = [join(folder, 'program.json'), join(folder, 'events.jsonl')];
  await writeFile(program, JSON.stringify(livelyProgramJson()));
  // Seven months: a level is reviewed twice, and the first points expire.
  await writeLines(events, livelyLines({ orders: 130, days: 200 }));
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
