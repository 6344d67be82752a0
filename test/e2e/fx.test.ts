import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { guerdon, guerdonJson, temporaryFolder } from '../support/guerdon.ts';

const history = 'Date,USD,JPY,HUF,\n2026-04-10,1.17,186.43,377.2,\n2026-04-09,1.16,186,377,\n';
const daily = 'Date, USD, JPY, HUF, \n13 April 2026, 1.5, 186.75, 366.90, \n';

it('loads rates into a new state, and answers with exit codes and codes', async () => {
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  const [historyPath, dailyPath] = [join(folder, 'hist.csv'), join(folder, 'daily.csv')];
  await writeFile(historyPath, history);
  await writeFile(dailyPath, daily);
  // Also by a path from here.
  const near = relative(process.cwd(), state);
  const loaded = await guerdonJson('fx', 'load', historyPath, '--state', near);
  expect(loaded).toMatchObject({ source: 'ecb', days: 2, kept: 2, known: 0, quarantined: [] });

  const way = ['--from', 'HUF', '--to', 'JPY', '--on', '2026-04-12', '--state', state];
  const rate = {
    ...{ rate: '18643/37720', decimal: '0.494247083775', asOf: '2026-04-10', source: 'ecb' },
    path: ['HUF', 'EUR', 'JPY'],
  };
  const converted = await guerdonJson('fx', 'convert', '--amountMinor', '1000050', ...way);
  expect(converted).toEqual({
    ...{ amountMinor: '4943', currency: 'JPY', rounding: 'halfUp', residual: '21277/75440' },
    ...rate,
  });
  const negative = await guerdon('fx', 'convert', '--amountMinor', '-5', ...way);
  expect(negative.status).toBe(1);
  expect(negative.stderr).toMatch(/^INVALID_AMOUNT: .*--amountMinor/);

  const odd = await guerdon('fx', 'load', dailyPath, '--state', state);
  expect(odd.status).toBe(1);
  expect(odd.stderr).toContain('RATES_QUARANTINED');
  const released = await guerdon('fx', 'release', '2026-04-13', '--state', state);
  expect(released).toMatchObject({
    ...{ status: 0, stderr: '' },
    stdout: expect.stringMatching(
      /^ecb 2026-04-13, since .*:\n {2}2026-04-13 USD went .*\nThe rates .* are used from .*\.\n$/,
    ),
  });
  const dollars = ['--from', 'EUR', '--to', 'USD', '--state', state];
  const monday = await guerdonJson('fx', 'rate', ...dollars, '--on', '2026-04-13');
  expect(monday).toMatchObject({ rate: '3/2', asOf: '2026-04-13' });
  const stale = await guerdon('fx', 'rate', ...dollars, '--on', '2026-04-21');
  expect({ ...stale, code: stale.stderr.split(':')[0] }).toMatchObject({
    ...{ status: 1, stdout: '', code: 'RATE_STALE' },
  });
});
