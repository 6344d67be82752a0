import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DynamoDbLocal, startDynamoDbLocal } from './processes/dynamodb-local.ts';
import { lockState } from './state-lock.ts';
import type { Teardown } from './teardown.ts';

export interface DatabaseSettings {
  /** In memory where it is left out. */
  readonly stateDirectory: string | undefined;
  readonly teardown: Teardown;
  readonly log: (line: string) => void;
}

/**
 * Takes the state directory and starts DynamoDB Local on it. Throws a StateInUseError where another
 * process has it, and a LocalRuntimeError where the start fails.
 */
export async function startDatabase(settings: DatabaseSettings): Promise<DynamoDbLocal> {
  const { stateDirectory, teardown, log } = settings;
  const lock = stateDirectory === undefined ? undefined : await lockState(stateDirectory);
  if (lock !== undefined) teardown.add(() => lock.release());
  const folder = stateDirectory && join(stateDirectory, 'dynamodb');
  if (folder) mkdirSync(folder, { recursive: true });
  const database = await startDynamoDbLocal(folder);
  teardown.add(() => database.stop());
  lock?.addChild(database.watcherPid);
  void database.ended.then((printed) => {
    if (!teardown.started) log(`DynamoDB Local has ended. ${printed}`);
  });
  return database;
}
