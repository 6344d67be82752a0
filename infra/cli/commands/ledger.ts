import { Command } from 'commander';
import { exitCodes, printJson } from '../exit.ts';
import { trialBalance } from '../ledger/trial-balance.ts';
import { trialBalanceText } from '../ledger/trial-balance-text.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { readState } from '../read-state.ts';
import { readPostedBy } from '../run/as-of.ts';

interface LedgerOptions {
  readonly state: string;
  readonly json?: boolean;
}

interface TrialBalanceOptions extends LedgerOptions {
  readonly asOf?: string;
}

/** `guerdon ledger`: the books. */
export function ledgerCommand(): Command {
  return new Command('ledger')
    .description('the books')
    .addCommand(verifyCommand())
    .addCommand(trialBalanceCommand());
}

/** `guerdon ledger verify`: every balance rebuilt from its entries. */
function verifyCommand(): Command {
  return new Command('verify')
    .description('rebuild every balance from its entries and compare')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: LedgerOptions) => {
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
}

/** `guerdon ledger trial-balance`: every account and unit, and that each unit sums to zero. */
function trialBalanceCommand(): Command {
  return new Command('trial-balance')
    .description('sum up every account by unit; each unit must sum to zero')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--as-of <time>', "posted by then: an instant, or a date in the program's zone")
    .option('--json', 'print JSON')
    .action(async ({ state, asOf, json }: TrialBalanceOptions) => {
      const found = await readState(state, ({ table, program, ...present }) => {
        if (asOf === undefined) return trialBalance(table.scan);
        return trialBalance(table.scan, readPostedBy(asOf, program.timeZone, present));
      });
      if (json === true) printJson(found);
      else process.stdout.write(trialBalanceText(found));
      process.exitCode = found.balanced ? exitCodes.done : exitCodes.findings;
    });
}
