import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { ledgerSums } from '../../infra/cli/payout/ledger-sums.ts';
import type { PrintedLine } from '../../infra/cli/payout/lines.ts';
import { payInSession } from '../../infra/cli/payout/run.ts';
import type { ShownPayout } from '../../infra/cli/payout/show.ts';
import type { ShownPoints } from '../../infra/cli/payout/show-points.ts';
import { readProgramFile } from '../../infra/cli/program-file.ts';
import { createProgress } from '../../infra/cli/run/progress.ts';
import { runPipeline } from '../../infra/cli/run/run-pipeline.ts';
import { keepRunRates, readRunRates } from '../../infra/cli/run/run-rates.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { guerdon, guerdonJson, startGuerdon, temporaryFolder } from '../support/guerdon.ts';
import { ApiClient } from './support/api-client.ts';

const program = await readProgramFile(
  join(import.meta.dirname, '../fixtures/payouts/cashback.json'),
);
const asOf = instantOf(Date.parse('2026-03-03T00:00:00+01:00'));
const sharing = 12;
const email = 'payee.canary@example.com';

interface Payee {
  readonly member: string;
  /** A tenth of it comes back. */
  readonly spent: readonly (readonly [amountMinor: number, currency: string])[];
  readonly choice?: object;
}

const half = { charity: 'food-banks', percent: 50 };
const members: readonly Payee[] = [
  // 40.00 EUR each on a card, half of it given away.
  ...Array.from({ length: sharing }, (_, index) => ({
    member: `half-${index}`,
    spent: [[40_000, 'EUR']] as const,
    choice: { rail: 'card', currency: 'EUR', country: 'DE', donation: half },
  })),
  {
    member: 'both',
    spent: [
      [40_000, 'GBP'],
      [20_000, 'EUR'],
    ],
    choice: { rail: 'card', currency: 'GBP', country: 'GB' },
  },
  {
    ...{ member: 'giver', spent: [[25_000, 'EUR']] },
    choice: { rail: 'gift', currency: 'EUR', country: 'DE', donation: { ...half, percent: 100 } },
  },
  {
    // 30.05 EUR; five cents fill no point.
    ...{ member: 'saver', spent: [[30_050, 'EUR']] },
    choice: { rail: 'points', currency: 'EUR', country: 'DE' },
  },
  {
    ...{ member: 'low', spent: [[2000, 'EUR']] },
    choice: { rail: 'card', currency: 'EUR', country: 'DE' },
  },
  {
    ...{ member: 'large', spent: [[600_000, 'EUR']] },
    choice: { rail: 'card', currency: 'EUR', country: 'DE' },
  },
  { member: 'silent', spent: [[50_000, 'EUR']] },
];

/** Events, and the day's rate for whoever is paid in another currency. */
async function earn(session: Session, folder: string): Promise<void> {
  const ratesPath = join(folder, 'rates.csv');
  await writeFile(ratesPath, 'Date,GBP,\n2026-03-02,0.87,\n');
  await keepRunRates(session.table.rates, await readRunRates(ratesPath, program));
  const path = join(folder, 'events.jsonl');
  const lines = members.flatMap(({ member, spent }) =>
    spent.map(([amountMinor, currency], index) => ({
      ...{ source: 'shop', type: 'order.placed', occurredAt: '2026-03-01T10:00:00+01:00' },
      ...{ id: `o-${member}-${index}`, member, amountMinor: `${amountMinor}`, currency },
    })),
  );
  await writeFile(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  const progress = createProgress(lines.length);
  const summary = await runPipeline(session, { program, asOf, eventsPath: path, progress });
  expect(summary.events.accrued).toBe(lines.length);
}

async function choose({ stack }: Session): Promise<void> {
  const caller = { scope: 'integrator', subject: 'shop', program: program.program } as const;
  const api = await ApiClient.of(stack.urls.api, caller);
  for (const { member, choice } of members) {
    const own = `/v1/programs/${program.program}/members/${member}`;
    if (choice === undefined) continue;
    const told = await api.send('PUT', `${own}/preferences`, { body: { email } });
    expect(told.status, told.text).toBe(200);
    const chosen = await api.send('PUT', `${own}/payout-choice`, { body: choice });
    expect(chosen.status, chosen.text).toBe(200);
  }
}

/** In the books of the stand-in, which it writes as it answers. */
function ordersIn(state: string): number {
  const path = join(state, 'provider-orders.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

const march = { run: 'march', program: program.program, asOf, requestedBy: 'fin' };

/** A run that is killed as soon as its first orders are placed. */
async function killedRun(state: string): Promise<void> {
  const named = ['--run', march.run, '--as-of', '2026-03-03', '--actor', march.requestedBy];
  const { child, finished } = startGuerdon('payout', 'run', ...named, '--state', state);
  while (ordersIn(state) === 0 && child.exitCode === null) await wait(5);
  child.kill('SIGKILL');
  // No code of its own: it was still at work.
  expect(await finished).toMatchObject({ status: null });
}

async function paid(session: Session, command: typeof march) {
  const result = await payInSession(session, command);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const nothing = { grossMinor: '0', feesMinor: '0', netMinor: '0', paidMinor: '0' };
const inPoints = { grossMinor: '3000', netMinor: '3000', paidMinor: '3000' };
const rows = [
  {
    ...{ rail: 'card', currency: 'EUR', members: sharing + 1, payouts: sharing + 1 },
    ...{ grossMinor: `${sharing * 2000 + 60_000}`, feesMinor: `${(sharing + 1) * 50}` },
    ...{ paidMinor: `${sharing * 1950}`, openMinor: '59950', failedMinor: '0' },
    donated: { EUR: `${sharing * 2000}` },
  },
  {
    // 40.00 GBP, and 20.00 EUR at 0.87, each less 0.40.
    ...{ rail: 'card', currency: 'GBP', members: 1, payouts: 2 },
    ...{ grossMinor: '5740', feesMinor: '80', netMinor: '5660', paidMinor: '5660' },
  },
  { rail: 'gift', currency: 'EUR', payouts: 1, ...nothing, donated: { EUR: '2500' } },
  { rail: 'points', payouts: 1, ...inPoints, feesMinor: '0', points: { PTS: '30' } },
];

/** Every card once, under a reference of its own. */
function expectOneCardEach({ standIns }: Session, cards: number): void {
  const orders = standIns.flatMap((standIn) => standIn.orders());
  expect(orders).toHaveLength(cards);
  expect(new Set(orders.map(({ reference }) => reference)).size).toBe(cards);
}

async function expectSoundBooks({ scan }: Session['table']): Promise<void> {
  const { mismatches, sumByUnit } = await verifyLedger(scan);
  expect(mismatches).toEqual([]);
  expect(new Set(Object.values(sumByUnit))).toEqual(new Set(['0']));
  const { posted } = await ledgerSums(scan, march.run);
  expect(posted.get('donation')).toEqual(new Map([['EUR', BigInt(sharing * 2000 + 2500)]]));
}

/** It stands in the ledger, and nobody decides about it any more. */
async function expectPointsTold(state: string, lines: readonly PrintedLine[]): Promise<void> {
  const [line, ...others] = lines.filter(({ rail }) => rail === 'points');
  expect(others).toEqual([]);
  expect(line).toMatchObject({ member: 'saver', state: 'paid', points: { points: '30' } });
  const payout = line?.payout ?? '';
  const shown = await guerdonJson<ShownPoints>('payout', 'show', payout, '--state', state);
  expect(shown).toMatchObject({ member: 'saver', gross: { amountMinor: '3000' }, state: 'paid' });
  const decision = ['--actor', 'eve', '--reason', 'no', '--state', state];
  const late = await guerdon('payout', 'cancel', payout, ...decision);
  expect(late).toMatchObject({ status: 2, stderr: expect.stringContaining('at once') });
}

it('pays out once what is due though it is killed, and its report equals the ledger', async () => {
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  const settings = { program, asOf, stateDirectory: state, log: () => undefined };
  const first = await openSession(settings);
  try {
    await earn(first, folder);
    await choose(first);
  } finally {
    await first.close();
  }
  await killedRun(state);

  const session = await openSession(settings);
  try {
    const { failed, report } = await paid(session, march);
    const left = { BELOW_THRESHOLD: 1, NO_CHOICE: 1 };
    expect({ failed, ...report }).toMatchObject({ failed: 0, state: 'done', differences: [] });
    expect(report).toMatchObject({ rows, skipped: left, unplaced: 0 });
    expectOneCardEach(session, sharing + 2);
    // The same again, and another one at once: nothing is left that is due.
    expect(await paid(session, march)).toMatchObject({ paid: 0, report: { rows } });
    const next = await paid(session, { ...march, run: 'again' });
    const later = { ...left, BELOW_THRESHOLD: 2 };
    expect(next).toMatchObject({ paid: 0, report: { rows: [], skipped: later } });
    expectOneCardEach(session, sharing + 2);
    await expectSoundBooks(session.table);
  } finally {
    await session.close();
  }

  const lines = ['report', '--lines', '--run', march.run, '--state', state, '--json'];
  const told = await guerdon('payout', ...lines);
  expect(told).toMatchObject({ status: 0, stderr: '' });
  const printed = told.stdout.trim().split('\n').slice(0, -1);
  const read = printed.map((line): PrintedLine => JSON.parse(line));
  await expectPointsTold(state, read);
  const waiting = read.filter((line) => line.state === 'waitsForPerson');
  expect(waiting).toMatchObject([{ member: 'large', rail: 'card' }]);
  const payout = waiting[0]?.payout ?? '';
  const decided = (actor: string) => [payout, '--actor', actor, '--reason', 'ok', '--state', state];
  const own = await guerdon('payout', 'approve', ...decided(march.requestedBy));
  expect(own).toMatchObject({ status: 1, stderr: expect.stringMatching(/^SAME_PERSON: /) });
  const shown = await guerdonJson<ShownPayout>('payout', 'approve', ...decided('eve'));
  expect(shown).toMatchObject({ state: 'paid', provider: 'tremendous', requestedBy: 'fin' });
  expect(told.stdout + JSON.stringify(shown)).not.toContain('canary');
}, 240_000);
