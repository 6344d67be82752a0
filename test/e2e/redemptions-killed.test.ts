import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { Dice } from '../simulation/customers.ts';
import { temporaryFolder } from '../support/guerdon.ts';
import type { WorkReport } from './support/killed-worker.ts';
import { StruckFaults, startWorker } from './support/to-be-killed.ts';

const workerPath = join(import.meta.dirname, 'support/killed-worker.ts');
const seed = Number(process.env.GUERDON_SEED ?? '20260302');
/** A thousand take some five minutes of processor time: `GUERDON_REDEMPTIONS=1000` plays them. */
const count = Number(process.env.GUERDON_REDEMPTIONS ?? '60');

it(`${count} redemptions are as many rewards or clean releases (seed ${seed})`, async () => {
  process.stdout.write(`${count} redemptions: seed ${seed}\n`);
  const dice = new Dice(seededRandomness(seed));
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  const faults = new StruckFaults();
  const work = () => startWorker(workerPath, { state, seed: `${seed}`, count: `${count}` });
  // While members redeem, who are told of by twenties, and while rewards are delivered.
  const twenties = Math.ceil((count * (5 + dice.below(35))) / 1000);
  const first = await work().killAfter({
    line: `accepted ${20 * Math.min(twenties, Math.ceil(count / 20) - 1)}\n`,
    afterMs: dice.below(900),
  });
  const afterMs = count + dice.below(4 * count);
  const second = await work().killAfter({ line: 'open', afterMs });
  const last = await work().ended;
  if (last.status !== 0) throw new Error(last.said.slice(-3000));
  for (const { said } of [first, second, last]) faults.add(said);
  const report: WorkReport = JSON.parse(last.output);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  expect(report.captured + report.released).toBe(count);
  expect(report).toMatchObject({ wrong: [], deadLetters: 0, mismatches: 0 });
  expect(new Set(Object.values(report.sumByUnit))).toEqual(new Set(['0']));
  expect(report.released).toBeGreaterThan(0);
  const issued = Object.values(report.perProvider);
  expect(issued.reduce((sum, each) => sum + each, 0)).toBe(report.captured);
  // Few orders meet few of the four: who is cheapest gets most of them.
  const met = issued.filter((each) => each > 0).length;
  expect(met).toBeGreaterThanOrEqual(count >= 1000 ? 4 : 2);
  for (const reason of report.cases) expect(knownReasons).toContain(reason);
  const { struck, idle } = faults.told();
  process.stdout.write(`faults that never struck: ${idle.join(', ')}\n`);
  // Few orders go to the dearer providers; the certification of each plays every fault.
  expect(struck.length).toBeGreaterThan(count >= 1000 ? 10 : 4);
}, 900_000);

/** A case that asks a person something; a reward too many is none of them. */
const knownReasons = ['UNSETTLED'];
