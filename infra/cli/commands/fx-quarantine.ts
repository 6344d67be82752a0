import { Command } from 'commander';
import { type Release, releaseQuarantined } from '../../../shared/app/keep-rates.ts';
import type { RateSource } from '../../../shared/domain/rates/snapshot.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { printJson } from '../exit.ts';
import { parseDay, sourceOption, usualSource } from '../fx/options.ts';
import { listQuarantined, refusalOfRelease } from '../fx/quarantine.ts';
import { refuseRates } from '../fx/refuse.ts';
import { findingsInWords } from '../fx/words.ts';
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
      for (const { source, date, since, findings } of waiting) {
        print(`${source} ${date}, since ${since}:`);
        for (const line of findingsInWords(findings)) print(`  ${line}`);
      }
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
  return decisionCommand('dismiss', (rates, source, date) => rates.dismiss(source, date))
    .description(
      'drop the rates of a day that waits in quarantine; a later refresh may bring others',
    )
    .argument('<date>', 'the day of the rates');
}

type Decision = (
  rates: RateStore,
  source: RateSource,
  date: LocalDate,
) => Promise<Release | 'dismissed'>;

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
        const outcome = await withHeldState(state, ({ table }) =>
          decide(table.rates, source, date),
        );
        if (outcome === 'absent' || outcome === 'conflict') {
          return refuseRates([refusalOfRelease(outcome, date)]);
        }
        print(`The rates of ${date} ${done[outcome]}.`);
      },
    );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
