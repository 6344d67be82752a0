import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../../shared/domain/program/schema.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { startTableOnly } from '../local/table-only.ts';
import { UsageError } from './exit.ts';
import { openState } from './state.ts';
import { openStateTable, type StateTable } from './state-table.ts';

export interface StateReading {
  readonly table: StateTable;
  readonly program: Program;
  readonly asOf: Instant;
}

/** Opens a state that a run has left, lets `read` look at it, and closes it again. */
export async function readState<Found>(
  directory: string,
  read: (state: StateReading) => Promise<Found>,
): Promise<Found> {
  await access(join(directory)).catch(() => {
    throw new UsageError(`${directory} is no state directory: no run has written there.`);
  });
  const state = await openState(directory);
  try {
    const { remembered } = state;
    if (remembered === undefined) {
      throw new UsageError(`${directory} holds no state: no run has finished its start there.`);
    }
    const dynamodb = await startTableOnly({ stateDirectory: directory });
    try {
      const table = openStateTable(dynamodb.clientEnvironment, dynamodb.tableName);
      const program = await table.programs.load(remembered.program);
      if (program === undefined) {
        throw new UsageError(`${directory} holds no program: no run has finished its start there.`);
      }
      return await read({ table, program, asOf: remembered.asOf });
    } finally {
      await dynamodb.stop();
    }
  } finally {
    state.close();
  }
}
