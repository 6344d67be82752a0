import { type Instant, instantOf } from '../../shared/domain/time.ts';
import { startTableOnly } from '../local/table-only.ts';
import { UsageError } from './exit.ts';
import { holdStateDirectory, type Remembered, readRemembered } from './state.ts';
import { holdsState } from './state-folder.ts';
import { openStateTable, type StateTable } from './state-table.ts';

/** The table of a state, held for this process, whether or not a run has been there. */
export interface HeldState {
  readonly table: StateTable;
  readonly remembered: Remembered | undefined;
  /** The state's present: no event has been judged after it. */
  readonly now: Instant;
}

/** Opens a state for `work`; a new one is made only where `creates` says so. */
export async function withHeldState<Found>(
  directory: string,
  work: (state: HeldState) => Promise<Found>,
  { creates = false } = {},
): Promise<Found> {
  if (!creates && !(await holdsState(directory))) {
    throw new UsageError(`${directory} holds no state.`);
  }
  const lock = await holdStateDirectory(directory);
  try {
    const database = await startTableOnly({ stateDirectory: directory, createsTable: creates });
    try {
      const table = openStateTable(database.clientEnvironment, database.tableName);
      const remembered = readRemembered(directory);
      const now = remembered === undefined ? instantOf(Date.now()) : presentOf(remembered);
      const found = await work({ table, remembered, now });
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
