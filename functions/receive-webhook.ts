import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { receiveWebhook } from '../shared/app/dispatch/receive-webhook.ts';
import { refusal } from '../shared/domain/refusal.ts';
import { failure, success } from '../shared/domain/result.ts';
import { httpHandler } from './_runtime/middleware/http.ts';
import { emptyReply } from './_runtime/middleware/reply.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeSettlePayoutsQueue, composeSettleQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeWebhookMemory } from './_runtime/stores.ts';

const runtime = composeRuntime('receive-webhook');
const adapters = new Map([...rewardAdapters, ...payoutAdapters]);
const providers = composeProviders(runtime, { adapters });
const dependencies = {
  ...runtime,
  webhooks: composeWebhookMemory(runtime),
};
const settleQueue = composeSettleQueue();
const settlePayoutsQueue = composeSettlePayoutsQueue();

/**
 * `POST /webhooks/{provider}`: verify, queue, answer. Nothing is believed that is not read again.
 */
export const handler = httpHandler({
  logger: runtime.logger,
  run: async ({ pathParameters, headers, rawBody }) => {
    const connected = await providers.connect();
    const { provider = '' } = pathParameters;
    const queue = payoutAdapters.has(provider) ? settlePayoutsQueue : settleQueue;
    const all = { ...dependencies, ...connected, settleQueue: queue };
    const taken = await receiveWebhook(all, { provider, headers, rawBody });
    return taken ? success(emptyReply(204)) : failure(refusal('WEBHOOK_REFUSED'));
  },
});
