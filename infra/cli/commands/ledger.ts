import { Command } from 'commander';
import { exitCodes, printJson } from '../exit.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { readState } from '../read-state.ts';

interface VerifyOptions {
  readonly state: string;
  readonly json?: boolean;
}

/** `guerdon ledger verify`: every balance rebuilt from its entries. */
export function ledgerCommand(): Command {
  const verify = new Command('verify')
    .description('rebuild every balance from its entries and compare')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: VerifyOptions) => {
      const found = await readState(state, ({ table }) => verifyLedger(table.scan));
      const unbalanced = Object.values(found.sumByUnit).some((sum) => sum !== '0');
      if (json === true) printJson(found);
      else {
        const { members, entries, mismatches } = found;
        process.stdout.write(
          `${entries} entries, ${members} members, ${mismatches.length} mismatches, ` +
            `${unbalanced ? 'NOT balanced' : 'balanced'}\n`,
        );
        for (const mismatch of mismatches) process.stdout.write(`${JSON.stringify(mismatch)}\n`);
      }
      const isSound = found.mismatches.length === 0 && !unbalanced;
      process.exitCode = isSound ? exitCodes.done : exitCodes.findings;
    });
  return new Command('ledger').description('the books').addCommand(verify);
}
