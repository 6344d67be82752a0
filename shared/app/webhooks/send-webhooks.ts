import { addMs, formatInstant } from '../../domain/time.ts';
import {
  type AttemptTask,
  type Delivery,
  disabledAfterMs,
  isWanted,
  retryDelaySeconds,
  type Subscription,
  type ToldEvent,
} from '../../domain/webhooks/subscription.ts';
import type { Clock, Digest, Logger, QueueSender, Randomness } from '../../ports/runtime.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { PostOutcome, SubscriptionStore, WebhookPoster } from '../../ports/webhooks.ts';

export interface SendWebhooksDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly logger: Logger;
  readonly randomness: Randomness;
  readonly sealer: Sealer;
  readonly subscriptions: SubscriptionStore;
  readonly poster: WebhookPoster;
  readonly webhookQueue: QueueSender;
}

/**
 * Makes a delivery for each subscription that wants the event, and queues its first try. The same
 * event told twice has the same id, so its deliveries are there already.
 */
export async function fanOut(
  { digest, subscriptions, webhookQueue }: SendWebhooksDependencies,
  { type, at, detail }: ToldEvent,
): Promise<void> {
  const { program } = detail;
  const id = `msg_${digest.sha256Short(JSON.stringify([type, detail]))}`;
  const body = JSON.stringify({ type, timestamp: formatInstant(at), data: detail });
  const wanting = (await subscriptions.list(program)).filter((each) => isWanted(each, type));
  for (const { id: subscription } of wanting) {
    const delivery: Delivery = {
      ...{ program, subscription, id, type, at, body },
      ...{ state: 'waiting', attempts: 0 },
    };
    // Known: told before, but its first try may have been lost with whoever queued it.
    await subscriptions.addDelivery(delivery);
    await queueAttempt(webhookQueue, { program, subscription, delivery: id, at, attempt: 1 }, 0);
  }
}

const maximumDelaySeconds = 900;

export async function queueAttempt(
  queue: QueueSender,
  { at, notBefore, ...task }: AttemptTask,
  delaySeconds: number,
): Promise<void> {
  const times = {
    at: formatInstant(at),
    ...(notBefore !== undefined && { notBefore: formatInstant(notBefore) }),
  };
  await queue.send({
    body: { kind: 'attempt', ...task, ...times },
    group: task.program,
    delaySeconds: Math.min(delaySeconds, maximumDelaySeconds),
  });
}

/** Sends one delivery; where it is not taken, queues the next try or gives it up. */
export async function attemptDelivery(
  dependencies: SendWebhooksDependencies,
  task: AttemptTask,
): Promise<void> {
  const { clock, poster, sealer, subscriptions, webhookQueue } = dependencies;
  const { program, notBefore } = task;
  const now = clock.now();
  if (notBefore !== undefined && now < notBefore) {
    // A queue delays by a quarter of an hour at most: longer waits go round it.
    await queueAttempt(webhookQueue, task, Math.ceil((notBefore - now) / 1000));
    return;
  }
  const subscription = await subscriptions.read(task);
  const delivery = await subscriptions.readDelivery({ ...task, id: task.delivery });
  if (subscription === undefined || delivery === undefined) return;
  const isOver = delivery.state !== 'waiting' || delivery.attempts >= task.attempt;
  if (isOver || subscription.disabledAt !== undefined) return;
  const context = { program, redemption: subscription.id, field: 'webhook' } as const;
  const secret = await sealer.open(context, subscription.sealedSecret);
  const { url } = subscription;
  const outcome = await poster.post({ url, id: delivery.id, body: delivery.body, secret });
  await conclude(dependencies, { task, subscription, delivery, outcome });
}

interface Tried {
  readonly task: AttemptTask;
  readonly subscription: Subscription;
  readonly delivery: Delivery;
  readonly outcome: PostOutcome;
}

async function conclude(
  dependencies: SendWebhooksDependencies,
  { task, subscription, delivery, outcome }: Tried,
): Promise<void> {
  const { clock, logger, randomness, subscriptions, webhookQueue } = dependencies;
  const { attempt } = task;
  const isTaken = outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
  if (isTaken) {
    await subscriptions.putDelivery({ ...delivery, state: 'delivered', attempts: attempt });
    await mark(dependencies, subscription, undefined);
    return;
  }
  // 410: whoever is behind the address wants no more (Standard Webhooks, response status codes).
  const isGone = outcome.kind === 'answered' && outcome.status === 410;
  const now = clock.now();
  const delaySeconds = isGone ? undefined : retryDelaySeconds(attempt, randomness.next());
  if (delaySeconds !== undefined) {
    // Before this try counts as made: a death in between makes it twice, and loses none.
    const notBefore = addMs(now, delaySeconds * 1000);
    await queueAttempt(webhookQueue, { ...task, attempt: attempt + 1, notBefore }, delaySeconds);
  }
  const state = delaySeconds === undefined ? 'failed' : 'waiting';
  await subscriptions.putDelivery({ ...delivery, state, attempts: attempt });
  await mark(dependencies, subscription, isGone ? 'gone' : 'failed');
  const about = { program: task.program, outcome: outcome.kind, attempt };
  if (delaySeconds === undefined) logger.error('WEBHOOK_UNDELIVERED', about);
  else logger.warn('WEBHOOK_NOT_TAKEN', about);
}

/** Remembers since when an address fails, and leaves it alone after days of that. */
async function mark(
  { clock, logger, subscriptions }: SendWebhooksDependencies,
  subscription: Subscription,
  failure: 'failed' | 'gone' | undefined,
): Promise<void> {
  const { failingSince, ...working } = subscription;
  const version = subscription.version + 1;
  if (failure === undefined) {
    if (failingSince === undefined) return;
    await subscriptions.put({ ...working, version }, subscription);
    return;
  }
  const now = clock.now();
  const since = failingSince ?? now;
  const isOver = failure === 'gone' || now >= addMs(since, disabledAfterMs);
  if (failingSince !== undefined && !isOver) return;
  const disabled = isOver ? { disabledAt: now } : {};
  const next = { ...subscription, failingSince: since, ...disabled, version };
  const written = await subscriptions.put(next, subscription);
  if (isOver && written === 'done') {
    logger.error('WEBHOOK_DISABLED', { program: subscription.program });
  }
}
