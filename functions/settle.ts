import { check } from '../shared/app/check.ts';
import { heedWebhook } from '../shared/app/heed-webhook.ts';
import { type SettleMessage, settleMessageSchema } from '../shared/contracts/messages.ts';
import { instantOf } from '../shared/domain/time.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeCheckQueue, composeDispatchQueues } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('settle');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  dispatchQueues: composeDispatchQueues(),
  checkQueue: composeCheckQueue(),
};
const providers = composeProviders(runtime);

async function settle(message: SettleMessage): Promise<void> {
  if (message.kind === 'check') {
    const { program, redemption, requestedAt } = message;
    const requested = instantOf(Date.parse(requestedAt));
    await check(dependencies, { program, redemption, requestedAt: requested });
  } else {
    const { provider, reading } = message;
    await heedWebhook({ ...dependencies, ...(await providers.connect()) }, { provider, reading });
  }
}

/** Webhooks from the settle queue, and delayed checks from the check queue. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: settleMessageSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: ({ body }) => settle(body),
  }),
});
