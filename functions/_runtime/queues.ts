import { SQSClient } from '@aws-sdk/client-sqs';
import { createQueueSender } from '../../shared/adapters/aws/queue-sender.ts';
import type { QueueSender } from '../../shared/ports/runtime.ts';
import { readEnvironment } from './environment.ts';

/** By provider. */
export function composeDispatchQueues(): ReadonlyMap<string, QueueSender> {
  const { DISPATCH_QUEUE_URLS } = readEnvironment('DISPATCH_QUEUE_URLS');
  const client = new SQSClient({});
  return new Map(
    Object.entries(DISPATCH_QUEUE_URLS).map(([provider, queueUrl]) => [
      provider,
      createQueueSender({ client, queueUrl }),
    ]),
  );
}

export function composeCheckQueue(): QueueSender {
  const { CHECK_QUEUE_URL } = readEnvironment('CHECK_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: CHECK_QUEUE_URL });
}

export function composeSettleQueue(): QueueSender {
  const { SETTLE_QUEUE_URL } = readEnvironment('SETTLE_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: SETTLE_QUEUE_URL });
}

/** Webhooks of those that pay money out. */
export function composeSettlePayoutsQueue(): QueueSender {
  const { SETTLE_PAYOUTS_QUEUE_URL } = readEnvironment('SETTLE_PAYOUTS_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: SETTLE_PAYOUTS_QUEUE_URL });
}

export function composeWebhookQueue(): QueueSender {
  const { WEBHOOK_QUEUE_URL } = readEnvironment('WEBHOOK_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: WEBHOOK_QUEUE_URL });
}

/** Where mails that wait for the end of quiet hours stand, and those that are asked for again. */
export function composeNotifyQueue(): QueueSender {
  const { NOTIFY_QUEUE_URL } = readEnvironment('NOTIFY_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: NOTIFY_QUEUE_URL });
}
