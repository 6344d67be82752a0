// Conversions a second with their postings, on one thread, against the same exact work with
// decimal.js. Both find the rate of pair and day within what is timed: what is worked out once for
// each of them (the cross rate with its minor units) is kept on both sides, in maps of one shape.
// Both are given amounts as their own numbers. The ratio is what counts: machines differ.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Decimal } from 'decimal.js';
import { RateBook } from '../../shared/domain/rates/rate-book.ts';
import { acceptedDigits, benchCases, benchSnapshots, purchaseDigits } from './fx/cases.ts';
import { ExactBooks } from './fx/exact.ts';
import { measureLoading } from './fx/load.ts';
import { textOf } from './fx/unit-sums.ts';
import { DecimalBooks, decimalCase } from './fx/with-decimals.ts';

const loadingGoal = 3;
const goal = 8;
const allConversions = 1_000_000;
/** Both run in turn, so that what else the machine does meets both. */
const slices = 50;
const perSlice = allConversions / slices;

/** Of this thread alone: what else the machine does counts for neither side. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What was made before is collected before, so that neither side pays for it. */
function timedMs(work: () => void): number {
  collectGarbage();
  const began = cpuMs();
  work();
  return cpuMs() - began;
}

interface Measured {
  readonly exactMs: number;
  readonly decimalMs: number;
}

/** All of it, once more at the start to be warm; throws where a result or a sum differs. */
function measured(amountDigits: number): Measured {
  const snapshots = benchSnapshots();
  const exact = new ExactBooks(new RateBook('ecb', snapshots));
  const decimals = new DecimalBooks(snapshots);
  const run = (slice: number): Measured => {
    const mine = benchCases(slice * perSlice, perSlice, amountDigits);
    const theirs = mine.map(decimalCase);
    const kept: bigint[] = [];
    const other: Decimal[] = [];
    const exactMs = timedMs(() => {
      for (const each of mine) kept.push(exact.post(each));
    });
    const decimalMs = timedMs(() => {
      for (const each of theirs) other.push(decimals.post(each));
    });
    const differs = kept.findIndex((minor, index) => `${minor}` !== other[index]?.toFixed());
    if (differs >= 0) throw new Error(`Result ${slice * perSlice + differs} differs.`);
    return { exactMs, decimalMs };
  };
  run(slices);
  const parts = Array.from({ length: slices }, (_, slice) => run(slice));
  compareSums(exact, decimals);
  return {
    exactMs: parts.reduce((sum, part) => sum + part.exactMs, 0),
    decimalMs: parts.reduce((sum, part) => sum + part.decimalMs, 0),
  };
}

function compareSums(exact: ExactBooks, decimals: DecimalBooks): void {
  const own = textOf(exact.sums, String);
  const peer = textOf(decimals.sums, (sum) => sum.toFixed());
  for (const name of new Set([...Object.keys(own), ...Object.keys(peer)])) {
    if (own[name] !== peer[name]) throw new Error(`Sums differ: ${name}.`);
  }
  for (const [unit, { issued, fxPosition, rounding, wallets }] of exact.sums) {
    const sum = [...wallets.values()].reduce((total, wallet) => total + wallet.sum, issued);
    if (sum + fxPosition + rounding !== 0n) throw new Error(`${unit} does not balance.`);
  }
}

function perSecond(ms: number): number {
  return Math.round((allConversions / ms) * 1000);
}

function print(rows: readonly (readonly [name: string, value: string | number, goal: string])[]) {
  for (const [name, value, wanted] of rows) console.log(`${name}: ${value} ${wanted}`.trimEnd());
}

function compareConversions(): void {
  const { exactMs, decimalMs } = measured(purchaseDigits);
  const faster = decimalMs / exactMs;
  const widest = measured(acceptedDigits);
  print([
    ['conversions with their postings, all results and sums equal', allConversions, ''],
    ['conversions a second', perSecond(exactMs), ''],
    ['conversions a second, decimal.js', perSecond(decimalMs), ''],
    ['times as fast', faster.toFixed(1), `at least ${goal}`],
    ['with amounts of up to 18 digits', (widest.decimalMs / widest.exactMs).toFixed(1), ''],
  ]);
  if (faster < goal) process.exitCode = 1;
}

async function compareLoading(): Promise<void> {
  const { days, items, loadMs, plainMs, ratio, bareRatio } = await measureLoading();
  print([
    ['days of rates loaded, as so many items', `${days}, ${items}`, ''],
    ['milliseconds to load them', Math.round(loadMs), ''],
    ['milliseconds to parse them and write as many items', Math.round(plainMs), ''],
    ['times as long', ratio.toFixed(2), `at most ${loadingGoal}`],
    ['times as long as splitting lines and writing', bareRatio.toFixed(2), ''],
  ]);
  if (ratio > loadingGoal) process.exitCode = 1;
}

compareConversions();
await compareLoading();
