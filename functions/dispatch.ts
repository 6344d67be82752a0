import { dispatch } from '../shared/app/dispatch.ts';
import { dispatchMessageSchema } from '../shared/contracts/messages.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeDispatchQueues } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeCodes, composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('dispatch');
const stores = { ...runtime, ...composeLedger(runtime), dispatchQueues: composeDispatchQueues() };
const sealed = { sealer: composeSealer(runtime), codes: composeCodes(runtime) };
const providers = composeProviders(runtime);

/** Orders from a provider account's dispatch queue. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: dispatchMessageSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 4,
    handle: async ({ body: { afterCall, lookUps, ...task } }) => {
      const started = {
        ...(afterCall !== undefined && { afterCall }),
        ...(lookUps !== undefined && { lookUps }),
      };
      const connected = await providers.connect();
      await dispatch({ ...stores, ...sealed, ...connected }, { ...task, ...started });
    },
  }),
});
