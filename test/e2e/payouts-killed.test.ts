import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { PrintedLine } from '../../infra/cli/payout/lines.ts';
import type { ReportOfRun } from '../../infra/cli/payout/report.ts';
import { createProgress } from '../../infra/cli/run/progress.ts';
import { runPipeline } from '../../infra/cli/run/run-pipeline.ts';
import { keepRunRates, readRunRates } from '../../infra/cli/run/run-rates.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { Dice } from '../simulation/customers.ts';
import { writeLines } from '../support/event-lines.ts';
import { guerdon, temporaryFolder } from '../support/guerdon.ts';
import { readBooks } from '../support/state-books.ts';
import { ApiClient } from './support/api-client.ts';
import {
  asOf,
  choiceOf,
  fourRailsProgram,
  type Payee,
  payeeAt,
  rates,
  spentMinor,
  type Wallet,
} from './support/four-rails.ts';
import type { PayReport } from './support/killed-payouts.ts';
import { type PaidOut, paidByProviders } from './support/payout-books.ts';
import { dueOf } from './support/payout-oracle.ts';
import { StruckFaults, startWorker } from './support/to-be-killed.ts';

const workerPath = join(import.meta.dirname, 'support/killed-payouts.ts');
const seed = Number(process.env.GUERDON_SEED ?? '20260303');
/** `GUERDON_PAYOUTS=1000` plays as many members. */
const count = Number(process.env.GUERDON_PAYOUTS ?? '20');
/** Faults for each call, of every kind as many. */
const share = process.env.GUERDON_FAULTS ?? '1';
const payees = Array.from({ length: count }, (_, index) => payeeAt(index));

it(`pays ${count} members once or owes them still, killed twice (seed ${seed})`, async () => {
  process.stdout.write(`${count} members are paid: seed ${seed}\n`);
  const dice = new Dice(seededRandomness(seed));
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  await prepare(folder, state);
  const faults = new StruckFaults();
  const work = () => startWorker(workerPath, { state, seed: `${seed}`, share });
  // In the run, with wallets to come; then while providers pay.
  const lines = Math.ceil((count * (20 + dice.below(50))) / 100);
  faults.add((await work().killAfter({ line: `line ${lines}\n`, afterMs: 0 })).said);
  const captures = Math.ceil((count * (10 + dice.below(30))) / 100);
  const second = await work().killAfter({ line: `captured ${captures}\n`, afterMs: 0 });
  faults.add(second.said);
  const last = await work().ended;
  if (last.status !== 0) throw new Error(last.said.slice(-3000));
  faults.add(last.said);
  const worked: PayReport = JSON.parse(last.output);
  expect(worked.deadLetters).toBe(0);
  process.stdout.write(`${JSON.stringify(worked)}\n${JSON.stringify(faults.told())}\n`);
  await expectOnceOrOwed(state);
}, 3_600_000);

/** What becomes of some wallet or other. */
const met = ['paid', 'failed', 'BELOW_THRESHOLD', 'COUNTRY_BLOCKED'];

async function prepare(folder: string, state: string): Promise<void> {
  const program = fourRailsProgram([]);
  const session = await openSession({
    ...{ program, asOf, stateDirectory: state, log: () => undefined },
  });
  try {
    const ratesPath = join(folder, 'rates.csv');
    await writeFile(ratesPath, rates);
    await keepRunRates(session.table.rates, await readRunRates(ratesPath, program));
    await earn(session, folder);
    await choose(session);
    // From the day of the run on.
    await session.table.programs.publish({ from: asOf, program: fourRailsProgram(['FR']) });
  } finally {
    await session.close();
  }
}

async function earn(session: Session, folder: string): Promise<void> {
  const eventsPath = join(folder, 'events.jsonl');
  const events = payees.flatMap(({ member, wallets }) =>
    wallets.map((wallet) => ({
      ...{ source: 'shop', type: 'order.placed', occurredAt: '2026-03-01T10:00:00+01:00' },
      ...{ id: `o-${member}-${wallet.currency}`, member },
      ...{ amountMinor: spentMinor(wallet), currency: wallet.currency },
    })),
  );
  await writeLines(eventsPath, events);
  const progress = createProgress(events.length);
  const program = fourRailsProgram([]);
  const summary = await runPipeline(session, { program, asOf, eventsPath, progress });
  expect(summary.events.accrued).toBe(events.length);
}

async function choose({ stack }: Session): Promise<void> {
  const { program } = fourRailsProgram([]);
  const caller = { scope: 'integrator', subject: 'shop', program } as const;
  const api = await ApiClient.of(stack.urls.api, caller);
  for (const payee of payees) {
    const own = `/v1/programs/${program}/members/${payee.member}`;
    const email = `${payee.member}@example.com`;
    const told = await api.send('PUT', `${own}/preferences`, { body: { email } });
    expect(told.status, told.text).toBe(200);
    const chosen = await api.send('PUT', `${own}/payout-choice`, { body: choiceOf(payee) });
    expect(chosen.status, chosen.text).toBe(200);
  }
}

async function expectOnceOrOwed(state: string): Promise<void> {
  const told = await guerdon(
    ...['payout', 'report', '--run', 'march', '--lines', '--state', state, '--json'],
  );
  expect(told).toMatchObject({ status: 0, stderr: '' });
  const printed = told.stdout.trim().split('\n');
  const report: ReportOfRun = JSON.parse(printed.pop() ?? '');
  const lines = printed.map((line): PrintedLine => JSON.parse(line));
  process.stdout.write(`${JSON.stringify(countsOf(lines))}\n`);
  expect(report).toMatchObject({ state: 'done', unplaced: 0, differences: [] });
  const states = new Set(lines.map((line) => line.state ?? line.skipped));
  for (const state of met) expect(states).toContain(state);
  const { balances, trial, verified } = await readBooks(state);
  expect(verified.mismatches).toEqual([]);
  expect(new Set(Object.values(trial.sumByUnit))).toEqual(new Set(['0']));
  const paid = new Map(paidByProviders(state));
  const wrong = payees.flatMap((payee) =>
    payee.wallets.flatMap((wallet) => {
      const { member } = payee;
      const isOwn = (line: PrintedLine) =>
        line.member === member && line.currency === wallet.currency;
      const own = lines.filter(isOwn);
      const line = own[0];
      const owedMinor = balances[member]?.[wallet.currency] ?? '0';
      const standing = paid.get(line?.payout ?? '') ?? [];
      paid.delete(line?.payout ?? '');
      const found = { lines: own.length, state: line?.state, skipped: line?.skipped };
      const told = { ...found, owedMinor, standing: standing.map(wordsOf) };
      const isRight = expected(payee, wallet).some((each) => isDeepStrictEqual(each, told));
      return isRight ? [] : [`${member} ${wallet.currency}: ${JSON.stringify(told)}`];
    }),
  );
  expect(wrong).toEqual([]);
  expect([...paid]).toEqual([]);
}

/** How many wallets ended how, by rail. */
function countsOf(lines: readonly PrintedLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rail, skipped, state } of lines) {
    const name = skipped ?? `${rail} ${state}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

interface Outcome {
  readonly lines: number;
  readonly state: string | undefined;
  readonly skipped: string | undefined;
  readonly owedMinor: string;
  readonly standing: readonly string[];
}

/** Left, paid once, or in the wallet again; what was given away when it was paid stays given. */
function expected(payee: Payee, wallet: Wallet): readonly Outcome[] {
  const whole = `${wallet.earnedMinor}`;
  const due = dueOf(payee, wallet);
  const none = { lines: 1, skipped: undefined, standing: [] };
  if (typeof due === 'string') {
    return [{ ...none, state: undefined, skipped: due, owedMinor: whole }];
  }
  const { amountMinor, currency } = due.net;
  const standing = amountMinor > 0n ? [`${amountMinor} ${currency}`] : [];
  const afterGift = `${wallet.earnedMinor - due.donatedMinor}`;
  return [
    { ...none, state: 'paid', owedMinor: '0', standing },
    { ...none, state: 'failed', owedMinor: whole },
    { ...none, state: 'returned', owedMinor: afterGift },
  ];
}

function wordsOf({ amountMinor, currency }: PaidOut): string {
  return `${amountMinor} ${currency}`;
}
