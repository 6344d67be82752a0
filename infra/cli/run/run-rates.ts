import type { RateFile } from '../../../shared/adapters/rates/rate-day.ts';
import { needsRates } from '../../../shared/domain/program/rates-needed.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { say, UsageError } from '../exit.ts';
import { loadRates } from '../fx/load.ts';
import { readRatesAt } from '../fx/read-rates.ts';
import type { RatesRefusal } from '../fx/refuse.ts';
import { reportInWords } from '../fx/words.ts';

/** Rates that a run is given, in a file. */
export interface RunRates {
  readonly path: string;
  readonly file: RateFile;
}

/** Throws a UsageError where the file cannot be used whole, or the program takes other rates. */
export async function readRunRates(path: string, program: Program): Promise<RunRates> {
  const read = await readRatesAt(path);
  if (!read.ok) throw refused([read.failure]);
  const { source } = read.value;
  const wanted = program.money.rateSource;
  if (needsRates(program) && source !== wanted) {
    throw new UsageError(`${program.program} takes rates of ${wanted}; ${path} has ${source}.`);
  }
  return { path, file: read.value };
}

/**
 * Keeps what a run is given beside what its state has, as `fx load` does. Throws a UsageError, with
 * nothing kept, where the two contradict each other or a day has not begun.
 */
export async function keepRunRates(rates: RateStore, { path, file }: RunRates): Promise<void> {
  // Whether a day lies in the future is a question to the machine's clock, as `fx load` asks it.
  const clock = { now: () => instantOf(Date.now()) };
  const loading = await loadRates({ rates, clock, path }, file);
  if (loading.kind === 'refused') throw refused(loading.refusals);
  const { report } = loading;
  say(`Rates of ${reportInWords(report)[0]}`);
  if (report.quarantined.length === 0) return;
  say(
    `RATES_QUARANTINED: ${path}: The rates of ${report.from} are not used yet. ` +
      'See what is odd about them with: guerdon fx quarantine',
  );
}

/** Says so where a program converts money and has nothing to convert it by. */
export async function tellWithoutRates(
  rates: RateStore,
  program: Program,
  stateDirectory: string | undefined,
): Promise<void> {
  if (!needsRates(program)) return;
  const source = program.money.rateSource;
  for await (const { snapshots } of rates.months(source)) if (snapshots.size > 0) return;
  const load =
    stateDirectory === undefined
      ? ''
      : `, or once with: guerdon fx load FILE --state ${stateDirectory}`;
  say(
    `${program.program} converts money, and there are no rates of ${source} here: what needs one ` +
      `is refused (RATE_STALE). Give a file of rates with --rates FILE${load}`,
  );
}

/** Of many refusals the first is said. */
function refused(refusals: readonly RatesRefusal[]): UsageError {
  const told = refusals
    .slice(0, 1)
    .map(({ code, where, sentence }) => `${code}: ${where}: ${sentence}`);
  const more = refusals.length - told.length;
  return new UsageError([...told, ...(more > 0 ? [`${more} more are not shown.`] : [])].join('\n'));
}
