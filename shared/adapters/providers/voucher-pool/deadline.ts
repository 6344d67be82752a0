import { setTimeout as wait } from 'node:timers/promises';

export const timedOut = Symbol('timed out');

/** What the work comes to, or `timedOut`; the work itself goes on, and may still take effect. */
export async function within<Outcome>(
  timeoutMs: number,
  work: Promise<Outcome>,
): Promise<Outcome | typeof timedOut> {
  const timer = new AbortController();
  const deadline = wait(timeoutMs, timedOut, { signal: timer.signal });
  // It is aborted once the work has ended, and then rejects for nobody.
  deadline.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    timer.abort();
  }
}
