import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import {
  type StreamHandlerSettings,
  streamHandler,
} from '../../../../../functions/_runtime/middleware/stream.ts';
import { recordingLogger } from './logged.ts';

const eventOf = (sequences: readonly string[], more: object = {}) =>
  ({
    ...more,
    Records: sequences.map((SequenceNumber) => ({
      eventID: `e${SequenceNumber}`,
      eventName: 'INSERT',
      dynamodb: { SequenceNumber, NewImage: { pk: { S: 'p' }, n: { N: '1' } } },
    })),
  }) as unknown as DynamoDBStreamEvent;

async function handle(run: StreamHandlerSettings['run'], event: DynamoDBStreamEvent) {
  const { logger, lines } = recordingLogger();
  const response = await streamHandler({ logger, run })(event, {} as Context);
  return { failed: response.batchItemFailures, lines };
}

describe('the stream handler', () => {
  it('hands over images and the shard, where it is known', async () => {
    const event = eventOf(['100'], { shardId: 'shardId-1' });
    const { failed } = await handle(async (records, shard) => {
      expect(records).toEqual([
        { eventName: 'INSERT', sequence: '100', newImage: { pk: { S: 'p' }, n: { N: '1' } } },
      ]);
      expect(shard).toBe('shardId-1');
      return [];
    }, event);
    expect(failed).toEqual([]);
  });

  it('reports the lowest failed sequence number, as a number', async () => {
    const run = async () => ['1000', '99999999999999999999999', '999'];
    const event = eventOf(['99', '999', '1000', '99999999999999999999999']);
    const { failed, lines } = await handle(run, event);
    expect(failed).toEqual([{ itemIdentifier: '999' }]);
    expect(lines).toHaveLength(3);
  });

  it('throws what the run throws, so that all records come again', async () => {
    const { logger, lines } = recordingLogger();
    const run = async () => {
      throw new TypeError('CANARY');
    };
    const handler = streamHandler({ logger, run });
    await expect(handler(eventOf(['1']), {} as Context)).rejects.toThrow(TypeError);
    expect(lines[0]).toMatchObject({ code: 'UNEXPECTED_ERROR', errorName: 'TypeError' });
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  });

  it('refuses records of another form and ids of another batch', async () => {
    await expect(handle(async () => [], eventOf(['x1']))).rejects.toThrow();
    await expect(handle(async () => ['2'], eventOf(['1']))).rejects.toThrow('of the batch');
  });

  it('does not run for the closing call of a window', async () => {
    const closing = { shardId: 's' } as unknown as DynamoDBStreamEvent;
    const { failed } = await handle(async () => expect.unreachable(), closing);
    expect(failed).toEqual([]);
  });
});
