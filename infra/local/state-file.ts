import { join } from 'node:path';
import * as z from 'zod';
import { LocalRuntimeError } from './failure.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const schema = z.strictObject({
  /** Id of the program whose ledger the directory holds. */
  program: z.string().min(1),
  /** Instant (ISO 8601, UTC) at which commands read the state; it only moves forward. */
  asOf: z.iso.datetime(),
  /** The latest instant that the clock of the functions has shown. */
  clock: z.iso.datetime().optional(),
});

export type LocalState = z.infer<typeof schema>;

/** What a state directory remembers; undefined in a new one. Throws where it is unreadable. */
export function readStateFile(stateDirectory: string): LocalState | undefined {
  const path = pathIn(stateDirectory);
  const result = schema.optional().safeParse(jsonAt(path));
  if (result.success) return result.data;
  throw unreadable(path);
}

/** Writes it whole or not at all. */
export function writeStateFile(stateDirectory: string, state: LocalState): void {
  writeJsonFile(pathIn(stateDirectory), schema.parse(state));
}

function pathIn(stateDirectory: string): string {
  return join(stateDirectory, 'state.json');
}

function jsonAt(path: string): unknown {
  try {
    return readJsonFile(path);
  } catch {
    throw unreadable(path);
  }
}

function unreadable(path: string): LocalRuntimeError {
  return new LocalRuntimeError(
    'STATE_FILE_UNREADABLE',
    `${path} is not the state of a run; name another folder, or remove this one to start anew.`,
  );
}
