import type { Secret } from '../../domain/secret.ts';
import type { Subscription } from '../../domain/webhooks/subscription.ts';
import type { Clock, QueueSender } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { SubscriptionStore } from '../../ports/webhooks.ts';
import { queueAttempt } from './send-webhooks.ts';

export interface ReplayDependencies {
  readonly subscriptions: SubscriptionStore;
  readonly webhookQueue: QueueSender;
}

export interface SubscribeDependencies {
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly subscriptions: SubscriptionStore;
}

/** Queues what was sent in a period once more, delivered or not; gives how many. */
export async function replayWebhooks(
  { subscriptions, webhookQueue }: ReplayDependencies,
  period: Parameters<SubscriptionStore['deliveries']>[0],
): Promise<number> {
  let count = 0;
  for await (const delivery of subscriptions.deliveries(period)) {
    const { program, subscription, id, at } = delivery;
    await subscriptions.putDelivery({ ...delivery, state: 'waiting', attempts: 0 });
    await queueAttempt(webhookQueue, { program, subscription, delivery: id, at, attempt: 1 }, 0);
    count += 1;
  }
  return count;
}

export interface NewSubscription {
  readonly program: string;
  readonly url: string;
  readonly types: readonly string[];
  /** Names it; the same name is the same subscription. */
  readonly id: string;
  /** Signs what is sent: `whsec_` and base64 of 24 to 64 random bytes. */
  readonly secret: Secret;
}

/** Makes a subscription; `undefined` where one of that name stands. Only now is its secret told. */
export async function subscribe(
  { clock, sealer, subscriptions }: SubscribeDependencies,
  { secret, id, program, ...asked }: NewSubscription,
): Promise<Subscription | undefined> {
  const context = { program, redemption: id, field: 'webhook' } as const;
  const subscription: Subscription = {
    ...{ id, program, ...asked },
    sealedSecret: await sealer.seal(context, secret),
    createdAt: clock.now(),
    version: 1,
  };
  const put = await subscriptions.put(subscription);
  return put === 'done' ? subscription : undefined;
}
