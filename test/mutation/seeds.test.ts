import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadScenarios, seedScenarioFiles } from '../../infra/cli/replay/scenario-files.ts';
import { playMutants, type SeedReport } from './play-mutants.ts';
import { acceptedSurvivors } from './survivors.ts';

/*
 * Changes every figure, date and word that steers in the seed programs, one at a time, and plays
 * their scenarios on what comes out: a change that all of them pass is a rule that none of them
 * pins. What is refused when it is read is no program, and counts for nothing.
 */
const leastKilledPercent = 95;
const timeoutMs = 600_000;

const files = await seedScenarioFiles();
const seeds = files.map((path) => basename(path, '.json'));

describe('seed programs, one change at a time', () => {
  const reports = new Map<string, SeedReport>();

  beforeAll(async () => {
    for (const path of files) {
      reports.set(basename(path, '.json'), await playMutants(await loadScenarios(path)));
    }
  }, timeoutMs);

  it.each(seeds)('%s', (seed) => {
    const { broken = [], mutants = 0, refused = 0, survivors = [] } = reports.get(seed) ?? {};
    const listed = acceptedOf(seed);
    const found = survivors.map(textOf);
    const unlisted = found.filter((survivor) => !listed.includes(survivor));
    print(
      `${seed}: ${mutants} mutants, ${mutants - found.length} killed, ${found.length} survive ` +
        `(${unlisted.length} without a reason); ${refused} refused`,
      ...unlisted.map((survivor) => `  ${survivor}`),
    );
    expect({ 'scenarios that fail': broken }).toEqual({ 'scenarios that fail': [] });
    const stale = listed.filter((survivor) => !found.includes(survivor));
    expect({ 'listed, and killed': stale }).toEqual({ 'listed, and killed': [] });
  });

  it(`${leastKilledPercent} % are killed`, () => {
    const all = [...reports.values()];
    const mutants = sumOf(all.map((report) => report.mutants));
    const survivors = sumOf(all.map((report) => report.survivors.length));
    const killedPercent = (100 * (mutants - survivors)) / mutants;
    print(`${mutants} mutants, ${survivors} survive: ${killedPercent.toFixed(1)} % killed`);
    expect(killedPercent).toBeGreaterThanOrEqual(leastKilledPercent);
  });

  it('what is listed belongs to a seed program', () => {
    expect(Object.keys(acceptedSurvivors).filter((seed) => !seeds.includes(seed))).toEqual([]);
  });
});

function acceptedOf(seed: string): string[] {
  const accepted = acceptedSurvivors[seed] ?? [];
  return accepted.flatMap(({ pointer, changes }) =>
    changes.map((change) => textOf({ pointer, change })),
  );
}

function textOf({ pointer, change }: { readonly pointer: string; readonly change: string }) {
  return `${pointer} ${change}`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
