import { Command } from 'commander';
import { listNamePattern } from '../../../shared/domain/payout/sanctions-file.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { UsageError } from '../exit.ts';
import { withHeldState } from '../held-state.ts';
import { requireInputFile } from '../input-file.ts';
import { readNames } from '../sanctions/read-list.ts';

/** `guerdon sanctions`: the lists of names that payouts are held against. */
export function sanctionsCommand(): Command {
  return new Command('sanctions')
    .description('lists of names that payouts are held against')
    .addCommand(loadCommand());
}

interface LoadOptions {
  readonly list: string;
  readonly state: string;
}

function loadCommand(): Command {
  return new Command('load')
    .description('keep the names of a file as a list, in place of what the list had before')
    .argument('<file>', 'one name a line, each spelling by itself, as UTF-8')
    .requiredOption('--list <name>', 'as `payouts.sanctionsList` of a program names it')
    .requiredOption('--state <dir>', 'the state to keep it in; made where there is none')
    .action(async (path: string, { list, state }: LoadOptions) => {
      if (!listNamePattern.test(list)) {
        throw new UsageError('--list takes lower-case letters, digits and -, at most 63.');
      }
      await requireInputFile(path);
      const names = await readNames(path);
      const loadedAt = instantOf(Date.now());
      const keep = { list, names, loadedAt };
      await withHeldState(state, ({ table }) => table.sanctions.keep(keep), { creates: true });
      process.stdout.write(`${list} has ${names.length} names from now on.\n`);
    });
}
