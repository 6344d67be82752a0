import { Command, CommanderError } from 'commander';
import { LocalRuntimeError } from '../local/failure.ts';
import { balancesCommand } from './commands/balances.ts';
import { importCommand } from './commands/import.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { runCommand } from './commands/run.ts';
import { startCommand } from './commands/start.ts';
import { tokenCommand } from './commands/token.ts';
import { exitCodes, say, UsageError } from './exit.ts';

/** The command line `guerdon`. Sets the exit code; see `exit.ts`. */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command('guerdon')
    .description('Rewards fulfilment on one machine: the same functions and stack as in the cloud.')
    .exitOverride()
    .showHelpAfterError()
    .addCommand(startCommand())
    .addCommand(runCommand())
    .addCommand(importCommand())
    .addCommand(balancesCommand())
    .addCommand(ledgerCommand())
    .addCommand(tokenCommand());
  for (const command of program.commands) overrideExit(command);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

/** Subcommands must not end the process by themselves either. */
function overrideExit(command: Command): void {
  command.exitOverride().showHelpAfterError();
  for (const subcommand of command.commands) overrideExit(subcommand);
}

function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (error instanceof UsageError || error instanceof LocalRuntimeError) {
    say(error.message);
    return exitCodes.usage;
  }
  throw error;
}
