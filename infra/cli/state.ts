import type { Instant } from '../../shared/domain/time.ts';
import { readStateFile, writeStateFile } from '../local/state-file.ts';
import { lockState, StateInUseError } from '../local/state-lock.ts';
import { UsageError } from './exit.ts';

export interface Remembered {
  readonly program: string;
  readonly asOf: Instant;
}

/** A state directory held by this process alone. */
export interface State {
  /** What the last run left; absent in a new directory. */
  readonly remembered: Remembered | undefined;
  remember(state: Remembered): void;
  close(): void;
}

/** Takes the directory, or refuses naming the process that has it. */
export async function openState(directory: string): Promise<State> {
  const lock = await lockState(directory).catch((error: unknown) => {
    if (error instanceof StateInUseError) throw new UsageError(error.message);
    throw error;
  });
  try {
    return {
      remembered: readStateFile(directory),
      remember: (state) => writeStateFile(directory, state),
      close: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
