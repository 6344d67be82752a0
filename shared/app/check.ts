import { programAt } from '../domain/program/version.ts';
import { isFinal } from '../domain/redemption/order.ts';
import { addMs, formatInstant, type Instant } from '../domain/time.ts';
import type { Clock, Logger, QueueSender } from '../ports/runtime.ts';
import { maximumLookUps } from './dispatch.ts';
import type { RedemptionTask } from './redemption-task.ts';
import { type RouteDependencies, route } from './route.ts';

export interface CheckDependencies extends RouteDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly checkQueue: QueueSender;
}

export interface CheckTask extends RedemptionTask {
  readonly requestedAt: Instant;
}

const hourMs = 3_600_000;
/** SQS delays a message by at most 15 minutes. */
const checkDelaySeconds = 900;

/**
 * Sees that no redemption is forgotten (P3), whatever else was lost on its way: routes what was
 * never routed, has dispatch look up what is not settled, and tells a person past the limit.
 */
export async function check(dependencies: CheckDependencies, task: CheckTask): Promise<void> {
  const { checkQueue, clock, dispatchQueues, logger, programs, redemptions } = dependencies;
  const { program: name, redemption, requestedAt } = task;
  const record = await redemptions.read(redemption);
  const order = record?.order;
  if (record === undefined || (order !== undefined && isFinal(order))) return;
  const program = programAt(await programs.load(name), record.hold.entry.occurredAt);
  const limitHours = program?.redemption.unsettledCaseHours ?? 0;
  const now = clock.now();
  if (now >= addMs(requestedAt, limitHours * hourMs)) {
    const reason = order === undefined ? 'NEVER_ROUTED' : 'UNSETTLED';
    await redemptions.openCase({ program: name, redemption, reason, openedAt: now });
    logger.warn('CASE_OPENED', { redemption, reason });
  }
  await scheduleCheck(checkQueue, task);
  if (order === undefined) {
    await route(dependencies, task);
    return;
  }
  // One look-up: the next check comes before a row of them would have ended.
  const body = { program: name, redemption, lookUps: maximumLookUps };
  await dispatchQueues.get(order.provider)?.send({ body, group: name });
}

/** Comes back to a redemption after a quarter of an hour. */
export async function scheduleCheck(queue: QueueSender, task: CheckTask): Promise<void> {
  const { program, redemption } = task;
  const requestedAt = formatInstant(task.requestedAt);
  const body = { kind: 'check', program, redemption, requestedAt };
  await queue.send({ body, group: program, delaySeconds: checkDelaySeconds });
}
