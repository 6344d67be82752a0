import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Verification } from '../../infra/cli/ledger/verify.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { SimulationReport } from '../../infra/cli/simulate/report.ts';
import {
  guerdon,
  guerdonJson,
  programPath,
  samplePrograms,
  temporaryFolder,
} from '../support/guerdon.ts';
import { totals } from '../support/run-totals.ts';
import { sharedData } from '../support/shared-data.ts';

/** That each order is met again as every other is: all of them take as long as the first time. */
const secondTimeEvery = 5;

type Balances = Record<string, { PTS: string }>;

/**
 * Plain sums over the CSV itself: no code of the project. Amounts in tenths of pence, so all is
 * whole.
 */
async function plainSums(csvPath: string): Promise<Map<string, number>> {
  const orders = new Map<string, { member: string; tenths: number }>();
  const text = await readFile(csvPath, 'utf8');
  for (const line of text.split(/\r?\n/).slice(1)) {
    const fields = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((part) => part.replace(/,$/, ''));
    if (fields === undefined || fields.length < 8 || fields[6] === '') continue;
    const invoice = fields[0] ?? '';
    const member = (fields[6] ?? '').replace(/\.0$/, '');
    const tenths = Math.round(Number(fields[5]) * 1000) * Number(fields[3]);
    const order = orders.get(invoice) ?? { member, tenths: 0 };
    orders.set(invoice, { member, tenths: order.tenths + tenths });
  }
  const sums = new Map<string, number>();
  for (const [invoice, { member, tenths }] of orders) {
    const minor = Math.floor((Math.abs(tenths) + 5) / 10);
    const isReturn = invoice.startsWith('C');
    if (isReturn ? tenths >= 0 : tenths <= 0) continue;
    const points = Math.floor(minor / 100);
    sums.set(member, (sums.get(member) ?? 0) + (isReturn ? -points : points));
  }
  return sums;
}

it('books the Online Retail orders exactly once, as simulated, and no second time', async () => {
  const csv = sharedData('online-retail.csv');
  if (csv === undefined) return;
  const folder = await temporaryFolder();
  const events = join(folder, 'events.jsonl');
  const state = join(folder, 'state');
  const mapping = join(samplePrograms, 'mappings', 'online-retail.json');
  const imported = await guerdon('import', '--mapping', mapping, '--in', csv, '--out', events);
  expect(imported.status).toBe(0);

  const run = ['run', '--program', programPath, '--events', events, '--state', state];
  const first = await guerdonJson<RunSummary>(...run);
  expect(first.events).toMatchObject({ received: 5759, accrued: 5493, returned: 266 });
  expect(first.ledger).toMatchObject({ entries: 5759, sumByUnit: { PTS: '0' }, balanced: true });
  expect(first.ledger.liability).toEqual({ PTS: '272414' });
  expect(first.writeUnits.earn?.max).toBeLessThanOrEqual(4);
  expect(first.deadLetters).toBe(0);

  const simulate = ['program', 'simulate', '--program', programPath, '--events', events];
  const { new: simulated } = await guerdonJson<SimulationReport>(...simulate);
  expect(totals(simulated)).toEqual(totals(first));

  const sums = await plainSums(csv);
  const balances = await guerdonJson<Balances>('balances', '--state', state);
  const expected = Object.fromEntries([...sums].map(([member, sum]) => [member, String(sum)]));
  const found = Object.fromEntries(Object.keys(expected).map((m) => [m, balances[m]?.PTS ?? '0']));
  expect(found).toEqual(expected);
  expect([...sums.values()].reduce((sum, points) => sum + points, 0)).toBe(272_414);

  const again = join(folder, 'again.jsonl');
  const lines = (await readFile(events, 'utf8')).trim().split('\n');
  const some = lines.filter((_, index) => index % secondTimeEvery === 0);
  await writeFile(again, `${some.join('\n')}\n`);
  const rerun = ['run', '--program', programPath, '--events', again, '--state', state];
  const second = await guerdonJson<RunSummary>(...rerun);
  const received = some.length;
  expect(second.events).toMatchObject({ received, accrued: 0, returned: 0, duplicate: received });
  expect(await guerdonJson<Balances>('balances', '--state', state)).toEqual(balances);
  const verified = await guerdonJson<Verification>('ledger', 'verify', '--state', state);
  expect(verified).toMatchObject({ entries: 5759, mismatches: [], sumByUnit: { PTS: '0' } });
}, 600_000);
