import { stat } from 'node:fs/promises';
import { type Instant, instantOf } from '../../../shared/domain/time.ts';
import type { ProgramStore } from '../../../shared/ports/stores.ts';
import { startTableOnly } from '../../local/table-only.ts';
import { UsageError } from '../exit.ts';
import { holdStateDirectory, type Remembered, readRemembered } from '../state.ts';
import { openStateTable } from '../state-table.ts';

/** The programs of a state, held for this process. */
export interface StatePrograms {
  readonly programs: ProgramStore;
  readonly remembered: Remembered | undefined;
  /** The state's present: no event has been judged after it. */
  readonly now: Instant;
}

/** Opens the programs of a state for `work`; a new state is made only where `creates` says so. */
export async function withStatePrograms<Found>(
  directory: string,
  work: (state: StatePrograms) => Promise<Found>,
  { creates = false } = {},
): Promise<Found> {
  const stands = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!stands && !creates) throw new UsageError(`${directory} holds no state.`);
  const lock = await holdStateDirectory(directory);
  try {
    const database = await startTableOnly({ stateDirectory: directory, createsTable: creates });
    try {
      const table = openStateTable(database.clientEnvironment, database.tableName);
      const remembered = readRemembered(directory);
      const now = remembered === undefined ? instantOf(Date.now()) : presentOf(remembered);
      const found = await work({ programs: table.programs, remembered, now });
      table.close();
      return found;
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
}

function presentOf({ asOf, clock = asOf }: Remembered): Instant {
  return instantOf(Math.max(asOf, clock));
}

/** The program that is named, or else the only one there is. */
export async function chooseProgram(
  { programs }: StatePrograms,
  named: string | undefined,
): Promise<string> {
  const names: string[] = [];
  for await (const name of programs.names()) names.push(name);
  const [only] = names;
  if (named !== undefined && names.includes(named)) return named;
  if (named !== undefined) throw new UsageError(`No program ${named} is published there.`);
  if (only === undefined) throw new UsageError('No program is published there.');
  if (names.length === 1) return only;
  throw new UsageError(`Several programs are published there; name one of ${names.join(', ')}.`);
}
