import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { errorFields } from '../../../shared/app/logging/error-fields.ts';
import { invariant } from '../../../shared/domain/result.ts';
import type { Logger } from '../../../shared/ports/runtime.ts';
import { stack } from './stack.ts';

/** Items in DynamoDB's own typed form (`{"S": "…"}`), for the codec of the table to read. */
const image = z.record(z.string(), z.record(z.string(), z.unknown()));

const recordSchema = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({
    SequenceNumber: z.string().check(z.regex(/^[0-9]+$/)),
    Keys: z.optional(image),
    NewImage: z.optional(image),
    OldImage: z.optional(image),
  }),
});

/**
 * A shard is named only to readers with a tumbling window; their closing call carries no records.
 */
const eventSchema = z.object({
  shardId: z.optional(z.string()),
  Records: z._default(z.array(recordSchema), []),
});

export type StreamImage = z.infer<typeof image>;

export interface StreamRecord {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** In digits; grows within a shard. */
  readonly sequence: string;
  readonly newImage?: StreamImage;
  readonly oldImage?: StreamImage;
}

export interface StreamHandlerSettings {
  readonly logger: Logger;
  /**
   * Handles records of one shard in their order and returns the sequence numbers of those to
   * deliver again. Where it throws, all are. `shard` is known only with a tumbling window.
   */
  readonly run: (
    records: readonly StreamRecord[],
    shard: string | undefined,
  ) => Promise<readonly string[]>;
}

/**
 * A handler for a DynamoDB stream with partial failures: everything from the lowest failed record
 * on comes again, so what was done after it is done twice and must bear that.
 */
export function streamHandler({ logger, run }: StreamHandlerSettings) {
  return stack<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .onError((request) => {
      logger.error('UNEXPECTED_ERROR', errorFields(request.error));
    })
    .handler(async (event: DynamoDBStreamEvent) => {
      const { Records, shardId } = z.parse(eventSchema, event);
      const records = Records.map(toRecord);
      const failed = records.length > 0 ? await run(records, shardId) : [];
      return respond(logger, records, failed);
    });
}

function toRecord({ eventName, dynamodb }: z.infer<typeof recordSchema>): StreamRecord {
  return {
    eventName,
    sequence: dynamodb.SequenceNumber,
    ...(dynamodb.NewImage && { newImage: dynamodb.NewImage }),
    ...(dynamodb.OldImage && { oldImage: dynamodb.OldImage }),
  };
}

function respond(
  logger: Logger,
  records: readonly StreamRecord[],
  failed: readonly string[],
): DynamoDBBatchResponse {
  const known = new Set(records.map(({ sequence }) => sequence));
  for (const sequence of failed) {
    invariant(known.has(sequence), 'Only a record of the batch can have failed.');
    logger.warn('BATCH_ITEM_FAILED', { sequence });
  }
  const lowest = [...failed].sort((left, right) => (BigInt(left) < BigInt(right) ? -1 : 1))[0];
  return {
    batchItemFailures: lowest === undefined ? [] : [{ itemIdentifier: lowest }],
  };
}
