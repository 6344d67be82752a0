import type { Program } from '../../shared/domain/program/schema.ts';
import { programAt } from '../../shared/domain/program/version.ts';
import { type Instant, instantOf } from '../../shared/domain/time.ts';
import { startTableOnly } from '../local/table-only.ts';
import { UsageError } from './exit.ts';
import { holdStateDirectory, readRemembered } from './state.ts';
import { holdsState } from './state-folder.ts';
import { openStateTable, type StateTable } from './state-table.ts';

export interface StateReading {
  readonly table: StateTable;
  readonly program: Program;
  readonly asOf: Instant;
  /** The latest time that the clock of the functions has shown; the present or after it. */
  readonly clock: Instant;
}

/** Opens a state that a run has left, lets `read` look at it, and closes it again. */
export async function readState<Found>(
  directory: string,
  read: (state: StateReading) => Promise<Found>,
): Promise<Found> {
  if (!(await holdsState(directory))) throw noState(directory);
  const lock = await holdStateDirectory(directory);
  try {
    return await readHeld(directory, read);
  } finally {
    lock.release();
  }
}

async function readHeld<Found>(
  directory: string,
  read: (state: StateReading) => Promise<Found>,
): Promise<Found> {
  const database = await startTableOnly({ stateDirectory: directory });
  try {
    const remembered = readRemembered(directory);
    if (remembered === undefined) throw noState(directory);
    const table = openStateTable(database.clientEnvironment, database.tableName);
    const published = await table.programs.load(remembered.program);
    const { asOf } = remembered;
    const clock = instantOf(Math.max(asOf, remembered.clock ?? asOf));
    const program = programAt(published, asOf) ?? published?.[0].program;
    if (program === undefined) throw noState(directory);
    const found = await read({ table, program, asOf, clock });
    table.close();
    return found;
  } finally {
    await database.stop();
  }
}

function noState(directory: string): UsageError {
  return new UsageError(`${directory} holds no state: no run has got as far as that there.`);
}
