import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PositionReport } from '../../infra/cli/fx/position-report.ts';
import type { TrialBalance } from '../../infra/cli/ledger/trial-balance.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { StatementView } from '../../shared/app/members/statement.ts';
import { type Books, Sums, worthOf } from '../northwind/books.ts';
import {
  assortmentPath,
  bofaPath,
  brakesPath,
  furtherLines,
  importOrders,
  type Northwind,
  readNorthwind,
} from '../northwind/history.ts';
import { bofaBooks, brakesBooks } from '../northwind/oracle.ts';
import {
  heldAtTheEnd,
  inEuro,
  linesAfter,
  linesBefore,
  programOf,
  retiring,
  tooLateLine,
} from '../northwind/retirement.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import { guerdonJson, temporaryFolder } from '../support/guerdon.ts';
import { sampleProgramJson } from '../support/sample-program.ts';
import { askForBooks, type Balances, readBooks, type StateBooks } from '../support/state-books.ts';

// All of Northwind is compared in memory (test/northwind): here it is the way through the stack.

/** Of these months there is cashback in eleven currencies, and companies change theirs. */
const aroundTheMove = { from: '2022-05-01', until: '2022-10-02' };
/** Of these, companies on every level. */
const lastMonths = { from: '2023-02-15', until: '2023-05-10' };

it('keeps Northwind as Brakes in wallets that a script of its own finds too', async () => {
  const northwind = readNorthwind(aroundTheMove);
  if (northwind === undefined) return;
  const books = brakesBooks(northwind, assortmentPath);
  const { found, directory } = await play(northwind, brakesPath, { books, read: askForBooks });
  const state = ['--state', directory];
  await checkStatement(northwind, found.balances, state);
  await checkPosition(books, ['--as-of', northwind.asOf], state);
}, 300_000);

it('keeps Northwind as BofA in wallets that a script of its own finds too', async () => {
  const northwind = readNorthwind(lastMonths);
  if (northwind === undefined) return;
  const books = bofaBooks(northwind);
  await playAgain(await play(northwind, bofaPath, { books, read: readBooks }));
}, 300_000);

it.each(retiring)(
  'lets wallets in $currency migrate on its last day',
  async (retired) => {
    const folder = await temporaryFolder();
    const paths = ['program.json', 'events.jsonl', 'state'].map((name) => join(folder, name));
    const [programPath = '', events = '', directory = ''] = paths;
    const state = ['--state', directory];
    await writeFile(programPath, JSON.stringify(programOf(retired)));
    const lines = [...linesBefore(retired), ...linesAfter(retired), tooLateLine(retired)];
    await writeLines(events, lines);
    const run = ['run', '--program', programPath, '--events', events, ...state];
    // The last to vest do so on the first of March.
    const first = await guerdonJson<RunSummary>(...run, '--as-of', `${retired.year}-03-02`);
    expect(first.events.refused).toEqual({ CURRENCY_RETIRED: 1 });
    expect(first.ledger.balanced).toBe(true);
    const { balances, trial, verified } = await readBooks(directory);
    const inOld = Object.values(balances).filter(
      (units) => (units[retired.currency] ?? '0') !== '0',
    );
    expect(inOld).toEqual([]);
    // Two have sent everything back; what waits for a journey is not available.
    const held = { ...heldAtTheEnd, ema: 0n, fran: 0n, gita: 271n + 438n };
    for (const [member, minor] of Object.entries(held)) {
      const earned = member === 'davor' ? 2000n : 0n;
      const found = balances[member]?.EUR ?? '0';
      expect([member, found]).toEqual([member, `${inEuro(minor, retired) + earned}`]);
    }
    expect(trial).toMatchObject({ balanced: true });
    expect(verified).toMatchObject({ mismatches: [] });
  },
  600_000,
);

it('turns points into money and back, down at every step', async () => {
  const folder = await temporaryFolder();
  const names = ['program.json', 'events.jsonl', 'rates.csv', 'state'];
  const paths = names.map((name) => join(folder, name));
  const [programPath = '', events = '', rates = '', directory = ''] = paths;
  const terms = { unit: 'PTS', points: 100, amountMinor: 75, currency: 'EUR' };
  const exchanges = [
    { id: 'cash', direction: 'pointsToWallet', ...terms },
    { id: 'back', direction: 'walletToPoints', ...terms },
  ];
  const money = { walletCurrency: 'member', otherwise: 'EUR', wallets: ['EUR', 'USD'] };
  // So that history is played, in which a member's lines go one after the other.
  const expiry = [{ unit: 'PTS', kind: 'inactivity', months: 24 }];
  const parts = { ...sampleProgramJson(), expiry, money, exchanges };
  await writeFile(programPath, JSON.stringify(parts));
  await writeFile(rates, 'Date,USD,GBP,\n2026-04-10,1.2,0.8,\n');
  const occurredAt = '2026-04-10T10:00:00Z';
  const command = (id: string, type: string, data: object) => ({
    ...{ id, source: 'app', actor: 'ann', type, member: 'ann', occurredAt, data },
  });
  await writeLines(events, [
    command('enrol', 'member.enrolled', { kind: 'person', currency: 'USD' }),
    eventLine({ id: 'order', member: 'ann', amountMinor: 100_000, occurredAt }),
    command('x1', 'wallet.exchanged', { exchange: 'cash', amount: '333' }),
    command('x2', 'wallet.exchanged', { exchange: 'back', amount: '150' }),
    command('x3', 'wallet.exchanged', { exchange: 'cash', amount: '834' }),
  ]);
  const run = ['run', '--program', programPath, '--events', events, '--as-of', '2026-04-12'];
  const given = ['--rates', rates, '--state', directory];
  const { events: told } = await guerdonJson<RunSummary>(...run, ...given);
  expect(told).toMatchObject({ accrued: 1, commands: 3, refused: { INSUFFICIENT_POINTS: 1 } });
  // 249.75 cents are 249, 298.8 in dollars; 1.50 dollars are 1.25 euros, 166.7 points.
  const { balances, trial, verified } = await readBooks(directory);
  expect(balances).toEqual({ ann: { PTS: `${1000 - 333 + 166}`, USD: `${298 - 150}` } });
  expect(trial).toMatchObject({ balanced: true, sumByUnit: { PTS: '0', EUR: '0', USD: '0' } });
  const sums = { PTS: `${333 - 166}`, EUR: `${125 - 249}` };
  const found = trial.accounts.filter(({ account }) => account === 'converted');
  expect(Object.fromEntries(found.map(({ unit, amount }) => [unit, amount]))).toEqual(sums);
  expect(trial.accounts.filter(({ account }) => account === 'rounding')).toEqual([]);
  expect(verified).toMatchObject({ mismatches: [] });
}, 600_000);

interface Proof {
  readonly books: Books;
  readonly read: (directory: string) => Promise<StateBooks>;
}

interface Played {
  readonly run: readonly string[];
  readonly directory: string;
  readonly received: number;
  readonly found: StateBooks;
}

async function play(
  northwind: Northwind,
  programPath: string,
  { books, read }: Proof,
): Promise<Played> {
  const folder = await temporaryFolder();
  const [events, directory] = [join(folder, 'events.jsonl'), join(folder, 'state')];
  const input = ['--program', programPath, '--events', events, '--state', directory];
  const run = ['run', ...input, '--as-of', northwind.asOf];
  const { orders, returns } = northwind;
  const further = furtherLines(northwind, programPath === brakesPath);
  const received = orders.length + further.length;
  await writeEvents(northwind, further, events);

  const first = await guerdonJson<RunSummary>(...run, '--rates', northwind.ratesPath);
  expect(first.events).toMatchObject({
    ...{ received, accrued: orders.length, returned: returns.length, refused: {} },
    commands: further.length - returns.length,
  });
  expect(first.deadLetters).toBe(0);
  expect(first.ledger.balanced).toBe(true);
  const found = await read(directory);
  expect(sumsOf(found.balances).told()).toEqual(books.available.told());
  const { trial, verified } = found;
  expect(Object.values(trial.sumByUnit).filter((sum) => sum !== '0')).toEqual([]);
  expect(Object.keys(trial.sumByUnit)).toHaveLength(11);
  expect(accountsOf(trial).told()).toEqual(books.accounts.told());
  expect(verified).toMatchObject({ mismatches: [] });
  return { run, directory, received, found };
}

/** The same lines once more are duplicates, and nothing changes. */
async function playAgain({ run, directory, received, found }: Played): Promise<void> {
  const second = await guerdonJson<RunSummary>(...run);
  expect(second.events).toMatchObject({ received, accrued: 0, returned: 0, duplicate: received });
  const again = await readBooks(directory);
  expect([again.balances, again.trial]).toEqual([found.balances, found.trial]);
}

/** Of a company that has changed its currency, and has a wallet in each. */
async function checkStatement(northwind: Northwind, balances: Balances, state: readonly string[]) {
  const { members, history, asOf: date } = northwind;
  const moved = members.filter((one) => one.moved !== undefined && one.currency === 'EUR');
  const walletsOf = (member: string) =>
    Object.entries(balances[member] ?? {}).filter(([, minor]) => minor !== '0');
  const found = moved.find(({ member }) => walletsOf(member).length > 1);
  if (found === undefined) throw new Error('Nobody has changed from the euro and earned since.');
  const { member } = found;
  const wallets = walletsOf(member);
  expect(wallets.map(([currency]) => currency).sort()).toEqual(['CHF', 'EUR']);
  const statement = await guerdonJson<StatementView>('statement', '--member', member, ...state);
  const told = statement.wallets.map(({ available }) => [
    available.currency,
    available.amountMinor,
  ]);
  expect(told).toEqual(expect.arrayContaining(wallets));
  const worth = worthOf(history, Object.fromEntries(wallets), { currency: 'CHF', date });
  const { total } = statement;
  expect(total).toMatchObject({ currency: 'CHF', amountMinor: `${worth}`, complete: true });
}

/** What the books have open is what is valued, and the days explain all of the difference. */
async function checkPosition(books: Books, asOf: readonly string[], state: readonly string[]) {
  const report = await guerdonJson<PositionReport>('fx', 'position', ...asOf, ...state);
  const open = report.positions.map((row) => [`fxPosition ${row.currency}`, row.positionMinor]);
  const booked = Object.entries(books.accounts.told()).filter(([key]) => key.startsWith('fx'));
  expect(Object.fromEntries(open)).toEqual(Object.fromEntries(booked));
  const { differenceMinor, leftOut } = report.totals;
  const explained = report.days.flatMap(({ rateChangeMinor, bookingMinor, roundingMinor }) => {
    return [rateChangeMinor, bookingMinor, roundingMinor].map(BigInt);
  });
  const sum = explained.reduce((all, each) => all + each, 0n);
  expect([`${sum}`, leftOut]).toEqual([differenceMinor, []]);
}

/** What members tell first, then what comes back; the importer's own output at the end. */
async function writeEvents(northwind: Northwind, further: readonly object[], path: string) {
  const imported = `${path}.orders`;
  await importOrders(northwind, imported);
  const wanted = new Set(northwind.orders.map(({ id }) => id));
  const lines = (await readFile(imported, 'utf8')).trim().split('\n');
  const placed = lines.map((line) => JSON.parse(line) as { readonly id: string });
  await writeLines(path, [...further, ...placed.filter(({ id }) => wanted.has(id))]);
}

function sumsOf(balances: Balances): Sums {
  const sums = new Sums();
  for (const [member, units] of Object.entries(balances)) {
    for (const [unit, minor] of Object.entries(units)) sums.add(member, unit, BigInt(minor));
  }
  return sums;
}

const ofMembers = ['lot', 'pending', 'debt'];

function accountsOf({ accounts }: TrialBalance): Sums {
  const sums = new Sums();
  for (const { account, unit, amount } of accounts) {
    sums.add(ofMembers.includes(account) ? 'members' : account, unit, BigInt(amount));
  }
  return sums;
}
