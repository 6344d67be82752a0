import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BalanceCommand } from '../../../../../infra/cli/import/balance-commands.ts';
import {
  type BalanceImportSummary,
  importBalances,
} from '../../../../../infra/cli/import/import-balances.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

const programPath = join(import.meta.dirname, '../../../../../shared/programs/online-retail.json');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guerdon-balances-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Imported {
  readonly summary: BalanceImportSummary;
  readonly commands: readonly BalanceCommand[];
  readonly rejected: readonly string[];
}

async function imported(lines: readonly string[], maxBufferedBytes?: number): Promise<Imported> {
  const [inPath, outPath] = [join(folder, 'in.csv'), join(folder, 'out.jsonl')];
  writeFileSync(inPath, lines.join('\n'));
  const summary = await importBalances({
    ...{ programPath, inPath, outPath, at: instantOf(Date.UTC(2026, 2, 1)) },
    ...{ actor: 'clerk', reason: 'migration' },
    ...(maxBufferedBytes !== undefined && { maxBufferedBytes }),
  });
  const written = readFileSync(outPath, 'utf8').split('\n').slice(0, -1);
  const [header, ...rejected] = readFileSync(summary.rejectedPath, 'utf8').split('\n').slice(0, -1);
  expect(header).toBe('line,code,field');
  const commands = written.map((line) => JSON.parse(line) as BalanceCommand);
  for (const command of commands) expect(readMemberCommand(command)).toMatchObject({ ok: true });
  return { summary, commands, rejected };
}

const head = 'member,unit,points,expiresOn';

describe('a file of balances', () => {
  it('becomes one command a member, with ids of its own', async () => {
    const { commands, summary } = await imported([
      head,
      'bob,PTS,5,2027-01-01',
      'ann,PTS,7,',
      ' bob , PTS , 3 , 2026-06-01 ',
      'carl,PTS,0,',
    ]);
    const common = { source: 'import-balances', actor: 'clerk', type: 'opening.balance' };
    const occurredAt = '2026-03-01T00:00:00.000Z';
    const lots = [
      { unit: 'PTS', points: 3, expiresOn: '2026-06-01' },
      { unit: 'PTS', points: 5, expiresOn: '2027-01-01' },
    ];
    const reason = 'migration';
    expect(commands).toEqual([
      { ...common, id: 'bob/1', member: 'bob', occurredAt, data: { lots, reason } },
      {
        ...{ ...common, id: 'ann/1', member: 'ann', occurredAt },
        data: { lots: [{ unit: 'PTS', points: 7 }], reason },
      },
    ]);
    expect(summary).toMatchObject({
      ...{ records: 4, members: 2, commands: 2, emptyLines: 1, rejectedLines: 0 },
      ...{ pointsRead: { PTS: 15 }, pointsWritten: { PTS: 15 } },
    });
  });

  it('may leave out the column of dates, and orders its own as it likes', async () => {
    const { commands } = await imported(['points,note,member,unit', '5,hello,ann,PTS']);
    expect(commands[0]?.data.lots).toEqual([{ unit: 'PTS', points: 5 }]);
  });

  it('makes more commands where a member has more than 24 lots', async () => {
    const days = Array.from({ length: 50 }, (_, day) => `ann,PTS,${day + 1},${2027 + day}-01-01`);
    const { commands } = await imported([head, ...days]);
    const told = commands.map(({ id, data }) => [id, data.lots.length]);
    expect(told).toEqual([
      ['ann/1', 24],
      ['ann/2', 24],
      ['ann/3', 2],
    ]);
  });

  it('makes the same commands whatever the order of its lines, and on disk', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, at) => `m${at % 7},PTS,${at + 1},${2030 + at}-01-01`,
    );
    const byId = ({ commands }: Imported) =>
      commands.toSorted((left, right) => (left.id < right.id ? -1 : 1));
    const once = byId(await imported([head, ...lines]));
    expect(byId(await imported([head, ...lines.toReversed()]))).toEqual(once);
    expect(byId(await imported([head, ...lines], 1))).toEqual(once);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('a bad line', () => {
  it.each([
    ['ann,XYZ,5,', 'UNKNOWN_UNIT,unit'],
    ['ann,PTS,-5,', 'INVALID_POINTS,points'],
    ['ann,PTS,1.5,', 'INVALID_POINTS,points'],
    ['ann,PTS,1000000001,', 'INVALID_POINTS,points'],
    ['ann,PTS,,', 'INVALID_POINTS,points'],
    ['ann,PTS,5,2027-02-29', 'INVALID_DATE,expiresOn'],
    ['ann,PTS,5,2100-01-01', 'INVALID_DATE,expiresOn'],
    ['ann,PTS,5,2026-03-01', 'LOT_EXPIRED,expiresOn'],
    [`ann,PTS,${'5'.repeat(129)},`, 'VALUE_TOO_LONG,points'],
  ])('%j takes its whole member out, and nobody else', async (bad, told) => {
    const { commands, rejected, summary } = await imported([
      head,
      'ann,PTS,5,2027-01-01',
      'bob,PTS,6,',
      bad,
      'ann,PTS,7,',
    ]);
    expect(commands.map(({ member }) => member)).toEqual(['bob']);
    const incomplete = 'BALANCE_INCOMPLETE,member';
    expect(rejected).toEqual([`2,${incomplete}`, `4,${told}`, `5,${incomplete}`]);
    expect(summary).toMatchObject({ pointsRead: { PTS: 18 }, pointsWritten: { PTS: 6 } });
  });

  it.each([
    [',PTS,5,', '3,MEMBER_MISSING,member'],
    ['ann,PTS,5', '3,FIELD_COUNT,'],
    ['"ann,PTS,5,', '3,MALFORMED_CSV,'],
  ])('%j could be anybody, so that nobody opens', async (bad, told) => {
    const { commands, rejected } = await imported([head, 'bob,PTS,6,', bad]);
    expect(commands).toEqual([]);
    expect(rejected).toEqual(['2,FILE_INCOMPLETE,', told]);
  });

  it("with a reference of Guerdon's own is its own member's", async () => {
    const { commands, rejected } = await imported([head, '@x,PTS,5,', 'bob,PTS,6,']);
    expect(commands).toHaveLength(1);
    expect(rejected).toEqual(['2,INVALID_MEMBER,member']);
  });
});

it('refuses a file without a column, and a reason that the program does not know', async () => {
  await expect(imported(['member,points', 'ann,5'])).rejects.toThrow('no column named "unit"');
  const inPath = join(folder, 'in.csv');
  const outPath = join(folder, 'none.jsonl');
  const request = { programPath, inPath, outPath, at: instantOf(0), actor: 'clerk' };
  await expect(importBalances({ ...request, reason: 'luck' })).rejects.toThrow('no reason luck');
  await expect(
    importBalances({ ...request, reason: 'migration', outPath: inPath }),
  ).rejects.toThrow('would overwrite');
  expect(existsSync(outPath)).toBe(false);
});

it('what comes out is what came in, less the members that are rejected', async () => {
  const member = fc.constantFrom('ann', 'bob', 'carl', 'dora');
  const points = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 1_000_000_000 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('-1', 'x', '') },
  );
  const line = fc.record({
    member,
    points,
    expiresOn: fc.constantFrom('', '2026-12-31', '2030-01-01'),
  });
  const property = fc.asyncProperty(fc.array(line, { maxLength: 80 }), async (lines) => {
    const rows = lines.map(({ member: who, points: count, expiresOn }) => [
      who,
      'PTS',
      count,
      expiresOn,
    ]);
    const { commands, summary, rejected } = await imported([
      head,
      ...rows.map((row) => row.join(',')),
    ]);
    const spoilt = new Set<string>(
      lines.filter((each) => !/^\d+$/.test(each.points)).map((each) => each.member),
    );
    for (const who of ['ann', 'bob', 'carl', 'dora']) {
      const own = lines.filter((each) => each.member === who);
      const expected = spoilt.has(who) ? [] : own.map((each) => Number(each.points));
      const lots = commands.filter((each) => each.member === who).flatMap(({ data }) => data.lots);
      expect(sum(lots.map((lot) => lot.points))).toBe(sum(expected));
    }
    expect(rejected).toHaveLength(lines.filter((each) => spoilt.has(each.member)).length);
    expect(summary.pointsWritten.PTS ?? 0).toBe(
      sum(commands.flatMap(({ data }) => data.lots.map((lot) => lot.points))),
    );
  });
  await fc.assert(property, { numRuns: 60, seed: 41 });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
