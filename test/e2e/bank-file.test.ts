import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trialBalance } from '../../infra/cli/ledger/trial-balance.ts';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { playBank } from '../../infra/cli/payout/files/play-bank.ts';
import { type ReportOfRun, reportRun } from '../../infra/cli/payout/report.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { openStateTable, type StateTable } from '../../infra/cli/state-table.ts';
import { startTableOnly } from '../../infra/local/table-only.ts';
import {
  type PayoutFilesSummary,
  payoutFilesSummarySchema,
} from '../../shared/contracts/payout-files.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { folderUntil } from '../local/temporary-folder.ts';
import {
  type BankAct,
  type BankFile,
  camt053Of,
  pain002Of,
  takenIn,
} from '../providers/fake/bank-simulator.ts';
import { guerdonJson, startGuerdon } from '../support/guerdon.ts';
import { schemaFaults } from '../support/xmllint.ts';
import { programName } from './support/api-client.ts';
import {
  type BankMember,
  bankMembers,
  bankProgram,
  callOffOne,
  feeMinor,
  payAll,
  walletsOf,
} from './support/bank-members.ts';
import { rawItems } from './support/raw-table.ts';

/** A Monday, before the hour at which files are written. */
const asOf = instantOf(Date.parse('2026-06-15T05:30:00+02:00'));
const writingHour = instantOf(Date.parse('2026-06-15T08:10:00+02:00'));
const count = 20;
const state = join(folderUntil(afterAll), 'state');

let session: Session;
let table: StateTable;
let members: readonly BankMember[];
let file: BankFile;

beforeAll(async () => {
  session = await openSession({
    program: bankProgram(),
    asOf,
    stateDirectory: state,
    log: () => undefined,
  });
  ({ table } = session);
  members = await bankMembers(session, count);
}, 120_000);

afterAll(() => session?.close());

const at = (folder: string, name = '') => join(state, 'files/bank', folder, name);
const namesIn = (folder: string) => (existsSync(at(folder)) ? readdirSync(at(folder)) : []);
const textOf = (folder: string, name: string) => readFileSync(at(folder, name), 'utf8');

/** As each hour; what it has told is what the command prints. */
async function hourly(): Promise<PayoutFilesSummary> {
  const summary = await session.stack.invoke(/payout-?files/i, { task: 'exchange' });
  await session.drain();
  return payoutFilesSummarySchema.parse(summary);
}

/** Puts answers where the bank does. */
function answer(texts: Readonly<Record<string, string>>): void {
  mkdirSync(at('incoming'), { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(at('incoming', name), text);
}

/** The report, which has to be what the ledger has, and books that balance. */
async function soundReport(run: string): Promise<ReportOfRun> {
  const begun = await table.payouts.readRun(programName, run);
  if (begun === undefined) throw new Error(`There is no run ${run}.`);
  const report = await reportRun(table, begun);
  expect(report.differences).toEqual([]);
  expect((await verifyLedger(table.scan)).mismatches).toEqual([]);
  expect(await trialBalance(table.scan)).toMatchObject({ balanced: true });
  return report;
}

const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, each) => sum + each, 0n);
const minorOf = (amount: string) => BigInt(amount.replace('.', ''));

it('writes what waits at the hour of the account, as one file that is valid', async () => {
  const { paid, report } = await payAll(session, 'june', asOf);
  expect([paid, report.differences]).toEqual([count, []]);
  expect(await hourly()).toMatchObject({ written: [], read: [], refused: [], failed: [] });
  expect(namesIn('outgoing')).toEqual([]);

  session.moveClock(writingHour);
  await session.stack.runSchedules(/payout-?files/i);
  const [name = '', ...others] = namesIn('outgoing');
  expect([name, others]).toEqual(['main-eur-20260615-000001.xml', []]);
  const text = textOf('outgoing', name);
  expect(schemaFaults(text)).toBe('');
  file = takenIn(text);
  expect(file).toMatchObject({ count: `${count}`, executionDate: '2026-06-16' });
  const net = sumOf(members.map(({ walletMinor }) => walletMinor - feeMinor));
  expect(minorOf(file.sum)).toBe(net);
  expect(sumOf(file.payments.map(({ amount }) => minorOf(amount)))).toBe(net);
  expect(text).not.toMatch(/[^\x20-\x7e\n]/);
  expect(await hourly()).toMatchObject({ written: [], unwritten: [] });
  expect(sumOf(await walletsOf(table, members))).toBe(0n);
}, 60_000);

const rejected: BankAct = { kind: 'rejected', reason: 'AC04' };
/** Weeks after it was booked. */
const returned: BankAct = { kind: 'returned', reason: 'AC06', isLater: true };
const acts = () =>
  new Map<string, BankAct>([
    [file.payments[0]?.endToEndId ?? '', returned],
    [file.payments[1]?.endToEndId ?? '', rejected],
  ]);
const atFirst = () => new Map([...acts()].slice(1));
const style = { version: '08', id: 'JUNE-16' } as const;
const undone = () => file.payments.slice(0, 2).map(({ amount }) => minorOf(amount) + feeMinor);

/** Whoever was not paid has all of it again; nobody else has anything. */
async function expectWhole(back: readonly bigint[]): Promise<void> {
  const wallets = await walletsOf(table, members);
  const given = new Set(members.map(({ walletMinor }) => walletMinor));
  expect(wallets.filter((wallet) => wallet > 0n).sort()).toEqual([...back].sort());
  for (const wallet of back) expect(given).toContain(wallet);
}

it('gives rejected and returned money back, and counts what was booked', async () => {
  answer({ 'a.xml': pain002Of(file, acts()) });
  expect(await hourly()).toMatchObject({
    read: [{ file: 'a.xml', kind: 'report', rejected: 1, unmatched: 0 }],
    ...{ refused: [], failed: [] },
  });
  await expectWhole(undone().slice(1));

  const booked = `${file.messageId}-accept-statement.xml`;
  answer({ [booked]: camt053Of(file, atFirst(), style) });
  expect(await hourly()).toMatchObject({
    read: [{ file: booked, kind: 'statements', booked: count - 1, returned: 0, conflicts: [] }],
    refused: [],
  });
  await expectWhole(undone().slice(1));
  // As the command line plays it: the first transfer comes back.
  expect(await playBank(state, 'return')).toHaveLength(1);
  expect(await hourly()).toMatchObject({ read: [{ booked: 0, returned: 1, conflicts: [] }] });
  await expectWhole(undone());
  const paid = sumOf(file.payments.slice(2).map(({ amount }) => minorOf(amount)));
  expect((await soundReport('june')).rows).toMatchObject([
    {
      ...{ rail: 'bank', currency: 'EUR', payouts: count, openMinor: '0' },
      paidMinor: `${paid}`,
      failedMinor: `${minorOf(file.payments[1]?.amount ?? '')}`,
      returnedMinor: `${minorOf(file.payments[0]?.amount ?? '')}`,
    },
  ]);
  expect(await session.stack.deadLetterCount()).toBe(0);
}, 60_000);

it('changes nothing by answers that come again, or that cannot be right', async () => {
  const before = await trialBalance(table.scan);
  const other = { ...file, debtorAccount: 'DE02120300000000202051' };
  const [entry = ''] =
    /<Ntry>.*?<.Amt>/s.exec(camt053Of(file, acts(), { ...style, batch: 'told' })) ?? [];
  answer({
    'again-a.xml': pain002Of(file, acts()),
    'again-b.xml': camt053Of(file, atFirst(), style),
    'broken.xml': camt053Of(file, acts(), { ...style, id: 'CUT' }).slice(0, -40),
    'other.xml': camt053Of(other, acts(), { ...style, id: 'OTHER' }),
    'sum.xml': pain002Of({ ...file, sum: '1.00' }, acts()).replace('ANSWER-', 'SUM-'),
    'total.xml': camt053Of(file, acts(), { ...style, id: 'TOTAL', batch: 'told' }).replace(
      entry,
      entry.replace(/\d\.\d\d</, '9.99<'),
    ),
  });
  mkdirSync(join(state, 'files/sanctions/incoming'), { recursive: true });
  writeFileSync(join(state, 'files/sanctions/incoming/watch.txt'), 'John Smith\nJane Doe\n');
  const { lists, read, refused } = await hourly();
  expect(lists).toEqual([{ list: 'watch', names: 2 }]);
  expect(read).toMatchObject([
    { file: 'again-a.xml', again: true },
    { file: 'again-b.xml', again: true },
  ]);
  const codes = Object.fromEntries(refused.map(({ code, file: name }) => [name, code]));
  expect(codes).toEqual({
    ...{ 'broken.xml': 'MALFORMED', 'other.xml': 'OTHER_ACCOUNT' },
    ...{ 'sum.xml': 'CONTROL_SUM', 'total.xml': expect.stringMatching(/^(BALANCE|BATCH_TOTAL)$/) },
  });
  expect(namesIn('incoming')).toEqual([]);
  const kept = Object.keys(codes).flatMap((name) => [name, `${name}.reason.txt`]);
  expect(namesIn('refused').sort()).toEqual(kept.sort());
  expect(textOf('refused', 'sum.xml.reason.txt')).toContain('CONTROL_SUM');
  expect(await trialBalance(table.scan)).toEqual(before);
  await expectWhole(undone());
}, 60_000);

it('takes out of the outbox what is called off there, and the next run pays it', async () => {
  await payAll(session, 'july', writingHour);
  expect(await callOffOne(session, 'july')).toBe('cancelling');
  expect((await walletsOf(table, members)).filter((wallet) => wallet > 0n)).toHaveLength(1);
  expect(await payAll(session, 'july-again', writingHour)).toMatchObject({ paid: 1 });
}, 60_000);

it('hands out what it had closed when it was killed on the way', async () => {
  await session.close();
  const second = 'main-eur-20260615-000002.xml';
  const inTheWay = at('outgoing', second);
  mkdirSync(inTheWay);
  const writing = startGuerdon('payout', 'files', '--write', 'main-eur', '--state', state);
  const watcher = watch(at('outgoing'), () => writing.child.kill('SIGKILL'));
  expect(await writing.finished).toMatchObject({ status: null });
  watcher.close();
  rmdirSync(inTheWay);

  const asked = ['files', '--write', 'main-eur', '--execution-date', '2026-06-30'];
  const again = await guerdonJson<PayoutFilesSummary>('payout', ...asked, '--state', state);
  const written = { file: second, transfers: 2, executionDate: '2026-06-16' };
  expect(again).toMatchObject({ written: [written], unwritten: [] });
  const database = await startTableOnly({ stateDirectory: state });
  try {
    table = openStateTable(database.clientEnvironment, database.tableName);
    const outputs = { TableName: database.tableName };
    const items = await rawItems({ clientEnvironment: database.clientEnvironment, outputs });
    const digest = createHash('sha256').update(textOf('outgoing', second)).digest('hex');
    expect(items.map(({ h }) => h?.S)).toContain(digest);
    expect((await soundReport('july')).rows).toMatchObject([{ payouts: 2, paidMinor: '0' }]);
    await expectWhole([]);
    table.close();
  } finally {
    await database.stop();
  }
}, 120_000);
