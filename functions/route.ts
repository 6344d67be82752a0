import { providerCapabilities } from '../shared/adapters/providers/registry.ts';
import { route } from '../shared/app/dispatch/route.ts';
import { redemptionEventDetailSchema } from '../shared/contracts/events.ts';
import { composeGate } from './_runtime/gate.ts';
import { busMessage } from './_runtime/middleware/bus-message.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeDispatchQueues } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';

const runtime = composeRuntime('route');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composeOffers(runtime),
  gate: composeGate(runtime),
  dispatchQueues: composeDispatchQueues(),
  capabilities: providerCapabilities,
};

/**
 * From the route queue: `redemption.requested.v1`, and `redemption.reviewed.v1` and
 * `redemption.paid.v1` of those that had to wait.
 */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: busMessage(redemptionEventDetailSchema),
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: ({ body }) => route(dependencies, body),
  }),
});
