import { providerCapabilities, rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { syncProduct } from '../shared/app/catalogue/sync-product.ts';
import { check } from '../shared/app/dispatch/check.ts';
import { heedWebhook } from '../shared/app/dispatch/heed-webhook.ts';
import { type SettleMessage, settleMessageSchema } from '../shared/contracts/messages.ts';
import { instantOf } from '../shared/domain/time.ts';
import { composePublisher } from './_runtime/bus.ts';
import { composeGate } from './_runtime/gate.ts';
import { composeChoices } from './_runtime/messages.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeCheckQueue, composeDispatchQueues, composeSettleQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';

const runtime = composeRuntime('settle');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  ...composeOffers(runtime),
  ...composeChoices(runtime),
  gate: composeGate(runtime),
  publisher: composePublisher(),
  dispatchQueues: composeDispatchQueues(),
  checkQueue: composeCheckQueue(),
  settleQueue: composeSettleQueue(),
  capabilities: providerCapabilities,
};
const accounts = composeProviders(runtime, { adapters: rewardAdapters });

type Handlers = {
  readonly [Kind in SettleMessage['kind']]: (
    message: SettleMessage & { readonly kind: Kind },
  ) => Promise<unknown>;
};

const handlers: Handlers = {
  check: ({ program, redemption, requestedAt, toldLate }) =>
    check(dependencies, {
      ...{ program, redemption, requestedAt: instantOf(Date.parse(requestedAt)) },
      ...(toldLate === true && { toldLate }),
    }),

  webhook: async ({ provider, reading, tries = 0 }) => {
    const { providers } = await accounts.connect();
    await heedWebhook({ ...dependencies, providers }, { provider, reading, tries });
  },

  catalogue: async ({ provider: name, product }) => {
    const provider = (await accounts.connect()).providers.get(name);
    if (provider !== undefined) await syncProduct(dependencies, provider, product);
  },
};

function settle<Kind extends SettleMessage['kind']>(
  message: SettleMessage & { readonly kind: Kind },
): Promise<unknown> {
  return handlers[message.kind](message);
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
