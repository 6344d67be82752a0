import type { Session } from '../../../infra/cli/run/session.ts';
import { OpenRedemptions } from './open-redemptions.ts';

interface Settings {
  /** Whenever it changes: how many redemptions are open. */
  readonly tell?: (open: number) => void;
  /** What happens in the world whenever everything rests. */
  readonly meanwhile?: () => Promise<void>;
  /** At a time, while nothing comes of it. */
  readonly longestStepMs?: number;
  /** Of time that passes; without it, two weeks. */
  readonly longestMs?: number;
}

const minuteMs = 60_000;
/** What is due within seconds comes together; longer and longer while nothing comes of it. */
const leastStepMs = 10_000;
const usualStepMs = 15 * minuteMs;
/** Floats, catalogues and sweeps have their turn so often. */
const schedulesEveryMs = 30 * minuteMs;
const twoWeeksMs = 14 * 24 * 60 * minuteMs;

/**
 * Lets the pipeline work until every redemption has its end. Whenever nothing can go on before time
 * has passed, it passes at once: back-off, rate limits, breakers and checks keep their order, and
 * nobody waits for them. Throws where the longest time was not enough.
 */
export async function untilSettled(
  session: Session,
  { tell, meanwhile, longestStepMs = usualStepMs, longestMs = twoWeeksMs }: Settings = {},
): Promise<{ readonly hours: number }> {
  const open = new OpenRedemptions(session);
  let [passedMs, scheduledMs, stepMs, before] = [0, 0, leastStepMs, -1];
  for (;;) {
    await session.rest();
    await meanwhile?.();
    await session.rest();
    const left = await open.count();
    if (left === 0) break;
    if (left !== before) tell?.(left);
    stepMs = left === before ? Math.min(2 * stepMs, longestStepMs) : leastStepMs;
    before = left;
    if (passedMs > longestMs) throw new Error(`${left} redemptions have not ended in time.`);
    const nextMs = Math.max(session.stack.nextDelayMs() ?? minuteMs, stepMs);
    session.passTime(nextMs);
    passedMs += nextMs;
    if (passedMs - scheduledMs < schedulesEveryMs) continue;
    scheduledMs = passedMs;
    await session.stack.runSchedules();
  }
  open.close();
  return { hours: Math.round(passedMs / (6 * minuteMs)) / 10 };
}
