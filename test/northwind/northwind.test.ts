import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readProgramFile } from '../../infra/cli/program-file.ts';
import { temporaryFolder } from '../support/guerdon.ts';
import type { Books } from './books.ts';
import {
  assortmentPath,
  bofaPath,
  brakesPath,
  furtherLines,
  importOrders,
  type Northwind,
  readNorthwind,
} from './history.ts';
import { type Line, MemoryStage } from './memory-stage.ts';
import { bofaBooks, brakesBooks } from './oracle.ts';

it('plays Northwind as Brakes: by product, partly donated, vesting after 30 days', async () => {
  const northwind = readNorthwind();
  if (northwind === undefined) return;
  await compare(northwind, brakesPath, brakesBooks(northwind, assortmentPath));
});

it('plays Northwind as BofA: 1.5 % and a bonus by the spend of three months', async () => {
  const northwind = readNorthwind();
  if (northwind === undefined) return;
  await compare(northwind, bofaPath, bofaBooks(northwind));
});

async function compare(real: Northwind, programPath: string, books: Books): Promise<void> {
  const { history, asOf } = real;
  const outPath = join(await temporaryFolder(), 'orders.jsonl');
  await importOrders(real, outPath);
  const orders = (await readFile(outPath, 'utf8')).trim().split('\n');
  const lines = [
    ...furtherLines(real, programPath === brakesPath),
    ...orders.map((line): unknown => JSON.parse(line)),
  ] as Line[];
  const stage = await MemoryStage.of(await readProgramFile(programPath), '2021-06-30', history);
  expect((await stage.play(lines)).slice(0, 5)).toEqual([]);
  await stage.reach(asOf);
  const found = stage.found();
  expect(found.unbalanced).toBe(0);
  expect(found.debts.told()).toEqual({});
  expect(found.available.told()).toEqual(books.available.told());
  expect(found.vesting.told()).toEqual(books.vesting.told());
  expect(found.accounts.told()).toEqual(books.accounts.told());
}
