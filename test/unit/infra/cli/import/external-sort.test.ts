import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExternalSort, type SortRow } from '../../../../../infra/cli/import/external-sort.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guerdon-sort-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function sortOf(maxBufferedBytes: number, maxOpenRuns: number): ExternalSort {
  return new ExternalSort({ folder, name: 'rows', maxBufferedBytes, maxOpenRuns });
}

test('rows come out by key, then line, however few fit into memory', () => {
  const rows = fc.array(
    fc.record({ key: fc.string().map((text) => JSON.stringify(text)), line: fc.nat(1_000_000) }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 4_000 }), (unsorted, maxBufferedBytes) => {
      const sort = sortOf(maxBufferedBytes, 3);
      const withPayload = unsorted.map((row, index) => ({ ...row, payload: `"é${index}"` }));
      for (const row of withPayload) sort.add(row);
      const sorted = [...sort.sorted()];
      const byPlace = (left: SortRow, right: SortRow) =>
        left.key === right.key ? left.line - right.line : left.key < right.key ? -1 : 1;
      expect(sorted.map(({ key, line }) => ({ key, line }))).toEqual(
        [...withPayload].sort(byPlace).map(({ key, line }) => ({ key, line })),
      );
      const payloads = (list: SortRow[]) => list.map((row) => row.payload).sort();
      expect(payloads(sorted)).toEqual(payloads(withPayload));
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('rows that fit never touch the disk; more runs than may be open are merged in rounds', () => {
  const small = sortOf(1_000_000, 4);
  small.add({ key: '""', line: 1, payload: '1' });
  expect([...small.sorted()]).toHaveLength(1);
  expect(small.runCount).toBe(0);
  const large = sortOf(1, 4);
  for (let line = 50; line > 0; line -= 1) large.add({ key: '""', line, payload: '1' });
  expect([...large.sorted()].map((row) => row.line)).toEqual(
    [...Array(50).keys()].map((n) => n + 1),
  );
  expect(large.runCount).toBeGreaterThan(50);
});
