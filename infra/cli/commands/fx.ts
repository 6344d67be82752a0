import { Command } from 'commander';
import type { RateSource } from '../../../shared/domain/rates/snapshot.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { exitCodes, guerdon, printJson, say } from '../exit.ts';
import { type Loading, loadRates } from '../fx/load.ts';
import { parseDay, rateTerms, sourceOption } from '../fx/options.ts';
import {
  conversionAnswer,
  findRate,
  type RateQuestion,
  rateAnswer,
  readAmountMinor,
} from '../fx/question.ts';
import { readRatesAt } from '../fx/read-rates.ts';
import { refuseQuestion, refuseRates } from '../fx/refuse.ts';
import { conversionInWords, findingsInWords, rateInWords, reportInWords } from '../fx/words.ts';
import { withHeldState } from '../held-state.ts';
import { positionCommand } from './fx-position.ts';
import { dismissCommand, quarantineCommand, releaseCommand } from './fx-quarantine.ts';

/** `guerdon fx`: exchange rates and the books in currencies. */
export function fxCommand(): Command {
  return new Command('fx')
    .description('exchange rates, conversions, and what they leave open in the books')
    .addCommand(loadCommand())
    .addCommand(quarantineCommand())
    .addCommand(releaseCommand())
    .addCommand(dismissCommand())
    .addCommand(rateCommand())
    .addCommand(convertCommand())
    .addCommand(positionCommand());
}

/** The machine's clock: whether a day lies in the future is a question to it alone. */
const machineClock = { now: () => instantOf(Date.now()) };

function loadCommand(): Command {
  return new Command('load')
    .description('keep the rates of a file: ECB daily or history (CSV, XML), Open Exchange Rates')
    .argument('<file>', 'the file of rates')
    .requiredOption('--state <dir>', 'the state to keep them in; made where there is none')
    .option('--keep-known', 'leave days as they are of which other rates are kept, and list them')
    .option('--json', 'print JSON')
    .action(async (path: string, options: LoadOptions) => {
      const { state, keepKnown: keepsKnown = false } = options;
      const read = await readRatesAt(path);
      if (!read.ok) return refuseRates([read.failure]);
      const settings = { clock: machineClock, path, keepsKnown };
      const loading = await withHeldState(
        state,
        ({ table: { rates } }) => loadRates({ ...settings, rates }, read.value),
        { creates: true },
      );
      if (loading.kind === 'refused') return refuseLoading(loading);
      const { report } = loading;
      if (options.json === true) printJson(report);
      else for (const line of reportInWords(report)) print(line);
      if (report.quarantined.length === 0) return;
      const day = `${report.from} --source ${report.source} --state ${state}`;
      say(`RATES_QUARANTINED: ${path}: The rates of ${report.from} are not used yet:`);
      for (const line of findingsInWords(report.quarantined)) say(`  ${line}`);
      say(`Use them with: ${guerdon} fx release ${day}`);
      say(`Or drop them with: ${guerdon} fx dismiss ${day}`);
      process.exitCode = exitCodes.findings;
    });
}

interface LoadOptions {
  readonly state: string;
  readonly keepKnown?: boolean;
  readonly json?: boolean;
}

function refuseLoading({ refusals, standing }: Extract<Loading, { kind: 'refused' }>): void {
  refuseRates(refusals);
  if (standing.length === 0) return;
  say(
    `${standing.length} days of the file were kept before somebody else brought other rates, and ` +
      'stay. Load it again to keep the rest, with --keep-known if they are to be left.',
  );
}

interface QuestionOptions {
  readonly from: string;
  readonly to: string;
  readonly on: string;
  readonly state: string;
  readonly program?: string;
  readonly source?: RateSource;
  readonly json?: boolean;
}

function questionCommand(name: string): Command {
  return new Command(name)
    .requiredOption('--from <currency>', 'the currency that is given')
    .requiredOption('--to <currency>', 'the currency that is got')
    .requiredOption('--on <day>', 'the day whose rate is wanted')
    .requiredOption('--state <dir>', 'the state that holds the rates')
    .option(
      '--program <file>',
      'the program that says whose rates, and how old they may be; else ECB, 7 days',
    )
    .addOption(sourceOption())
    .option('--json', 'print JSON');
}

async function ask(options: QuestionOptions) {
  const { from, to } = options;
  const on = parseDay('--on', options.on);
  const question: RateQuestion = { from, to, on, ...(await rateTerms(options)) };
  return withHeldState(options.state, ({ table, now }) =>
    findRate({ rates: table.rates, now }, question),
  );
}

function rateCommand(): Command {
  return questionCommand('rate')
    .description('the rate of a day: exactly, and with at most 12 significant digits')
    .action(async (options: QuestionOptions) => {
      const rate = await ask(options);
      if (!rate.ok) return refuseQuestion(rate.failure);
      const answer = rateAnswer(rate.value);
      if (options.json === true) return printJson(answer);
      print(rateInWords(options.from, options.to, answer));
    });
}

function convertCommand(): Command {
  return questionCommand('convert')
    .description('an amount in another currency, rounded half up once, and what rounding gave')
    .requiredOption('--amountMinor <amount>', 'minor units of the currency that is given')
    .action(async (options: QuestionOptions & { readonly amountMinor: string }) => {
      const amountMinor = readAmountMinor(options.amountMinor);
      if (!amountMinor.ok) return refuseQuestion(amountMinor.failure);
      const rate = await ask(options);
      if (!rate.ok) return refuseQuestion(rate.failure);
      const answer = conversionAnswer(amountMinor.value, rate.value);
      if (options.json === true) return printJson(answer);
      print(conversionInWords(answer));
      print(rateInWords(options.from, options.to, answer));
    });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
