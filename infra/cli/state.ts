import { formatInstant, type Instant, parseInstant } from '../../shared/domain/time.ts';
import { LocalRuntimeError } from '../local/failure.ts';
import { readStateFile, writeStateFile } from '../local/state-file.ts';
import { lockState, type StateLock } from '../local/state-lock.ts';
import { UsageError } from './exit.ts';
import { reasonOf } from './import/system-reason.ts';

/** What a state directory remembers between runs. */
export interface Remembered {
  readonly program: string;
  readonly asOf: Instant;
  /** The latest time that the clock of the functions has shown, as far as it was noted. */
  readonly clock?: Instant;
}

/** `undefined` for a directory without a run. */
export function readRemembered(directory: string): Remembered | undefined {
  const stored = readStateFile(directory);
  const asOf = stored && parseInstant(stored.asOf);
  if (stored === undefined || asOf === undefined) return undefined;
  const clock = stored.clock === undefined ? undefined : parseInstant(stored.clock);
  return { program: stored.program, asOf, ...(clock !== undefined && { clock }) };
}

/** Call while this process holds the directory. */
export function remember(directory: string, { program, asOf, clock }: Remembered): void {
  const seen = clock !== undefined && { clock: formatInstant(clock) };
  writeStateFile(directory, { program, asOf: formatInstant(asOf), ...seen });
}

/**
 * Takes the directory for this process. Throws a LocalRuntimeError where another has it, and a
 * UsageError where it can be no state.
 */
export async function holdStateDirectory(directory: string): Promise<StateLock> {
  try {
    return await lockState(directory);
  } catch (error) {
    if (error instanceof LocalRuntimeError) throw error;
    throw new UsageError(`${directory} cannot hold a state: ${reasonOf(error)}.`);
  }
}

/** One directory holds the ledger of one program. */
export function requireProgram(
  directory: string,
  remembered: Remembered | undefined,
  program: string,
): void {
  if (remembered === undefined || remembered.program === program) return;
  throw new UsageError(
    `${directory} holds the ledger of the program ${remembered.program}, not of ${program}: ` +
      'name another folder.',
  );
}
