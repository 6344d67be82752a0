import { dispatch } from '../../shared/app/dispatch/dispatch.ts';
import type { DispatchTask } from '../../shared/app/dispatch/dispatch-task.ts';
import { type DispatchMessage, dispatchMessageSchema } from '../../shared/contracts/messages.ts';
import { instantOf } from '../../shared/domain/time.ts';
import type { Sealer } from '../../shared/ports/sealing.ts';
import { composeGate } from './gate.ts';
import { eachMessage } from './middleware/each.ts';
import { queueHandler } from './middleware/queue.ts';
import type { Providers } from './providers.ts';
import { composeDispatchQueues } from './queues.ts';
import type { Runtime } from './runtime.ts';
import { composeCodes, composeLedger, composeOffers } from './stores.ts';

/** Orders from the dispatch queues of some accounts. */
export function dispatchHandler(runtime: Runtime, sealer: Sealer, accounts: Providers) {
  const dependencies = {
    ...runtime,
    ...composeLedger(runtime),
    ...composeOffers(runtime),
    ...{ sealer, codes: composeCodes(runtime), gate: composeGate(runtime) },
    dispatchQueues: composeDispatchQueues(),
  };
  return queueHandler({
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
}

function taskOf({ afterCall, lookUps, turn, ...named }: DispatchMessage): DispatchTask {
  return {
    ...named,
    ...(afterCall !== undefined && { afterCall }),
    ...(lookUps !== undefined && { lookUps }),
    ...(turn !== undefined && { turn: instantOf(turn) }),
  };
}
