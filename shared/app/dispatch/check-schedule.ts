import { formatInstant, type Instant } from '../../domain/time.ts';
import type { QueueSender } from '../../ports/runtime.ts';
import type { RedemptionTask } from './redemption-task.ts';

export interface CheckTask extends RedemptionTask {
  readonly requestedAt: Instant;
  /** The member has been told that it will be late, before there was a row to say so. */
  readonly toldLate?: true;
}

/** SQS delays a message by at most 15 minutes. */
const checkDelaySeconds = 900;

/** Comes back to a redemption after a quarter of an hour. */
export async function scheduleCheck(queue: QueueSender, task: CheckTask): Promise<void> {
  const { program, redemption, toldLate } = task;
  const requestedAt = formatInstant(task.requestedAt);
  const told = toldLate === true ? { toldLate } : {};
  const body = { kind: 'check', program, redemption, requestedAt, ...told };
  await queue.send({ body, group: program, delaySeconds: checkDelaySeconds });
}
