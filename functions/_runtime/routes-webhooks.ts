import {
  addWebhook,
  type ManageDependencies,
  removeWebhook,
  replayWebhook,
} from '../../shared/app/webhooks/manage-webhooks.ts';
import { noQuerySchema } from '../../shared/contracts/members.ts';
import {
  readReplay,
  readSubscription,
  subscriptionView,
} from '../../shared/contracts/webhook-subscriptions.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import { type Result, success } from '../../shared/domain/result.ts';
import { emptyReply, type HttpReply, jsonReply } from './middleware/reply.ts';
import { type ApiAnswers, type ApiCall, idempotencyKeyOf, queryOf, readBody } from './routes.ts';

export interface WebhookRouteDependencies extends ManageDependencies {
  /** The local stage, where integrators may listen without a certificate. */
  readonly allowsHttp: boolean;
}

const webhooks = '/v1/programs/{program}/webhooks';
const webhook = `${webhooks}/{webhook}`;

/** Who wants to be told what happens in a program. */
export function webhookAnswers(dependencies: WebhookRouteDependencies): ApiAnswers {
  return {
    [`GET ${webhooks}`]: async (call) => {
      const query = queryOf(call, noQuerySchema);
      if (!query.ok) return query;
      const standing = await dependencies.subscriptions.list(call.program);
      return success(jsonReply(200, { webhooks: standing.map(subscriptionView) }));
    },
    [`POST ${webhooks}`]: (call) => add(dependencies, call),
    [`DELETE ${webhook}`]: async (call) => {
      const removed = await removeWebhook(dependencies, keyOf(call));
      return removed.ok ? success(emptyReply(204)) : removed;
    },
    [`POST ${webhook}/replay`]: async (call) => {
      const body = readBody(call.request);
      if (!body.ok) return body;
      const period = readReplay(body.value);
      if (!period.ok) return period;
      const queued = await replayWebhook(dependencies, { ...keyOf(call), ...period.value });
      return queued.ok ? success(jsonReply(202, { queued: queued.value })) : queued;
    },
  };
}

function keyOf({ program, request }: ApiCall) {
  return { program, subscription: request.pathParameters.webhook ?? '' };
}

/** The secret is in the first answer and in no other. */
async function add(
  dependencies: WebhookRouteDependencies,
  call: ApiCall,
): Promise<Result<HttpReply, Refusal>> {
  const key = idempotencyKeyOf(call);
  if (!key.ok) return key;
  const body = readBody(call.request);
  if (!body.ok) return body;
  const read = readSubscription(body.value, dependencies);
  if (!read.ok) return read;
  const added = await addWebhook(dependencies, {
    ...{ program: call.program, caller: call.keyOwner, idempotencyKey: key.value },
    ...read.value,
  });
  if (!added.ok) return added;
  const { subscription, secret } = added.value;
  const view = subscriptionView(subscription);
  if (secret === undefined) return success(jsonReply(200, view));
  return success(jsonReply(201, { ...view, secret: secret.reveal() }));
}
