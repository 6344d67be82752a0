import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
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

const runtime = composeRuntime('dispatch-payouts');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composeOffers(runtime),
  sealer: composeSealer(runtime),
  // Money has no code: nothing is ever put there, and the role has no way to it.
  codes: composeCodes(runtime),
  gate: composeGate(runtime),
  dispatchQueues: composeDispatchQueues(),
};
/** A look-up over some pages; then a transfer of Wise's takes up to seven calls. */
const callsPerClaim = 10;
const accounts = composeProviders(runtime, { adapters: payoutAdapters, callsPerClaim });

/** Payouts from the dispatch queue of an account that pays money out. */
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
