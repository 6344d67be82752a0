import { Command } from 'commander';
import { isCurrency, isRetired } from '../../../shared/domain/money/currency.ts';
import { refusal } from '../../../shared/domain/refusal.ts';
import { localDateAt } from '../../../shared/domain/time.ts';
import { exitCodes, printJson, say } from '../exit.ts';
import { leftOutInWords } from '../fx/left-out.ts';
import { positionReport } from '../fx/position.ts';
import { positionText } from '../fx/position-text.ts';
import { refuseQuestion } from '../fx/refuse.ts';
import { retiredInWords } from '../fx/refused-rate.ts';
import { readState, type StateReading } from '../read-state.ts';
import { readEndOf, readPostedBy } from '../run/as-of.ts';

interface PositionOptions {
  readonly state: string;
  readonly asOf?: string;
  readonly in?: string;
  readonly days?: boolean;
  readonly json?: boolean;
}

/** `guerdon fx position`: what conversions have left open, and why it is worth what it is. */
export function positionCommand(): Command {
  return new Command('position')
    .description('value open positions in currencies, and explain the difference to their cost')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option(
      '--as-of <time>',
      "an instant, or the end of a date in the program's zone; else the present",
    )
    .option('--in <currency>', 'value them in it instead of the base of the rates')
    .option('--days', 'show every day, and not only every currency; --json always does')
    .option('--json', 'print JSON')
    .action((options: PositionOptions) => {
      return readState(options.state, (state) => printPosition(state, options));
    });
}

async function printPosition(
  { table, program, asOf: present, clock }: StateReading,
  options: PositionOptions,
): Promise<void> {
  const { asOf: at, in: into, json, days = false } = options;
  const { timeZone } = program;
  const asOf = at === undefined ? present : readEndOf(at, timeZone);
  const postedBy = at === undefined ? clock : readPostedBy(at, timeZone, { asOf: present, clock });
  if (into !== undefined && !isCurrency(into)) {
    return refuseQuestion(refusal('UNKNOWN_CURRENCY', 'in'));
  }
  if (into !== undefined && isRetired(into, localDateAt(asOf, timeZone))) {
    const sentence = retiredInWords(into);
    const refused = refusal('CURRENCY_RETIRED', 'in');
    return refuseQuestion({ ...refused, ...(sentence !== undefined && { sentence }) });
  }
  const { scan, rates } = table;
  const report = await positionReport({
    ...{ scan, rates, program, asOf, postedBy, present: clock },
    ...(into && { into }),
  });
  if (json === true) printJson(report);
  else process.stdout.write(positionText(report, days));
  for (const line of leftOutInWords(report)) say(line);
  const isWhole = report.totals.leftOut.length === 0;
  process.exitCode = isWhole ? exitCodes.done : exitCodes.findings;
}
