import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProgramFile } from '../../../../../../infra/cli/program-file.ts';
import { toldIn, toldOf, wholeProgram } from './whole-program.ts';

const folder = join(import.meta.dirname, '../../../../../../shared/programs');
const shipped = ['online-retail.json', ...filesIn('seeds')];

function filesIn(name: string): string[] {
  const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.json'));
  return files.map((file) => join(name, file));
}

it('finds nothing in a program where everything fits', () => {
  expect(toldIn(wholeProgram())).toEqual([]);
});

it.each(shipped)('finds nothing in %s', async (file) => {
  const checked = await checkProgramFile(join(folder, file));
  expect('findings' in checked ? checked.findings : []).toEqual([]);
});

it('tells everything at once, in the order of the file, elements by their number', () => {
  const rule = (id: string) => ({ id, when: { type: ['lead.won'] }, award: fixed('PTZ') });
  const fixed = (unit: string) => ({ kind: 'fixed', unit, points: 1 });
  const rules = Array.from({ length: 7 }, (_, index) => rule(`more-${index}`));
  const told = toldOf(
    Object.fromEntries([
      ...[7, 6, 5, 4, 3, 2, 1].map((n) => [`/earning/rules/${n + 4}`, rules[n - 1]]),
      ['/earning/caps/1/window', 'day'],
      ['/languages/1', 'fr'],
    ]),
  );
  const pointers = told.map((line) => line.split(':')[0] ?? '');
  const units = [5, 6, 7, 8, 9, 10, 11].map((index) => `/earning/rules/${index}/award/unit`);
  const places = ['/earning/caps/1/window', ...units, '/units/PTS/names'];
  expect(pointers.filter((pointer) => places.includes(pointer))).toEqual(places);
});

/** Every place where the whole program gives something a name. */
const declared = [
  ...['PTS', 'MILES', 'EUR'].map((unit) => `/units/${unit}`),
  ...[1, 4].map((index) => `/earning/rules/${index}/id`),
  ...['/metrics/0/id', '/metrics/1/id', '/budgets/0/id'],
  ...['/tiers/levels/1/id', '/tiers/levels/2/id', '/segments/0/id', '/segments/1/id'],
  ...['/entitlements/lounge', '/entitlements/cake', '/productLists/tobacco'],
  ...['/currencies/0', '/countries/0', '/languages/1'],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) => `/eventTypes/${index}`),
];

describe('a name that is declared otherwise', () => {
  it.each(declared)('is missed where it is used: %s', (pointer) => {
    const program = wholeProgram();
    rename(program, pointer.split('/').slice(1));
    const told = toldIn(program);
    expect(told).not.toEqual([]);
    expect(told.every((line) => !line.startsWith(': '))).toBe(true);
  });
});

const otherNames: Readonly<Record<string, string>> = { currencies: 'USD', countries: 'AT' };

function rename(program: Record<string, unknown>, path: readonly string[]): void {
  const last = path.at(-1) ?? '';
  let parent: Record<string, unknown> = program;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  const value = parent[last];
  if (typeof value === 'string') {
    parent[last] = otherNames[path[0] ?? ''] ?? (value.length === 2 ? 'fr' : `${value}-x`);
    return;
  }
  // A key: the thing itself goes by another name.
  Reflect.deleteProperty(parent, last);
  parent[last === last.toUpperCase() ? `${last}X` : `${last}-x`] = value;
}
