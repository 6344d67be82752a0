import { Command } from 'commander';
import { balancesCommand } from './commands/balances.ts';
import { certifyCommand } from './commands/certify.ts';
import { contractsCommand } from './commands/contracts.ts';
import { fxCommand } from './commands/fx.ts';
import { importCommand } from './commands/import.ts';
import { importBalancesCommand } from './commands/import-balances.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { payoutCommand } from './commands/payout.ts';
import { programCommand } from './commands/program.ts';
import { reviewCommand } from './commands/review.ts';
import { runCommand } from './commands/run.ts';
import { sanctionsCommand } from './commands/sanctions.ts';
import { startCommand } from './commands/start.ts';
import { statementCommand } from './commands/statement.ts';
import { tokenCommand } from './commands/token.ts';
import { vouchersCommand } from './commands/vouchers.ts';
import { webhooksCommand } from './commands/webhooks.ts';
import { exitCodes } from './exit.ts';
import { reportFailure } from './report-failure.ts';

/** The command line `guerdon`. Sets the exit code; see `exit.ts`. */
export async function main(args: readonly string[]): Promise<void> {
  // Node itself would end with 1, which says "findings" here.
  process.once('uncaughtException', (error) => process.exit(reportFailure(error)));
  process.stdout.on('error', endWithReader);
  const program = new Command('guerdon')
    .description('Rewards fulfilment on one machine: the same functions and stack as in the cloud.')
    .exitOverride()
    .showHelpAfterError()
    .addCommand(startCommand())
    .addCommand(runCommand())
    .addCommand(importCommand())
    .addCommand(importBalancesCommand())
    .addCommand(programCommand())
    .addCommand(balancesCommand())
    .addCommand(statementCommand())
    .addCommand(ledgerCommand())
    .addCommand(fxCommand())
    .addCommand(certifyCommand())
    .addCommand(vouchersCommand())
    .addCommand(webhooksCommand())
    .addCommand(reviewCommand())
    .addCommand(payoutCommand())
    .addCommand(sanctionsCommand())
    .addCommand(contractsCommand())
    .addCommand(tokenCommand());
  for (const command of program.commands) overrideExit(command);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

/** Whoever read what is printed, `head` say, has seen enough: no more is done. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.unread);
}

/** Subcommands must not end the process by themselves either. */
function overrideExit(command: Command): void {
  command.exitOverride().showHelpAfterError();
  for (const subcommand of command.commands) overrideExit(subcommand);
}
