import { CommanderError } from 'commander';
import { LocalRuntimeError } from '../local/failure.ts';
import { exitCodes, say, UsageError } from './exit.ts';

/** Says on stderr what ended a command, and returns its exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (error instanceof UsageError || error instanceof LocalRuntimeError) {
    say(error.message);
    return exitCodes.usage;
  }
  say('Guerdon ended on an error that it does not know; what was booked before stands.');
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.unexpected;
}
