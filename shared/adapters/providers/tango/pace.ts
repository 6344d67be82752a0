import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Clock } from '../../../ports/runtime.ts';

export type Sleep = (durationMs: number) => Promise<unknown>;

export interface PaceSettings {
  readonly spacingMs: number;
  readonly clock: Clock;
  readonly sleep?: Sleep | undefined;
}

/**
 * Each call waits until the one before it is `spacingMs` old. Look-ups are two calls: at the rate
 * that Tango allows, one a second, the second one would be refused if it followed at once.
 */
export function paceOf({ spacingMs, clock, sleep = sleepFor }: PaceSettings): () => Promise<void> {
  let freeAtMs = 0;
  return async () => {
    if (spacingMs === 0) return;
    const nowMs = clock.now();
    const waitMs = Math.min(Math.max(freeAtMs - nowMs, 0), longestWaitMs);
    freeAtMs = nowMs + waitMs + spacingMs;
    if (waitMs > 0) await sleep(waitMs);
  };
}

/** However many calls stand in line, or whatever the clock does. */
const longestWaitMs = 10_000;
