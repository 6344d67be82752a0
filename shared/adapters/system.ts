import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { instantOf } from '../domain/time.ts';
import type { Clock, Randomness, Sleeper } from '../ports/runtime.ts';

/**
 * The machine's clock, moved by `offsetMs` so that the local stage can replay history: there it is
 * asked each time. Throws where another stage asks for an offset, or where it is no whole number.
 */
export function createClock(settings: {
  readonly stage: string;
  readonly offsetMs: () => number;
}): Clock {
  const { stage, offsetMs } = settings;
  if (!Number.isSafeInteger(offsetMs())) {
    throw new RangeError('The clock offset must be a whole number of milliseconds.');
  }
  if (stage === 'local') return { now: () => instantOf(Date.now() + offsetMs()) };
  if (offsetMs() !== 0) throw new Error('Only the local stage may move its clock.');
  return { now: () => instantOf(Date.now()) };
}

/** For what the world outside does: its days go on while the local stage replays history. */
export const machineClock: Clock = { now: () => instantOf(Date.now()) };

export const systemSleeper: Sleeper = {
  async sleep(durationMs) {
    await wait(durationMs);
  },
};

/** 48 random bits as a fraction in [0, 1). */
export const systemRandomness: Randomness = {
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
