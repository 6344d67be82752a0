import type { Context, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { busMessage } from '../../../../../functions/_runtime/middleware/bus-message.ts';
import { eachMessage } from '../../../../../functions/_runtime/middleware/each.ts';
import {
  type QueueHandlerSettings,
  queueHandler,
} from '../../../../../functions/_runtime/middleware/queue.ts';
import { recordingLogger } from './logged.ts';

const schema = z.strictObject({ redemption: z.string() });
type Body = z.infer<typeof schema>;

const eventOf = (bodies: readonly string[]) =>
  ({
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      body,
      attributes: { ApproximateReceiveCount: `${index + 1}` },
    })),
  }) as unknown as SQSEvent;

const bodies = (...names: string[]) => names.map((redemption) => JSON.stringify({ redemption }));

async function handle(run: QueueHandlerSettings<Body>['run'], texts: readonly string[]) {
  const { logger, lines } = recordingLogger();
  const handler = queueHandler({ schema, logger, run });
  const response = await handler(eventOf(texts), {} as Context);
  const failed = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { failed, lines };
}

describe('the queue handler', () => {
  it('hands over parsed bodies and reports what failed, once', async () => {
    const seen: unknown[] = [];
    const { failed, lines } = await handle(
      async (messages) => {
        seen.push(...messages);
        return ['m1', 'm1'];
      },
      bodies('a', 'b', 'c'),
    );
    expect(seen[1]).toEqual({ messageId: 'm1', body: { redemption: 'b' }, receiveCount: 2 });
    expect(failed).toEqual(['m1']);
    expect(lines).toEqual([
      expect.objectContaining({ code: 'BATCH_ITEM_FAILED', messageId: 'm1', receiveCount: 2 }),
    ]);
  });

  it('fails alone what it cannot read, and logs no body', async () => {
    const canary = '{"redemption":"CANARY"';
    const texts = [canary, '{"redemption":7}', '{"redemption":"x","CANARY":1}', ...bodies('ok')];
    const { failed, lines } = await handle(async (messages) => {
      expect(messages.map(({ messageId }) => messageId)).toEqual(['m3']);
      return [];
    }, texts);
    expect(failed).toEqual(['m0', 'm1', 'm2']);
    expect(lines.map(({ code }) => code)).toEqual(Array(3).fill('MESSAGE_UNREADABLE'));
    expect(lines[1]).toMatchObject({ messageId: 'm1', field: 'redemption' });
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  });

  it('fails every message where the run throws, and says where it threw', async () => {
    const { failed, lines } = await handle(async () => {
      throw new TypeError('CANARY');
    }, ['not json', ...bodies('a', 'b')]);
    expect(failed).toEqual(['m0', 'm1', 'm2']);
    expect(lines.at(-1)).toMatchObject({
      code: 'UNEXPECTED_ERROR',
      errorName: 'TypeError',
      at: expect.stringMatching(/^queue\.test\.ts:/),
    });
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  });

  it('treats an id that is not in the batch as a defect: all come again', async () => {
    const { failed, lines } = await handle(async () => ['nobody'], bodies('a', 'b'));
    expect(failed).toEqual(['m0', 'm1']);
    expect(lines[0]).toMatchObject({ code: 'UNEXPECTED_ERROR', errorName: 'InvariantError' });
  });

  it('does not run for a batch that holds nothing readable', async () => {
    const { failed } = await handle(async () => expect.unreachable(), ['x']);
    expect(failed).toEqual(['m0']);
    expect((await handle(async () => expect.unreachable(), [])).failed).toEqual([]);
  });
});

describe('messages one by one', () => {
  it('fails only those that throw, and keeps to its concurrency', async () => {
    const { logger, lines } = recordingLogger();
    let running = 0;
    let most = 0;
    const run = eachMessage<Body>({
      logger,
      concurrency: 2,
      handle: async ({ body }) => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        if (body.redemption === 'bad') throw new Error('CANARY');
      },
    });
    const messages = ['a', 'bad', 'c', 'bad', 'e'].map((redemption, index) => ({
      messageId: `m${index}`,
      body: { redemption },
      receiveCount: 1,
    }));
    expect(await run(messages)).toEqual(['m1', 'm3']);
    expect(most).toBe(2);
    expect(lines.map(({ messageId }) => messageId)).toEqual(['m1', 'm3']);
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  });
});

describe('messages from the bus', () => {
  it('give their detail', () => {
    const envelope = { id: 'e', 'detail-type': 't', source: 's', detail: { redemption: 'a' } };
    expect(z.parse(busMessage(schema), envelope)).toEqual({ redemption: 'a' });
    const wrong = z.safeParse(busMessage(schema), { ...envelope, detail: {} });
    expect(wrong.error?.issues[0]?.path).toEqual(['detail', 'redemption']);
  });
});
