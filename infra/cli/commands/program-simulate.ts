import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import { exitCodes, printJson, UsageError } from '../exit.ts';
import { reasonOf } from '../import/system-reason.ts';
import { requireInputFile } from '../input-file.ts';
import { readProgramFile } from '../program-file.ts';
import { dayAfterLastEvent, parseTime } from '../run/as-of.ts';
import { createProgress } from '../run/progress.ts';
import { countLines } from '../run/read-lines.ts';
import { type SimulationReport, simulationReport } from '../simulate/report.ts';
import { reportPage } from '../simulate/report-page.ts';
import { reportText } from '../simulate/report-text.ts';
import { type ProgramSimulation, simulateProgram } from '../simulate/simulate-program.ts';
import { simulationRates } from '../simulate/simulation-rates.ts';

interface SimulateOptions {
  readonly program: string;
  readonly against?: string;
  readonly events: string;
  readonly asOf?: string;
  readonly rates?: string;
  readonly json?: boolean;
  readonly html?: string;
}

/** `guerdon program simulate`: what a program would have cost, and whom it would have served. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('play events through a program, in memory, and say what it would have cost')
    .requiredOption('--program <file>', 'the program file')
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--against <file>', 'the program to compare with')
    .option('--as-of <time>', "the present: an instant, or a date in the program's zone")
    .option('--rates <file>', 'rates of that time, for programs that convert money')
    .option('--json', 'print the report as JSON')
    .option('--html <file>', 'write the report as a page with charts')
    .action(async (options: SimulateOptions) => {
      // Before the work, which may take long.
      if (options.html !== undefined) await writePage(options.html, '');
      const report = await simulate(options);
      if (options.html !== undefined) await writePage(options.html, reportPage(report));
      if (options.json === true) printJson(report);
      else process.stdout.write(reportText(report));
      const isSound = report.new.ledger.balanced && report.old?.ledger.balanced !== false;
      process.exitCode = isSound ? exitCodes.done : exitCodes.findings;
    });
}

async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const { events, against } = options;
  const program = await readProgramFile(options.program);
  const old = against === undefined ? undefined : await readProgramFile(against);
  await requireInputFile(events);
  const rates = await simulationRates(
    options.rates,
    old === undefined ? [program] : [program, old],
  );
  const asOf = await presentOf(options, program);
  const lines = await countLines(events);
  const play = async (name: string, played: Program) => {
    let simulation: ProgramSimulation | undefined;
    await createProgress(lines).counted(name, async (onProgress) => {
      const input = { program: played, eventsPath: events, asOf, onProgress };
      simulation = await simulateProgram({ ...input, ...(rates && { rates }) });
    });
    if (simulation === undefined) throw new Error('A simulation has a result.');
    return simulation;
  };
  const next = await play('Events played', program);
  return simulationReport(next, old && (await play('Old program', old)));
}

function presentOf({ asOf, events }: SimulateOptions, { timeZone }: Program): Promise<Instant> {
  if (asOf === undefined) return dayAfterLastEvent(events, timeZone, instantOf(Date.now()));
  return Promise.resolve(parseTime('--as-of', asOf, timeZone));
}

async function writePage(path: string, page: string): Promise<void> {
  try {
    await writeFile(path, page);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}
