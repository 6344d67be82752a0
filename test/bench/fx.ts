// Conversions a second with their postings, on one thread, against the same exact work with
// decimal.js. The ratio is what counts: machines differ.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RateBook } from '../../shared/domain/rates/rate-book.ts';
import { benchCases, benchSnapshots } from './fx/cases.ts';
import { ExactBooks, exactCase } from './fx/exact.ts';
import { measureLoading } from './fx/load.ts';
import { textOf } from './fx/unit-sums.ts';
import { DecimalBooks, decimalCase } from './fx/with-decimals.ts';

const loadingGoal = 3;
const goal = 8;
const allConversions = 1_000_000;
/** Both run in turn; a slice is long enough that each collects its own garbage in it. */
const slices = Number(process.env.SLICES ?? 20);
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

/** The slowest of the fastest quarter: neighbours in the caches only ever slow a slice down. */
function undisturbedMs(sliceMs: readonly number[]): number {
  return sliceMs.toSorted((one, other) => one - other)[slices / 4 - 1] ?? Number.NaN;
}

interface Measured {
  readonly exactMs: readonly number[];
  readonly decimalMs: readonly number[];
}

/** Throws where a result or a sum of the books differs. */
function measured(): Measured {
  const snapshots = benchSnapshots();
  const [exact, decimals] = [new ExactBooks(), new DecimalBooks()];
  const toExact = exactCase(new RateBook('ecb', snapshots));
  const toDecimal = decimalCase(snapshots);
  const [exactMs, decimalMs]: [number[], number[]] = [[], []];
  for (let slice = 0; slice < slices; slice += 1) {
    const cases = benchCases(slice * perSlice, perSlice);
    const mine = cases.map(toExact);
    const theirs = cases.map(toDecimal);
    const kept: bigint[] = [];
    const other: { toFixed(): string }[] = [];
    exactMs.push(
      timedMs(() => {
        for (const each of mine) kept.push(exact.post(each));
      }),
    );
    decimalMs.push(
      timedMs(() => {
        for (const each of theirs) other.push(decimals.post(each));
      }),
    );
    const differs = kept.findIndex((minor, index) => `${minor}` !== other[index]?.toFixed());
    if (differs >= 0) throw new Error(`Result ${slice * perSlice + differs} differs.`);
  }
  const [own, peer] = [textOf(exact.sums, String), textOf(decimals.sums, (sum) => sum.toFixed())];
  for (const name of Object.keys(peer)) {
    if (own[name] !== peer[name]) throw new Error(`Sums differ: ${name}.`);
  }
  return { exactMs, decimalMs };
}

function perSecond(ms: number, conversions: number): number {
  return Math.round((conversions / ms) * 1000);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function main(): Promise<void> {
  const { exactMs, decimalMs } = measured();
  const [exactAll, decimalAll] = [sumOf(exactMs), sumOf(decimalMs)];
  const [exact, decimals] = [undisturbedMs(exactMs), undisturbedMs(decimalMs)];
  const faster = decimals / exact;
  const rows = [
    ['conversions with their postings, results and sums equal', allConversions, ''],
    ['conversions a second', perSecond(exact, perSlice), ''],
    ['conversions a second, decimal.js', perSecond(decimals, perSlice), ''],
    ['times as fast', faster.toFixed(1), `at least ${goal}`],
    ['times as fast, disturbed slices included', (decimalAll / exactAll).toFixed(1), ''],
  ];
  for (const [name, value, wanted] of rows) console.log(`${name}: ${value} ${wanted}`.trimEnd());
  if (faster < goal) process.exitCode = 1;
  await compareLoading();
}

async function compareLoading(): Promise<void> {
  const { days, items, loadMs, plainMs, ratio, bareRatio } = await measureLoading();
  const rows = [
    ['days of rates loaded, as so many items', `${days}, ${items}`, ''],
    ['milliseconds to load them', Math.round(loadMs), ''],
    ['milliseconds to parse them and write as many items', Math.round(plainMs), ''],
    ['times as long', ratio.toFixed(2), `at most ${loadingGoal}`],
    ['times as long as splitting lines and writing', bareRatio.toFixed(2), ''],
  ];
  for (const [name, value, wanted] of rows) console.log(`${name}: ${value} ${wanted}`.trimEnd());
  if (ratio > loadingGoal) process.exitCode = 1;
}

await main();
