import type { Session } from '../../../infra/cli/run/session.ts';

interface Settings {
  /** Now and then, how many redemptions are open. */
  readonly tell?: (open: number) => void;
  /** What happens in the world whenever everything rests. */
  readonly meanwhile?: () => Promise<void>;
}

const minuteMs = 60_000;
/** So that what is due within seconds comes together. */
const leastStepMs = 10_000;
/** Floats, catalogues and sweeps have their turn so often. */
const schedulesEveryMs = 30 * minuteMs;
const longestMs = 14 * 24 * 60 * minuteMs;

/**
 * Lets the pipeline work until every redemption has its end. Whenever nothing can go on before time
 * has passed, it passes at once: back-off, rate limits, breakers and checks keep their order, and
 * nobody waits for them. Throws where two weeks were not enough.
 */
export async function untilSettled(
  session: Session,
  { tell, meanwhile }: Settings = {},
): Promise<{ readonly hours: number }> {
  let [passedMs, scheduledMs] = [0, 0];
  for (;;) {
    await session.rest();
    await meanwhile?.();
    await session.rest();
    const open = await openRedemptions(session);
    tell?.(open);
    if (open === 0) return { hours: Math.round(passedMs / (6 * minuteMs)) / 10 };
    if (passedMs > longestMs) throw new Error(`${open} redemptions have not ended in two weeks.`);
    const delayMs = session.stack.nextDelayMs() ?? minuteMs;
    const stepMs = Math.max(delayMs, leastStepMs);
    session.passTime(stepMs);
    passedMs += stepMs;
    if (passedMs - scheduledMs < schedulesEveryMs) continue;
    scheduledMs = passedMs;
    await session.stack.runSchedules();
  }
}

async function openRedemptions({ table }: Session): Promise<number> {
  let open = 0;
  for await (const { entry } of table.scan.items()) {
    if (entry.kind === 'hold' || entry.kind === 'reopen') open += 1;
    if (entry.kind === 'capture' || entry.kind === 'release') open -= 1;
  }
  return open;
}
