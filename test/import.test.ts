import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runImport } from '../infra/cli/import/run-import.ts';
import { readCustomerEvent } from '../shared/contracts/events.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const commandLine = join(root, 'infra/cli/bootstrap.mjs');
const shared = resolve(root, process.env.GUERDON_SHARED ?? '../shared');
const mappingPathOf = (name: string) => join(root, 'shared/programs/mappings', `${name}.json`);

// The command is started several times, on machines that are busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guerdon-import-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Event {
  readonly id: string;
  readonly type: string;
  readonly member: string;
  readonly occurredAt: string;
  readonly amountMinor: string;
  readonly country?: string;
}

function eventsOf(path: string): Event[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const bodies = lines.map((line): unknown => JSON.parse(line));
  expect(bodies.filter((body) => !readCustomerEvent(body).ok)).toEqual([]);
  return bodies as Event[];
}

function rejectedOf(path: string): string[] {
  const [header, ...rows] = readFileSync(`${path}.rejected.csv`, 'utf8').split('\n').slice(0, -1);
  expect(header).toBe('line,code,field');
  return rows;
}

async function guerdon(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const done = await promisify(execFile)(process.execPath, [commandLine, ...args]);
    return { code: 0, out: done.stdout, err: done.stderr };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, out: failed.stdout, err: failed.stderr };
  }
}

const head = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const line = (invoice: string, quantity: string, price: string, rest: object = {}): string => {
  const cells = { at: '2011-07-01 10:00:00', member: '17850.0', country: 'France', ...rest };
  return `${invoice},S,"a\r\nb",${quantity},${cells.at},${price},${cells.member},${cells.country}`;
};

/** Every sort of line, scattered; the description makes each record two physical lines long. */
const everySort = [
  head,
  line('1', '1', '0.335'), // line 2
  line('2', '3', '1.00', { member: '' }), // line 4: without a member, alone
  line('C3', '-2', '4.00', { country: 'Atlantis' }), // line 6
  line('1', '1', '0.335'), // line 8: a repeat
  line('2', '2', '5.00', { at: '2011-07-01 10:03:00' }), // line 10
  line('4', '1', '1.00'), // line 12: two members, one row per line
  line('4', '1', '1.00', { member: '17851.0' }), // line 14
  line('2', '1', '1.00', { at: '2011-07-01 10:02:00' }), // line 16
  line('5', '0', '9.00'), // line 18: total not positive
  line('C6', '1', '2.00'), // line 20: total not negative
  line('1', '1', '0.335', { country: 'Nowhere' }), // line 22
  '7,S,short,1', // line 24
  line('8', 'one', '1.00'), // line 25
  line('8', '1', '1.00'), // line 27: its order lacks a line
  line('9', '1', '1.00', { at: '2011-02-30 10:00:00' }), // line 29
  '10,S,"open,1,2011-07-01 10:00:00,1.00,17850.0,France', // line 31
  line('11', '1', '1.00', { country: 'Atlantis' }), // line 32
  '',
].join('\n');

const everyRejection = [
  '4,MEMBER_MISSING,CustomerID',
  '12,SEVERAL_MEMBERS,CustomerID',
  '14,SEVERAL_MEMBERS,CustomerID',
  '18,TOTAL_NOT_POSITIVE,UnitPrice Quantity',
  '20,TOTAL_NOT_NEGATIVE,UnitPrice Quantity',
  '24,FIELD_COUNT,',
  '25,INVALID_NUMBER,Quantity',
  '27,ORDER_INCOMPLETE,InvoiceNo',
  '29,INVALID_DATE,InvoiceDate',
  '31,MALFORMED_CSV,',
];

test('the command turns every sort of line into an event or a rejection', async () => {
  const [inPath, outPath] = [join(folder, 'in.csv'), join(folder, 'out.jsonl')];
  writeFileSync(inPath, `\uFEFF${everySort}`);
  const mapping = mappingPathOf('online-retail');
  const args = ['import', '--mapping', mapping, '--in', inPath, '--out', outPath, '--json'];
  const done = await guerdon(...args);
  expect(done.code).toBe(0);
  expect(done.err).toContain('10 lines rejected');
  expect(done.err.match(/"Atlantis"/g)).toHaveLength(1);
  expect(JSON.parse(done.out)).toMatchObject({
    records: 17,
    events: { 'order.placed': 3, 'order.returned': 1 },
    rejectedLines: 10,
    unmappedCountries: ['Atlantis', 'Nowhere'],
  });
  const common = { source: 'online-retail', member: '17850', currency: 'GBP' };
  const placed = { ...common, type: 'order.placed', occurredAt: '2011-07-01T10:00:00+01:00' };
  expect(eventsOf(outPath)).toEqual([
    { ...placed, id: '1', amountMinor: '101', country: 'FR' },
    { ...placed, id: 'C3', type: 'order.returned', amountMinor: '800' },
    {
      ...placed,
      id: '2',
      occurredAt: '2011-07-01T10:02:00+01:00',
      amountMinor: '1100',
      country: 'FR',
    },
    { ...placed, id: '11', amountMinor: '100' },
  ]);
  expect(rejectedOf(outPath)).toEqual(everyRejection);
});

test('sorted runs on disk change nothing and leave nothing behind', async () => {
  const [inPath, outPath] = [join(folder, 'runs.csv'), join(folder, 'runs.jsonl')];
  writeFileSync(inPath, everySort);
  const request = { mappingPath: mappingPathOf('online-retail'), inPath, outPath };
  await runImport(request);
  const outputs = () => [readFileSync(outPath, 'utf8'), rejectedOf(outPath)];
  const inMemory = outputs();
  await runImport({ ...request, maxBufferedBytes: 1 });
  expect(outputs()).toEqual(inMemory);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('unreadable input is one sentence and exit code 2, and nothing is written', async () => {
  const [inPath, outPath] = [join(folder, 'bad.csv'), join(folder, 'bad.jsonl')];
  const mapping = mappingPathOf('online-retail');
  writeFileSync(inPath, 'InvoiceNo,Quantity\n1,2\n');
  const cases: [string[], RegExp][] = [
    [['--mapping', mapping, '--in', inPath, '--out', outPath], /no column named "CustomerID"/],
    [['--mapping', mapping, '--in', folder, '--out', outPath], /Cannot read .*directory/],
    [['--mapping', inPath, '--in', inPath, '--out', outPath], /not valid JSON/],
    [['--mapping', `${inPath}x`, '--in', inPath, '--out', outPath], /no such file/],
    [['--mapping', mapping, '--in', inPath, '--out', inPath], /would overwrite/],
    [['--mapping', mapping, '--in', inPath], /--out/],
  ];
  for (const [args, sentence] of cases) {
    const done = await guerdon('import', ...args);
    expect(done.code).toBe(2);
    expect(done.err).toMatch(sentence);
  }
  expect(readdirSync(folder).filter((name) => name.includes('bad.jsonl'))).toEqual([]);
});

interface Real {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly rejected: number;
}

const realFiles: Real[] = [
  {
    name: 'online-retail',
    counts: { 'order.placed': 5_493, 'order.returned': 266 },
    rejected: 961,
  },
  { name: 'northwind', counts: { 'order.placed': 830 }, rejected: 0 },
];

for (const { name, counts, rejected } of realFiles) {
  const inPath = join(shared, 'data', `${name}.csv`);
  if (!existsSync(inPath)) {
    process.stderr.write(`not run: no shared data (import of ${name}.csv)\n`);
    continue;
  }
  test(`the real file ${name}.csv`, async () => {
    const outPath = join(folder, `${name}.jsonl`);
    const summary = await runImport({ mappingPath: mappingPathOf(name), inPath, outPath });
    expect(summary.events).toEqual(counts);
    expect(summary.rejectedLines).toBe(rejected);
    expect(pointsOf(eventsOf(outPath))).toEqual(plainSums(name, inPath));
  });
}

function pointsOf(events: readonly Event[]): Record<string, number> {
  const points: Record<string, number> = {};
  for (const { member, amountMinor, type } of events) {
    const whole = Math.floor(Number(amountMinor) / 100);
    points[member] = (points[member] ?? 0) + (type === 'order.placed' ? whole : -whole);
  }
  return points;
}

/** The same by other means: every line of these files is a whole number of ten-thousandths. */
function plainSums(name: string, path: string): Record<string, number> {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\r\n');
  const names = header.split(',');
  const orderColumn = name === 'northwind' ? 'OrderID' : 'InvoiceNo';
  const orders = new Map<string, { member: string; total: number }>();
  for (const text of lines) {
    const cells = plainCells(text);
    const cell = (column: string) => cells[names.indexOf(column)] ?? '';
    if (cell('CustomerID') === '') continue;
    const hundredths = (column: string) => Math.round(Number(cell(column) || '0') * 100);
    const discount = names.includes('Discount') ? hundredths('Discount') : 0;
    const value = hundredths('UnitPrice') * Number(cell('Quantity')) * (100 - discount);
    const order = orders.get(cell(orderColumn)) ?? { member: cell('CustomerID'), total: 0 };
    orders.set(cell(orderColumn), { ...order, total: order.total + value });
  }
  const points: Record<string, number> = {};
  for (const { member, total } of orders.values()) {
    const minor = Math.floor((Math.abs(total) + 50) / 100);
    const whole = Math.floor(minor / 100);
    const key = member.replace(/\.0$/, '');
    points[key] = (points[key] ?? 0) + (total < 0 ? -whole : whole);
  }
  if (name === 'online-retail') {
    expect(Object.values(points).reduce((sum, value) => sum + value, 0)).toBe(272_414);
  }
  return points;
}

function plainCells(text: string): string[] {
  return [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1] ?? '');
}
