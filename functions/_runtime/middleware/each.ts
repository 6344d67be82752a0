import { errorFields } from '../../../shared/app/logging/error-fields.ts';
import type { Logger } from '../../../shared/ports/runtime.ts';
import type { QueueMessage } from './queue.ts';

/**
 * Handles messages one by one, `concurrency` at a time, and returns the ids of those whose handling
 * threw: a run function for `queueHandler` where messages have nothing to do with each other.
 */
export function eachMessage<Body>(settings: {
  readonly logger: Logger;
  readonly concurrency: number;
  readonly handle: (message: QueueMessage<Body>) => Promise<unknown>;
}): (messages: readonly QueueMessage<Body>[]) => Promise<readonly string[]> {
  const { logger, concurrency, handle } = settings;
  return async (messages) => {
    const failed: string[] = [];
    const waiting = messages.values();
    const work = async () => {
      for (const message of waiting) {
        try {
          await handle(message);
        } catch (error) {
          logger.error('UNEXPECTED_ERROR', {
            messageId: message.messageId,
            ...errorFields(error),
          });
          failed.push(message.messageId);
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return failed;
  };
}
