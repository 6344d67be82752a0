import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { invariant } from '../../domain/result.ts';
import type { QueueSender } from '../../ports/runtime.ts';

/** The longest delay that SQS knows. */
const maximumDelaySeconds = 900;

/**
 * Sends JSON to one standard queue. The message group only shares the queue out fairly between
 * programs; it orders nothing. Exceptions of SQS come through.
 */
export function createQueueSender(settings: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): QueueSender {
  const { client, queueUrl } = settings;
  return {
    async send({ body, group, delaySeconds = 0 }) {
      invariant(
        Number.isInteger(delaySeconds) && delaySeconds >= 0 && delaySeconds <= maximumDelaySeconds,
        'A message is delayed by 0 to 900 whole seconds.',
      );
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: messageText(body),
          MessageGroupId: group,
          ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
        }),
      );
    },
  };
}

/** SQS refuses two characters that JSON lets through as they are. */
function messageText(body: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(body).replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');
}
