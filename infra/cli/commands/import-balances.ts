import { Command } from 'commander';
import { type Instant, instantOf, parseInstant } from '../../../shared/domain/time.ts';
import { exitCodes, printJson, say, UsageError } from '../exit.ts';
import { grouped, list } from '../import/count-words.ts';
import { type BalanceImportSummary, importBalances } from '../import/import-balances.ts';

interface Options {
  readonly program: string;
  readonly out: string;
  readonly at?: string;
  readonly actor: string;
  readonly reason: string;
  readonly json?: boolean;
}

function sentences(summary: BalanceImportSummary): string[] {
  const { records, members, commands, emptyLines, rejectedLines } = summary;
  const [read, written] = [list(summary.pointsRead), list(summary.pointsWritten)];
  const rejected = rejectedLines === 0 ? 'none' : list(summary.rejected);
  return [
    `${grouped(records)} lines read with ${read || 'no points'}.`,
    `${grouped(commands)} commands for ${grouped(members)} members written to ` +
      `${summary.outPath}: ${written || 'no points'}.`,
    ...(emptyLines === 0 ? [] : [`${grouped(emptyLines)} lines hold zero points.`]),
    `${grouped(rejectedLines)} lines rejected (${rejected}), listed in ${summary.rejectedPath}.`,
  ];
}

function instantIn(text: string | undefined): Instant {
  if (text === undefined) return instantOf(Date.now());
  const at = parseInstant(text);
  if (at !== undefined) return at;
  throw new UsageError(
    `--at ${text} is no date with an offset, such as 2026-03-01T10:00:00+01:00.`,
  );
}

/** Prints sentences on stderr and, with `--json`, the counts as one object on stdout. */
async function act(inPath: string, options: Options): Promise<void> {
  const { program: programPath, out: outPath, actor, reason } = options;
  const at = instantIn(options.at);
  const summary = await importBalances({ inPath, programPath, outPath, at, actor, reason });
  for (const sentence of sentences(summary)) say(sentence);
  if (options.json === true) printJson(summary);
  if (summary.rejectedLines > 0) process.exitCode = exitCodes.findings;
}

export function importBalancesCommand(): Command {
  return new Command('import-balances')
    .description('turn a CSV file of balances into a file of opening commands')
    .argument('<csv>', 'columns member, unit, points and perhaps expiresOn')
    .requiredOption('--program <file>', 'the program whose members they are')
    .requiredOption(
      '--out <file>',
      'the commands, JSON lines; rejected lines go to <file>.rejected.csv',
    )
    .option('--at <instant>', 'when the balances were taken; without it, now')
    .option('--actor <name>', 'who brings them', 'import-balances')
    .option('--reason <word>', "one of the program's reasons", 'migration')
    .option('--json', 'print the counts as one JSON object on stdout')
    .action(act);
}
