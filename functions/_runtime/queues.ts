import { SQSClient } from '@aws-sdk/client-sqs';
import { createQueueSender } from '../../shared/adapters/aws/queue-sender.ts';
import type { QueueSender } from '../../shared/ports/runtime.ts';
import { readEnvironment } from './environment.ts';

export interface RedemptionQueues {
  /** By provider. */
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  readonly checkQueue: QueueSender;
}

export function composeQueues(): RedemptionQueues {
  const { DISPATCH_QUEUE_URLS, CHECK_QUEUE_URL } = readEnvironment(
    'DISPATCH_QUEUE_URLS',
    'CHECK_QUEUE_URL',
  );
  const client = new SQSClient({});
  const dispatchQueues = new Map(
    Object.entries(DISPATCH_QUEUE_URLS).map(([provider, queueUrl]) => [
      provider,
      createQueueSender({ client, queueUrl }),
    ]),
  );
  return { dispatchQueues, checkQueue: createQueueSender({ client, queueUrl: CHECK_QUEUE_URL }) };
}

export function composeSettleQueue(): QueueSender {
  const { SETTLE_QUEUE_URL } = readEnvironment('SETTLE_QUEUE_URL');
  return createQueueSender({ client: new SQSClient({}), queueUrl: SETTLE_QUEUE_URL });
}
