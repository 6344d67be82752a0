import { Command } from 'commander';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { formatInstant, type Instant, instantOf } from '../../../shared/domain/time.ts';
import { parseFaults } from '../../../test/providers/fake/tremendous.ts';
import { printJson, say, UsageError } from '../exit.ts';
import { requireInputFile } from '../input-file.ts';
import { readProgramFile } from '../program-file.ts';
import { playsHistory } from '../replay/periods.ts';
import { dayAfterLastEvent, parseTime } from '../run/as-of.ts';
import { firstEventTime } from '../run/events-in-time.ts';
import { historyStart } from '../run/play-history.ts';
import { createProgress } from '../run/progress.ts';
import { countLines } from '../run/read-lines.ts';
import { deadLetterLines, exitCodeOf, type RunSummary, runPipeline } from '../run/run-pipeline.ts';
import { keepRunRates, readRunRates, tellWithoutRates } from '../run/run-rates.ts';
import { openSession } from '../run/session.ts';
import { summaryTable } from '../run/summary-table.ts';
import { readRemembered, requireProgram } from '../state.ts';

interface RunOptions {
  readonly program: string;
  readonly events: string;
  readonly redeem?: string;
  readonly rates?: string;
  readonly state?: string;
  readonly asOf?: string;
  readonly faults?: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** `guerdon run`: a file of events, and one of redemptions, through the whole pipeline. */
export function runCommand(): Command {
  return new Command('run')
    .description('feed events and redemptions through the local stack and print a summary')
    .requiredOption('--program <file>', 'the program file')
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--redeem <file>', 'redemptions, one JSON object a line')
    .option('--rates <file>', 'exchange rates to keep first: ECB (CSV, XML), Open Exchange Rates')
    .option('--state <dir>', 'keep the state there, and go on from it')
    .option('--as-of <time>', "the run's present: an instant, or a date in the program's zone")
    .option('--faults <spec>', 'faults of the stand-in provider, such as lostAnswer=0.2,slow=0.1')
    .option('--seed <number>', 'seed of those faults', '1')
    .option('--json', 'print the summary as JSON')
    .action(async (options: RunOptions) => {
      const summary = await run(options);
      for (const line of deadLetterLines(summary)) say(line);
      if (options.json === true) printJson(summary);
      else process.stdout.write(summaryTable(summary));
      process.exitCode = exitCodeOf(summary);
    });
}

async function run(options: RunOptions): Promise<RunSummary> {
  const program = await readProgramFile(options.program);
  await requireInputFile(options.events);
  if (options.redeem !== undefined) await requireInputFile(options.redeem);
  const rates =
    options.rates === undefined ? undefined : await readRunRates(options.rates, program);
  const faults = options.faults === undefined ? undefined : readFaults(options.faults);
  const seed = Number(options.seed);
  if (!Number.isSafeInteger(seed)) throw new UsageError('--seed takes a whole number.');
  const asOf = await presentOf(options, program);
  const historyFrom = await historyOf(options, program, asOf);
  // Asked before the session notes a time of its own there.
  const isResumed = seenBy(options) !== undefined;
  const session = await openSession({
    ...{ program, asOf, seed, log: say },
    ...(historyFrom !== undefined && { startAt: historyStart(program, historyFrom) }),
    ...(options.state !== undefined && { stateDirectory: options.state }),
    ...(faults && { faults }),
  });
  try {
    const redeemPath = options.redeem;
    if (rates !== undefined) await keepRunRates(session.table.rates, rates);
    await tellWithoutRates(session.table.rates, program, options.state);
    return await runPipeline(session, {
      ...{ program, asOf, eventsPath: options.events, isResumed },
      ...(historyFrom !== undefined && { historyFrom }),
      progress: createProgress(await countLines(options.events)),
      ...(redeemPath !== undefined && { redeem: (feed) => feed.feedFile(redeemPath) }),
    });
  } finally {
    await session.close();
  }
}

/** The first event's time, where the program's calendar can bring anything since then. */
async function historyOf(
  options: RunOptions,
  program: Program,
  asOf: Instant,
): Promise<Instant | undefined> {
  const first = await firstEventTime(options.events);
  if (first === undefined) return undefined;
  // What earlier runs have seen is over.
  const from = instantOf(Math.max(first, seenBy(options) ?? first));
  return playsHistory(program, from, asOf) ? from : undefined;
}

/** The latest time that earlier runs on the state have shown. */
function seenBy({ state }: RunOptions): Instant | undefined {
  return state === undefined ? undefined : readRemembered(state)?.clock;
}

/** The run's present moves forward and never back. */
async function presentOf(options: RunOptions, program: Program): Promise<Instant> {
  const { asOf, events, state } = options;
  const remembered = state === undefined ? undefined : rememberedIn(state, program);
  const asked =
    asOf === undefined
      ? await dayAfterLastEvent(events, program.timeZone, instantOf(Date.now()))
      : parseTime('--as-of', asOf, program.timeZone);
  if (remembered === undefined || asked >= remembered) return asked;
  if (asOf !== undefined)
    say(`The state is at ${formatInstant(remembered)} already; it stays there.`);
  return remembered;
}

function rememberedIn(directory: string, { program }: Program): Instant | undefined {
  const remembered = readRemembered(directory);
  requireProgram(directory, remembered, program);
  return remembered?.asOf;
}

function readFaults(text: string) {
  try {
    return parseFaults(text);
  } catch (error) {
    throw new UsageError(`--faults: ${(error as Error).message}`);
  }
}
