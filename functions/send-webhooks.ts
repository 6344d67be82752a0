import type * as z from 'zod/mini';
import { systemRandomness } from '../shared/adapters/system.ts';
import { attemptDelivery, fanOut } from '../shared/app/webhooks/send-webhooks.ts';
import { webhookTaskSchema } from '../shared/contracts/webhook-tasks.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeWebhookQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeSubscriptions } from './_runtime/stores.ts';
import { composePoster } from './_runtime/webhooks.ts';

const runtime = composeRuntime('send-webhooks');
const dependencies = {
  ...runtime,
  randomness: systemRandomness,
  sealer: composeSealer(runtime),
  subscriptions: composeSubscriptions(runtime),
  poster: composePoster(runtime),
  webhookQueue: composeWebhookQueue(),
};

type Task = z.output<typeof webhookTaskSchema>;

/** What happened, as the bus tells it, or one try of what integrators are told of it. */
async function send(task: Task): Promise<void> {
  if (task.kind === 'event') await fanOut(dependencies, task.event);
  else await attemptDelivery(dependencies, task.task);
}

export const handler = queueHandler({
  logger: runtime.logger,
  schema: webhookTaskSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: ({ body }) => send(body),
  }),
});
