import { receiveWebhook } from '../shared/app/dispatch/receive-webhook.ts';
import { refusal } from '../shared/domain/refusal.ts';
import { failure, success } from '../shared/domain/result.ts';
import { httpHandler } from './_runtime/middleware/http.ts';
import { emptyReply } from './_runtime/middleware/reply.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeSettleQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeWebhookMemory } from './_runtime/stores.ts';

const runtime = composeRuntime('receive-webhook');
const providers = composeProviders(runtime);
const dependencies = {
  ...runtime,
  webhooks: composeWebhookMemory(runtime),
  settleQueue: composeSettleQueue(),
};

/**
 * `POST /webhooks/{provider}`: verify, queue, answer. Nothing is believed that is not read again.
 */
export const handler = httpHandler({
  logger: runtime.logger,
  run: async ({ pathParameters, headers, rawBody }) => {
    const connected = await providers.connect();
    const webhook = { provider: pathParameters.provider ?? '', headers, rawBody };
    const taken = await receiveWebhook({ ...dependencies, ...connected }, webhook);
    return taken ? success(emptyReply(204)) : failure(refusal('WEBHOOK_REFUSED'));
  },
});
