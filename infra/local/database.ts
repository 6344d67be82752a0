import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DynamoDbLocal, startDynamoDbLocal } from './processes/dynamodb-local.ts';
import { lockState, type StateLock } from './state-lock.ts';
import type { Teardown } from './teardown.ts';

export interface DatabaseSettings {
  /** In memory where it is left out. */
  readonly stateDirectory: string | undefined;
  readonly teardown: Teardown;
  readonly log: (line: string) => void;
}

/** Takes the state directory for this process, before anything in it is opened. */
export async function holdState(
  stateDirectory: string | undefined,
  teardown: Teardown,
): Promise<StateLock | undefined> {
  if (stateDirectory === undefined) return undefined;
  const lock = await lockState(stateDirectory);
  teardown.add(() => lock.release());
  return lock;
}

/** Starts DynamoDB Local on a state that is held, or in memory. Throws a LocalRuntimeError. */
export async function startDatabase(
  { stateDirectory, teardown, log }: DatabaseSettings,
  lock: StateLock | undefined,
): Promise<DynamoDbLocal> {
  // Also for a path from here: the database works in a folder of its own.
  const folder = stateDirectory && resolve(stateDirectory, 'dynamodb');
  if (folder) mkdirSync(folder, { recursive: true });
  const database = await startDynamoDbLocal(folder);
  teardown.add(() => database.stop());
  lock?.addChild(database.watcherPid);
  void database.ended.then((printed) => {
    if (!teardown.started) log(`DynamoDB Local has ended. ${printed}`);
  });
  return database;
}
