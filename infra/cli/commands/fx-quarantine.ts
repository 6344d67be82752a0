import { Command } from 'commander';
import {
  type Dismissal,
  dismissQuarantined,
  quarantinedOn,
  type Release,
  releaseQuarantined,
} from '../../../shared/app/rates/keep-rates.ts';
import type { RateSource } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { QuarantinedSnapshot, RateStore } from '../../../shared/ports/rates.ts';
import { printJson } from '../exit.ts';
import { parseDay, sourceOption, usualSource } from '../fx/options.ts';
import { listQuarantined, refusalOfRelease, waitingDay } from '../fx/quarantine.ts';
import { refuseRates } from '../fx/refuse.ts';
import { lacksInWords, waitingInWords } from '../fx/words.ts';
import { withHeldState } from '../held-state.ts';

/** `guerdon fx quarantine`: the days that somebody must look at. */
export function quarantineCommand(): Command {
  return new Command('quarantine')
    .description('list the rates that are not used until somebody releases them')
    .requiredOption('--state <dir>', 'the state that holds them')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: { readonly state: string; readonly json?: boolean }) => {
      const waiting = await withHeldState(state, ({ table }) => listQuarantined(table.rates));
      if (json === true) return printJson(waiting);
      if (waiting.length === 0) print('Nothing waits.');
      for (const line of waiting.flatMap(waitingInWords)) print(line);
    });
}

/** `guerdon fx release DATE`. */
export function releaseCommand(): Command {
  return decisionCommand('release', releaseQuarantined)
    .description('use the rates of a day that waits in quarantine')
    .argument('<date>', 'the day of the rates');
}

/** `guerdon fx dismiss DATE`. */
export function dismissCommand(): Command {
  return decisionCommand('dismiss', dismissQuarantined)
    .description(
      'drop the rates of a day that waits in quarantine; a later refresh may bring others',
    )
    .argument('<date>', 'the day of the rates');
}

type Decision = (rates: RateStore, seen: QuarantinedSnapshot) => Promise<Release | Dismissal>;

const done = {
  released: 'are used from now on',
  known: 'were kept before',
  dismissed: 'are dropped',
};

function decisionCommand(name: string, decide: Decision): Command {
  return new Command(name)
    .requiredOption('--state <dir>', 'the state that holds them')
    .addOption(sourceOption().default(usualSource))
    .action(
      async (day: string, options: { readonly state: string; readonly source: RateSource }) => {
        const date = parseDay('The day', day);
        const { state, source } = options;
        await withHeldState(state, async ({ table: { rates } }) => {
          const waiting = await quarantinedOn(rates, source, date);
          if (waiting === undefined) return refuseRates([refusalOfRelease('absent', date)]);
          await decideOn(waiting, (seen) => decide(rates, seen));
        });
      },
    );
}

/** What is decided on is what has just been shown, and nothing that came after it. */
async function decideOn(
  seen: QuarantinedSnapshot,
  decide: (seen: QuarantinedSnapshot) => Promise<Release | Dismissal>,
): Promise<void> {
  const date: LocalDate = seen.snapshot.date;
  for (const line of waitingInWords(waitingDay(seen))) print(line);
  const outcome = await decide(seen);
  if (outcome === 'absent' || outcome === 'conflict' || outcome === 'replaced') {
    return refuseRates([refusalOfRelease(outcome, date)]);
  }
  print(`The rates of ${date} ${done[outcome]}.`);
  if (outcome === 'released') for (const line of lacksInWords(seen.findings)) print(line);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
