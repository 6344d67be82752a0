import { access, constants, stat } from 'node:fs/promises';
import { UsageError } from './exit.ts';
import { reasonOf } from './import/system-reason.ts';

/**
 * Throws a UsageError unless the path names a regular file that can be read. Input is read more
 * than once, so that a pipe would not do.
 */
export async function requireInputFile(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isFile()) return;
  } catch (error) {
    throw unreadableInput(path, error);
  }
  throw new UsageError(`${path} cannot be read: it is no regular file.`);
}

export function unreadableInput(path: string, error: unknown): UsageError {
  return new UsageError(`${path} cannot be read: ${reasonOf(error)}.`);
}
