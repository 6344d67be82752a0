import { pause } from './pause.ts';

export interface Later {
  /** What has to be decided is decided then. */
  schedule(decide: () => void): void;
  /** How many decisions are still to come. */
  waiting(): number;
}

/** Pending orders get decided after so long; `never`: only by a test. */
export function createLater(pendingMs: number | 'never', closing: AbortSignal): Later {
  let waiting = 0;
  const decideLater = async (durationMs: number, decide: () => void): Promise<void> => {
    waiting += 1;
    await pause(durationMs, closing);
    waiting -= 1;
    if (!closing.aborted) decide();
  };
  return {
    waiting: () => waiting,
    schedule: (decide) => {
      if (pendingMs !== 'never') void decideLater(pendingMs, decide);
    },
  };
}
