import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findRate, rateAnswer, readAmountMinor } from '../../infra/cli/fx/question.ts';
import { readRatesAt } from '../../infra/cli/fx/read-rates.ts';
import { withHeldState } from '../../infra/cli/held-state.ts';
import type { RunSummary } from '../../infra/cli/run/run-pipeline.ts';
import type { LocalDate } from '../../shared/domain/time.ts';
import { eventLine, writeLines } from '../support/event-lines.ts';
import { guerdon, guerdonJson, temporaryFolder } from '../support/guerdon.ts';

const head = 'Date,USD,JPY,GBP,';
const good = [head, '2026-04-10,1.1711,186.43,0.87105,', '2026-04-09,1.1685,185.7,0.87053,', ''];
/** What a bad file brings beside what is wrong: none of it may be kept. */
const next = '2026-04-13,1.1684,186.75,0.87058,';
const lines = (...rest: string[]) => [head, next, ...rest, ''].join('\n');

type BadFile = readonly [what: string, place: RegExp, content: string];

const badFiles: readonly BadFile[] = [
  ['zero', /:3 USD: .*zero/, lines('2026-04-14,0.000,186.75,0.87058,')],
  ['NaN', /:3 JPY: .*NaN/, lines('2026-04-14,1.1684,NaN,0.87058,')],
  ['negative', /:3 GBP: .*-0\.87/, lines('2026-04-14,1.1684,186.75,-0.87,')],
  ['exponent', /:3 USD: .*1e1/, lines('2026-04-14,1e1,186.75,0.87058,')],
  ['empty', /:3 JPY: .*empty/, lines('2026-04-14,1.1684,,0.87058,')],
  ['cut-off row', /:3: .*columns/, lines('2026-04-14,1.1684')],
  ['cut-off line', /:3: .*breaks off/, [head, next, '2026-04-08,1.17'].join('\n')],
  ['cut-off head', /:1: .*breaks off/, 'Date,USD,JP'],
  ['unknown column', /:1 XYZ: /, ['Date,USD,XYZ,', '2026-04-13,1.1684,2,', ''].join('\n')],
  ['metal', /:1 XAU: /, ['Date,USD,XAU,', '2026-04-13,1.1684,2,', ''].join('\n')],
  ['column twice', /:1 USD: .*twice/, ['Date,USD,USD,', '2026-04-13,1.1684,2,', ''].join('\n')],
  ['repeated date', /:3 2026-04-13: .*line 2/, lines(next)],
  ['no date', /:3 Date: /, lines('2026-02-30,1.1684,186.75,0.87058,')],
  ['future date', /:3 2999-01-02: .*not begun/, lines('2999-01-02,1.1684,186.75,0.87058,')],
  ['other rates', /:3 2026-04-10: .*stay/, lines('2026-04-10,1.1712,186.43,0.87105,')],
  ['page', /:1: .*web page/, '<!DOCTYPE html>\n<html><body>Date,USD</body></html>\n'],
  ['no rows', /:1: /, `${head}\n`],
  ['nothing', /:1: .*empty/, ''],
  [
    'cut-off XML',
    /:\d+: /,
    '<?xml version="1.0"?>\n<gesmes:Envelope xmlns:gesmes="g"><Cube><Cube time="2026-04-13">',
  ],
];

/** Refused by the reader alone; these go through the command line for all of their kind. */
const throughCommand = new Set(['cut-off row', 'page', 'nothing', 'cut-off XML']);
/** Refused for what the state holds, or the day that it is. */
const withState = new Set(['zero', 'future date', 'other rates']);

it('refuses a bad file of rates with line and field, and keeps none of it', async () => {
  const folder = await temporaryFolder();
  const [file, state] = [join(folder, 'rates.csv'), join(folder, 'state')];
  await writeFile(file, good.join('\n'));
  expect((await guerdon('fx', 'load', file, '--state', state)).status).toBe(0);
  for (const [what, place, content] of badFiles) {
    await writeFile(file, content);
    const isTold = throughCommand.has(what) || withState.has(what);
    const told = isTold ? await loadRefused(what, file, state) : await readRefused(what, file);
    expect([what, told]).toEqual([what, expect.stringMatching(place)]);
    expect(told).toContain(`${file}:`);
  }
  await withHeldState(state, async ({ table: { rates }, now }) => {
    for (const [expected, question] of questions) {
      const rate = await findRate({ rates, now }, { ...terms, ...question });
      const told = rate.ok ? rateAnswer(rate.value) : { code: rate.failure.code };
      expect([question, told]).toEqual([question, expect.objectContaining(expected)]);
    }
  });
  const day = ['--on', '2026-02-30', '--state', state];
  expect((await guerdon('fx', 'rate', '--from', 'USD', '--to', 'GBP', ...day)).status).toBe(2);
  for (const text of ['-5', '12.345', '1e3', 'NaN']) {
    expect(readAmountMinor(text)).toMatchObject({ failure: { code: 'INVALID_AMOUNT' } });
  }
}, 300_000);

async function loadRefused(what: string, file: string, state: string): Promise<string> {
  const { status, stdout, stderr } = await guerdon('fx', 'load', file, '--state', state);
  expect([what, status, stdout]).toEqual([what, 1, '']);
  expect([what, stderr]).toEqual([what, expect.stringMatching(/^RATES_[A-Z_]+: /)]);
  return stderr;
}

/** As `fx load` reads it before it looks at a state. */
async function readRefused(what: string, file: string): Promise<string> {
  const read = await readRatesAt(file);
  if (read.ok) throw new Error(`${what} was read.`);
  return `${read.failure.where}: ${read.failure.sentence}`;
}

const terms = { source: 'ecb', staleDays: 7 } as const;
const pair = (from: string, to: string, on: string) => ({ from, to, on: on as LocalDate });

/** What the state knows after all bad files: the good one, and nothing else. */
const questions = [
  [{ rate: '1864300/11711', asOf: '2026-04-10' }, pair('USD', 'JPY', '2026-04-14')],
  [{ code: 'RATE_MISSING' }, pair('USD', 'JPY', '2026-04-08')],
  [{ code: 'UNKNOWN_CURRENCY' }, pair('XAU', 'EUR', '2026-04-12')],
  [{ code: 'CURRENCY_RETIRED' }, pair('USD', 'HRK', '2026-04-12')],
  [{ code: 'RATE_MISSING' }, pair('USD', 'ARS', '2026-04-12')],
  [{ asOf: '2026-04-10' }, pair('USD', 'GBP', '2026-04-17')],
  [{ code: 'RATE_STALE' }, pair('USD', 'GBP', '2026-04-18')],
] as const;

const cent = { en: { one: 'cent', other: 'cents' } };
const program = {
  ...{ program: 'three-monies', name: 'Three monies', region: 'eu-west-1' },
  ...{ timeZone: 'Europe/Zagreb', languages: ['en'], units: { EUR: { names: cent } } },
  ...{ currencies: ['EUR', 'USD', 'HRK', 'GBP'], eventTypes: ['order.placed'] },
  money: { walletCurrency: 'member', wallets: ['EUR', 'USD', 'JPY'] },
  earning: {
    rules: [
      {
        ...{ id: 'cashback', when: { type: ['order.placed'] } },
        award: {
          ...{ kind: 'percentage', unit: 'purchaseCurrency' },
          ...{ basisPoints: 500, rounding: 'down' },
        },
      },
    ],
  },
  ...{ expiry: [], redemption: {}, followUps: { caseAfterDays: 30 } },
};

const at = '2026-04-11T10:00:00Z';
const order = (id: string, change: object) => ({
  ...eventLine({ id, member: 'm-1', occurredAt: at, currency: 'USD' }),
  ...change,
});
const enrolment = (id: string, data: object) => ({
  ...{ id, source: 'crm', actor: 'crm', type: 'member.enrolled', member: id, occurredAt: at },
  data: { kind: 'person', ...data },
});

type BadLine = readonly [code: string, field: string, line: object];

const badLines: readonly BadLine[] = [
  ['UNKNOWN_CURRENCY', 'currency', order('metal', { currency: 'XAU' })],
  ['UNKNOWN_CURRENCY', 'currency', order('fund', { currency: 'CLF' })],
  ['UNKNOWN_CURRENCY', 'currency', order('unknown', { currency: 'EUX' })],
  ['CURRENCY_NOT_IN_PROGRAM', 'currency', order('foreign', { currency: 'CHF' })],
  ['CURRENCY_RETIRED', 'currency', order('retired', { currency: 'HRK' })],
  ['RATE_STALE', 'currency', order('old', { occurredAt: '2026-04-01T10:00:00Z' })],
  ['INVALID_AMOUNT', 'amountMinor', order('negative', { amountMinor: '-5' })],
  ['INVALID_AMOUNT', 'amountMinor', order('negative-number', { amountMinor: -5 })],
  ['INVALID_AMOUNT', 'amountMinor', order('fraction', { amountMinor: '12.345' })],
  ['INVALID_AMOUNT', 'amountMinor', order('fraction-number', { amountMinor: 12.345 })],
  ['INVALID_AMOUNT', 'amountMinor', order('exponent', { amountMinor: '1e3' })],
  ['INVALID_AMOUNT', 'amountMinor', order('empty', { amountMinor: '' })],
  ['UNKNOWN_CURRENCY', 'data.currency', enrolment('in-gold', { currency: 'XAU' })],
  ['CURRENCY_RETIRED', 'data.currency', enrolment('in-kuna', { currency: 'HRK' })],
];

it('refuses bad currencies and amounts of events, and books the rest', async () => {
  const folder = await temporaryFolder();
  const paths = ['rates.csv', 'program.json', 'events.jsonl', 'state'];
  const [file = '', json = '', events = '', state = ''] = paths.map((name) => join(folder, name));
  await writeFile(file, good.join('\n'));
  await writeFile(json, JSON.stringify(program));
  await writeLines(events, [
    order('good', { amountMinor: '20000' }),
    ...badLines.map((bad) => bad[2]),
  ]);
  const run = ['run', '--program', json, '--events', events, '--rates', file, '--state', state];
  const { status, stdout, stderr } = await guerdon(...run, '--as-of', '2026-04-12', '--json');
  const told = stderr
    .split('\n')
    .filter((line) => line.startsWith('{"line"'))
    .map((line) => JSON.parse(line) as { line: number; code: string; field: string | null })
    .sort((left, right) => left.line - right.line)
    .map(({ line, code, field }) => [line, code, field]);
  expect(told).toEqual(badLines.map(([code, field], index) => [index + 2, code, field]));
  const sentences = stderr.split('\n').filter((line) => /^[A-Z_]+: /.test(line));
  const codes = new Set(badLines.map(([code]) => code));
  expect(sentences.map((line) => line.split(':')[0]).sort()).toEqual([...codes].sort());
  expect(status).toBe(0);
  const { ledger, events: counts } = JSON.parse(stdout) as RunSummary;
  expect(counts).toMatchObject({ received: badLines.length + 1, accrued: 1, commands: 0 });
  expect(ledger).toMatchObject({ entries: 1, balanced: true });
  // 5 % of 200.00 USD at 1.1711 of the day before: 8.5390.
  const balances = await guerdonJson<object>('balances', '--state', state);
  expect(balances).toEqual({ 'm-1': { EUR: '854' } });
}, 300_000);

it('refuses amounts with more digits than their currency has, with line and column', async () => {
  const folder = await temporaryFolder();
  const paths = ['mapping.json', 'in.csv', 'out.jsonl'];
  const [mapping = '', csv = '', out = ''] = paths.map((name) => join(folder, name));
  const columns = { order: { column: 'Order' }, member: { column: 'Member' } };
  const time = { column: 'At', format: 'yyyy-MM-dd', zone: 'UTC' };
  const amount = { factors: [{ column: 'Total' }] };
  const currency = { column: 'Money' };
  await writeFile(mapping, JSON.stringify({ source: 'till', ...columns, time, amount, currency }));
  const rows = ['12.345,EUR', '12.34,EUR', '12.5,JPY', '1.234,KWD', '-3.00,EUR', '1.00,XAU'];
  const told = rows.map((row, index) => `o-${index},m-1,2026-04-11,${row}`);
  await writeFile(csv, ['Order,Member,At,Total,Money', ...told, ''].join('\n'));
  const { status } = await guerdon('import', '--mapping', mapping, '--in', csv, '--out', out);
  expect(status).toBe(0);
  expect((await readFile(`${out}.rejected.csv`, 'utf8')).trim().split('\n')).toEqual([
    'line,code,field',
    '2,EXCESS_PRECISION,Total',
    '4,EXCESS_PRECISION,Total',
    '6,TOTAL_NOT_POSITIVE,Total',
    '7,UNKNOWN_CURRENCY,Money',
  ]);
  const written = (await readFile(out, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(written.map(({ amountMinor, currency: code }) => [amountMinor, code])).toEqual([
    ['1234', 'EUR'],
    ['1234', 'KWD'],
  ]);
});
