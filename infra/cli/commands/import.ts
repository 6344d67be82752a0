import { Command } from 'commander';
import { printJson, say } from '../exit.ts';
import { grouped, list } from '../import/count-words.ts';
import { type ImportSummary, runImport } from '../import/run-import.ts';

interface Options {
  readonly mapping: string;
  readonly in: string;
  readonly out: string;
  readonly json?: boolean;
}

function sentences(summary: ImportSummary): string[] {
  const events = list(summary.events) || 'no events';
  const lines = [
    `${grouped(summary.records)} lines read; ${events} written to ${summary.outPath}.`,
  ];
  const rejected = summary.rejectedLines === 0 ? 'none' : list(summary.rejected);
  const rejectedLines = `${grouped(summary.rejectedLines)} lines rejected (${rejected})`;
  lines.push(`${rejectedLines}, listed in ${summary.rejectedPath}.`);
  if (summary.unmappedCountries.length > 0) {
    const names = summary.unmappedCountries.map((name) => JSON.stringify(name)).join(', ');
    lines.push(`Countries that the mapping does not know, left out: ${names}.`);
  }
  return lines;
}

/** Prints sentences on stderr and, with `--json`, the counts as one object on stdout. */
async function act(options: Options): Promise<void> {
  const summary = await runImport({
    mappingPath: options.mapping,
    inPath: options.in,
    outPath: options.out,
  });
  for (const sentence of sentences(summary)) say(sentence);
  if (options.json === true) printJson(summary);
}

export function importCommand(): Command {
  return new Command('import')
    .description('turn a CSV file of orders into a file of events, by a mapping file')
    .requiredOption('--mapping <file>', 'how columns become events (JSON)')
    .requiredOption('--in <file>', 'the CSV file')
    .requiredOption(
      '--out <file>',
      'the events, JSON lines; rejected lines go to <file>.rejected.csv',
    )
    .option('--json', 'print the counts as one JSON object on stdout')
    .action(act);
}
