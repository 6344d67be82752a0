import { Command, Option } from 'commander';
import type { PayoutFilesTask } from '../../../shared/contracts/payout-files.ts';
import { parseLocalDate } from '../../../shared/domain/time.ts';
import { exitCodes, printJson, say, UsageError } from '../exit.ts';
import { exchangeInState } from '../payout/files/exchange.ts';
import { type BankPart, bankParts, playBank } from '../payout/files/play-bank.ts';
import { filesInWords, hasFindings } from '../payout/files/words.ts';
import { openState } from '../payout/opened-state.ts';

interface FilesOptions {
  readonly state: string;
  readonly write?: string;
  readonly executionDate?: string;
  readonly playBank?: BankPart;
  readonly file?: string;
  readonly json?: boolean;
}

/** `guerdon payout files`: what the cloud does each hour. */
export function filesCommand(): Command {
  const bank = 'for development: the bank answers a file, all well but its first transfer';
  return new Command('files')
    .description("exchange files with the bank: read what has come in, and write what's due")
    .requiredOption('--state <dir>', 'the state; files lie in its folder `files`')
    .option('--write <account>', 'write what waits for this account, whatever the hour')
    .option('--execution-date <day>', 'when the bank is to pay; else the next working day')
    .addOption(new Option('--play-bank <part>', bank).choices([...bankParts]))
    .option('--file <name>', 'which file the bank answers; without it the newest')
    .option('--json', 'print JSON')
    .action(async (options: FilesOptions) => {
      const { state, playBank: part, file, json } = options;
      const task = taskOf(options);
      const opened = await openState(state, undefined, async ({ program, asOf }) => {
        return { program, asOf };
      });
      for (const path of part === undefined ? [] : await playBank(state, part, file))
        say(`Put ${path}.`);
      const summary = await exchangeInState(state, opened, task);
      if (json === true) printJson(summary);
      else for (const line of filesInWords(state, summary)) process.stdout.write(`${line}\n`);
      if (hasFindings(summary)) process.exitCode = exitCodes.findings;
    });
}

function taskOf({ executionDate, file, playBank: part, write }: FilesOptions): PayoutFilesTask {
  if (file !== undefined && part === undefined) {
    throw new UsageError('--file goes with --play-bank: it is what the bank answers.');
  }
  if (write === undefined) {
    if (executionDate === undefined) return { task: 'exchange' };
    throw new UsageError('--execution-date goes with --write: it is of one file.');
  }
  if (part !== undefined)
    throw new UsageError('--play-bank answers a file that is there: no --write.');
  if (executionDate === undefined) return { task: 'write', account: write };
  const day = parseLocalDate(executionDate);
  if (day === undefined) throw new UsageError('--execution-date takes a day such as 2026-03-04.');
  return { task: 'write', account: write, executionDate: day };
}
