import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandomness } from '../faults/seeded-randomness.ts';
import { Dice } from '../simulation/customers.ts';
import { temporaryFolder } from '../support/guerdon.ts';
import type { WorkReport } from './support/killed-worker.ts';

const workerPath = join(import.meta.dirname, 'support/killed-worker.ts');
const seed = Number(process.env.GUERDON_SEED ?? '20260302');
/** A thousand take some five minutes of processor time: `GUERDON_REDEMPTIONS=1000` plays them. */
const count = Number(process.env.GUERDON_REDEMPTIONS ?? '100');
const minuteMs = 60_000;

it(`${count} redemptions are as many rewards or clean releases (seed ${seed})`, async () => {
  process.stdout.write(`${count} redemptions: seed ${seed}\n`);
  const dice = new Dice(seededRandomness(seed));
  const folder = await temporaryFolder();
  const state = join(folder, 'state');
  // While members redeem, and while rewards are delivered.
  await killed(state, {
    line: `accepted ${20 * Math.ceil((count * (5 + dice.below(35))) / 1000)}\n`,
    afterMs: dice.below(900),
  });
  await killed(state, { line: 'open', afterMs: count + dice.below(4 * count) });

  const report = await finished(state);
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
  const idle = [...struck].filter(([, times]) => times === 0).map(([fault]) => fault);
  process.stdout.write(`faults that never struck: ${idle.join(', ')}\n`);
  // Few orders go to the dearer providers; the certification of each plays every fault.
  expect(struck.size - idle.length).toBeGreaterThan(count >= 1000 ? 10 : 4);
}, 900_000);

/** A case that asks a person something; a reward too many is none of them. */
const knownReasons = ['UNSETTLED'];

function start(state: string) {
  const told = ['--state', state, '--seed', String(seed), '--count', String(count)];
  const child = spawn(process.execPath, [workerPath, ...told], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<{ status: number | null; output: string; said: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, output, said }));
  });
  return { child, said: () => said, ended };
}

/** How often each fault struck in all workers together. */
const struck = new Map<string, number>();

/** What a worker has told last of its faults. */
function countFaults(said: string): void {
  const [, last = '{}'] =
    said
      .split('\n')
      .findLast((line) => line.startsWith('faults '))
      ?.split(' ') ?? [];
  for (const [fault, times] of Object.entries(JSON.parse(last) as Record<string, number>)) {
    struck.set(fault, (struck.get(fault) ?? 0) + times);
  }
}

/** Starts a worker and kills it a little after it has said something. */
async function killed(
  state: string,
  due: { readonly line: string; readonly afterMs: number },
): Promise<void> {
  const { child, said, ended } = start(state);
  for (let waitedMs = 0; !said().includes(due.line); waitedMs += 20) {
    if (child.exitCode !== null || waitedMs > 3 * minuteMs) throw new Error(said().slice(-2000));
    await wait(20);
  }
  await wait(due.afterMs);
  expect(child.kill('SIGKILL')).toBe(true);
  await ended;
  countFaults(said());
  for (let tries = 0; tries < 1200 && isHeld(state); tries += 1) await wait(50);
}

/** Whether a process still has the state in its command line. */
function isHeld(state: string): boolean {
  const table = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return table.split('\n').some((line) => line.includes(state) && !line.includes('ps -eo'));
}

async function finished(state: string): Promise<WorkReport> {
  const { status, output, said } = await start(state).ended;
  if (status !== 0) throw new Error(said.slice(-3000));
  countFaults(said);
  return JSON.parse(output) as WorkReport;
}
