import { localRegion } from '../regions.ts';
import { clientEnvironment } from './client-environment.ts';
import { holdState, startDatabase } from './database.ts';
import { LocalRuntimeError } from './failure.ts';
import { planLocalStack } from './local-plan.ts';
import { createTables, listTables } from './tables.ts';
import { Teardown } from './teardown.ts';

export interface TableOnly {
  readonly clientEnvironment: Readonly<Record<string, string>>;
  readonly tableName: string;
  stop(): Promise<void>;
}

/**
 * DynamoDB Local alone, on the state that a run has left, for commands that need no functions.
 * Throws a LocalRuntimeError where the state is in use, or holds no table and none may be made.
 */
export async function startTableOnly({
  stateDirectory,
  createsTable = false,
}: {
  readonly stateDirectory: string;
  readonly createsTable?: boolean;
}): Promise<TableOnly> {
  const teardown = new Teardown();
  try {
    const lock = await holdState(stateDirectory, teardown);
    const settings = { stateDirectory, teardown, log: () => undefined };
    const database = await startDatabase(settings, lock);
    const stands = (await listTables(database.endpoint)).length > 0;
    if (createsTable && !stands) {
      // As a run would create them.
      await createTables(database.endpoint, (await planLocalStack()).tables);
    }
    const [tableName] = await listTables(database.endpoint);
    if (tableName === undefined) {
      const sentence = `${stateDirectory} holds no table: no run has finished its start there.`;
      throw new LocalRuntimeError('STATE_FILE_UNREADABLE', sentence);
    }
    const { region } = localRegion;
    return {
      clientEnvironment: clientEnvironment({ region, dynamodb: database.endpoint }),
      tableName,
      stop: () => teardown.run(),
    };
  } catch (error) {
    await teardown.run().catch(() => undefined);
    throw error;
  }
}
