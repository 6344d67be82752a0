import { createCharity } from '../shared/adapters/providers/charity.ts';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { dispatch } from '../shared/app/dispatch/dispatch.ts';
import { dispatchMessageSchema } from '../shared/contracts/messages.ts';
import { taskOf } from './_runtime/dispatch-task.ts';
import { composeGate } from './_runtime/gate.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeDispatchQueues } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeCodes, composeLedger, composeOffers } from './_runtime/stores.ts';
import { composeVoucherPool } from './_runtime/vouchers.ts';

const runtime = composeRuntime('dispatch');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composeOffers(runtime),
  sealer: composeSealer(runtime),
  codes: composeCodes(runtime),
  gate: composeGate(runtime),
  dispatchQueues: composeDispatchQueues(),
};
const own = [composeVoucherPool(runtime, dependencies.sealer), createCharity()];
const accounts = composeProviders(runtime, { adapters: rewardAdapters, own });

/** Orders from a provider account's dispatch queue. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: dispatchMessageSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 4,
    handle: async ({ body }) => {
      const { callBudgetMs, providers } = await accounts.connect();
      const capabilities = new Map(
        [...providers].map(([name, provider]) => [name, provider.capabilities]),
      );
      await dispatch({ ...dependencies, callBudgetMs, providers, capabilities }, taskOf(body));
    },
  }),
});
