import { isSurelyUnplaced } from '../../domain/redemption/call-off.ts';
import {
  isFinal,
  lookUpDelaySeconds,
  mayClaim,
  type Order,
} from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import { admitted } from './dispatch-admit.ts';
import { ask } from './dispatch-ask.ts';
import { type Conclusion, conclude } from './dispatch-conclude.ts';
import {
  again,
  comeBack,
  type DispatchDependencies,
  type DispatchTask,
  lateArrivalMs,
  secondsUntil,
} from './dispatch-task.ts';
import { type OrderedRecord, release } from './settle.ts';
import { callOff } from './settle-call-off.ts';

/**
 * Acts on one order: claims it, looks up what may exist already, places it if nothing does, and
 * settles what is certain. Every step may be repeated or cut off; the order row decides who goes on
 * (P2).
 */
export async function dispatch(
  dependencies: DispatchDependencies,
  task: DispatchTask,
): Promise<void> {
  const { clock, redemptions } = dependencies;
  const read = await redemptions.read(task.redemption);
  invariant(read?.order !== undefined, `Redemption ${task.redemption} has no order row.`);
  const record = { ...read, order: read.order };
  const { order } = record;
  if (isFinal(order)) return;
  if (order.state === 'closing') {
    await release(dependencies, record);
    return;
  }
  const now = clock.now();
  if (!mayClaim(order, now, task.afterCall)) {
    const delaySeconds = secondsUntil(order.claimedUntil, now);
    await comeBack(dependencies, task, { order, delaySeconds });
    return;
  }
  if (order.cancelled !== undefined && isSurelyUnplaced(order)) {
    await callOff(dependencies, record, order.cancelled);
    return;
  }
  if (!(await admitted(dependencies, task, record))) return;
  await call(dependencies, task, record);
}

/** One call under a claim, and what follows from it. */
async function call(
  dependencies: DispatchDependencies,
  task: DispatchTask,
  record: OrderedRecord,
): Promise<void> {
  const { callBudgetMs, clock, redemptions } = dependencies;
  const { order } = record;
  const claimed = claim(order, clock.now(), callBudgetMs);
  if ((await redemptions.updateOrder(order, claimed)) === 'lost') return;
  const answer = await ask(dependencies, record, claimed);
  const conclusion = await conclude(dependencies, { record, claimed, answer });
  await follow(dependencies, task, conclusion);
}

function claim(order: Order, now: Instant, callBudgetMs: number): Order {
  const { waitingFor: _, ...rest } = order;
  const claimedUntil = addMs(now, callBudgetMs);
  const undecidedUntil = addMs(claimedUntil, lateArrivalMs);
  const since = order.call === 0 ? now : order.since;
  return { ...rest, call: order.call + 1, since, claimedUntil, undecidedUntil };
}

/** Queues what is still to do. */
async function follow(
  dependencies: DispatchDependencies,
  task: DispatchTask,
  conclusion: Conclusion,
): Promise<void> {
  const { lookUps = 0, program, redemption } = task;
  if (conclusion.kind === 'settled') return;
  const { order } = conclusion;
  if (conclusion.kind === 'newAttempt') {
    await again(dependencies, { program, redemption }, { order, delaySeconds: 0 });
    return;
  }
  const { attempt, call: ended } = conclusion.claimed;
  const next = { program, redemption, afterCall: { attempt, call: ended }, lookUps };
  const backOffSeconds = lookUpDelaySeconds(lookUps + 1);
  const isLimited = order.waitingFor === 'limit';
  const delaySeconds = isLimited ? Math.max(backOffSeconds, limitDelaySeconds) : backOffSeconds;
  await comeBack(dependencies, next, { order, delaySeconds });
}

/** Other calls of the account pause as well. */
const limitDelaySeconds = 2;
