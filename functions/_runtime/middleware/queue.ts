import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { errorFields } from '../../../shared/app/logging/error-fields.ts';
import { invariant } from '../../../shared/domain/result.ts';
import type { Logger } from '../../../shared/ports/runtime.ts';
import { stack } from './stack.ts';

export interface QueueMessage<Body> {
  readonly messageId: string;
  readonly body: Body;
  /** From 1; at the queue's limit the message moves to its dead-letter queue. */
  readonly receiveCount: number;
}

export interface QueueHandlerSettings<Body> {
  readonly schema: z.core.$ZodType<Body>;
  readonly logger: Logger;
  /**
   * Handles a batch and returns the ids of the messages to deliver again. Where it throws, all are.
   * Is not called for an empty batch.
   */
  readonly run: (messages: readonly QueueMessage<Body>[]) => Promise<readonly string[]>;
}

/**
 * A handler for an SQS event source with partial failures. A message that does not fit the schema
 * fails alone, again and again, until it stands in the dead-letter queue.
 */
export function queueHandler<Body>(settings: QueueHandlerSettings<Body>) {
  return stack<SQSEvent, SQSBatchResponse>()
    .onError((request) => {
      settings.logger.error('UNEXPECTED_ERROR', errorFields(request.error));
      request.response = respond(request.event.Records.map(({ messageId }) => messageId));
    })
    .handler(async (event: SQSEvent) => {
      const { messages, unreadable } = readMessages(settings, event.Records);
      const failed = messages.length > 0 ? await settings.run(messages) : [];
      logFailures(settings.logger, messages, failed);
      return respond([...unreadable, ...failed]);
    });
}

function readMessages<Body>(settings: QueueHandlerSettings<Body>, records: readonly SQSRecord[]) {
  const messages: QueueMessage<Body>[] = [];
  const unreadable: string[] = [];
  for (const { messageId, body, attributes } of records) {
    const receiveCount = Number(attributes.ApproximateReceiveCount);
    const parsed = z.safeParse(settings.schema, parseJson(body));
    if (parsed.success) {
      messages.push({ messageId, body: parsed.data, receiveCount });
    } else {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      settings.logger.error('MESSAGE_UNREADABLE', { messageId, receiveCount, field });
      unreadable.push(messageId);
    }
  }
  return { messages, unreadable };
}

/**
 * SQS takes an id that it does not know as a failure of the whole batch, so that is a defect here.
 */
function logFailures(
  logger: Logger,
  messages: readonly QueueMessage<unknown>[],
  failed: readonly string[],
): void {
  const receiveCounts = new Map(messages.map((each) => [each.messageId, each.receiveCount]));
  for (const messageId of new Set(failed)) {
    const receiveCount = receiveCounts.get(messageId);
    invariant(receiveCount !== undefined, 'Only a message of the batch can have failed.');
    logger.warn('BATCH_ITEM_FAILED', { messageId, receiveCount });
  }
}

function respond(failed: readonly string[]): SQSBatchResponse {
  return {
    batchItemFailures: [...new Set(failed)].map((itemIdentifier) => ({ itemIdentifier })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
