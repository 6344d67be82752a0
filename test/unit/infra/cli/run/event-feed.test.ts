import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsCommandInput,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { EventFeed } from '../../../../../infra/cli/run/event-feed.ts';
import type { BusEvent } from '../../../../../infra/local/stack.ts';
import { eventLine, writeLines } from '../../../../support/event-lines.ts';
import { temporaryFolder } from '../../../../support/guerdon.ts';

const bus = mockClient(EventBridgeClient);
afterEach(() => bus.reset());

interface Sent {
  readonly delivery: string;
}

/** A stack whose pipeline books what was sent when it comes to rest, or loses it. */
class FakeStack {
  readonly outputs = { BusName: 'bus' };
  readonly clientEnvironment = {};
  readonly #books: boolean;
  #listener: (event: BusEvent) => void = () => undefined;
  #waiting: Sent[] = [];
  onDrain: () => void = () => undefined;

  constructor({ books }: { readonly books: boolean }) {
    this.#books = books;
    bus.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => {
      this.#waiting.push(...Entries.map(({ Detail = '' }) => JSON.parse(Detail) as Sent));
      return { Entries: Entries.map(() => ({ EventId: 'any' })) };
    });
  }

  onBusEvent(listener: (event: BusEvent) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  async rest(): Promise<void> {
    await new Promise(setImmediate);
    this.onDrain();
    for (const detail of this.#waiting.splice(0)) {
      if (!this.#books) continue;
      this.#listener(accrued({ ...detail }));
    }
  }
}

function accrued(detail: Record<string, unknown>): BusEvent {
  return {
    ...{ version: '0', id: 'any', 'detail-type': 'points.accrued.v1', source: 'guerdon' },
    ...{ account: '0', time: '2026-03-02T00:00:00Z', region: 'eu-west-1', resources: [], detail },
  };
}

async function fileOf(count: number, idOf: (index: number) => string): Promise<string> {
  const path = `${await temporaryFolder()}/events.jsonl`;
  const lines = Array.from({ length: count }, (_, index) =>
    eventLine({ id: idOf(index), member: 'm-1' }),
  );
  await writeLines(path, lines);
  return path;
}

const limit = 3000;
const settings = { program: 'p', runId: 'run', order: 'event' } as const;

describe('a feed of events', () => {
  it('goes on when as many lines are lost as may be under way', async () => {
    const feed = new EventFeed(new FakeStack({ books: false }), settings);
    await feed.feed(await fileOf(limit + 100, String), () => undefined);
    await feed.finish();
    await feed.close();
    expect(feed.counts).toMatchObject({ received: limit + 100, accrued: 0 });
  });

  it('throws the first error of a call to the bus, and nobody else gets it', async () => {
    const feed = new EventFeed(new FakeStack({ books: true }), settings);
    bus.on(PutEventsCommand).rejectsOnce(new Error('first')).rejects(new Error('later'));
    const path = await fileOf(limit + 100, String);
    await expect(feed.feed(path, () => undefined)).rejects.toThrow('first');
    await expect(feed.finish()).rejects.toThrow('first');
    await feed.close();
  });

  it('throws an error of the only call when it waits for outcomes', async () => {
    const feed = new EventFeed(new FakeStack({ books: true }), settings);
    bus.on(PutEventsCommand).rejects(new Error('only'));
    await feed.feed(await fileOf(1, String), () => undefined);
    await expect(feed.finish()).rejects.toThrow('only');
    await feed.close();
  });

  it('reads no further than the limit while lines of one key wait for each other', async () => {
    const stack = new FakeStack({ books: true });
    const feed = new EventFeed(stack, settings);
    let read = 0;
    const readAtDrain: number[] = [];
    stack.onDrain = () => readAtDrain.push(read);
    await feed.feed(await fileOf(limit + 100, () => 'same'), (lines) => {
      read = lines;
    });
    await feed.finish();
    await feed.close();
    expect(readAtDrain[0]).toBeLessThanOrEqual(limit);
    expect(feed.counts).toMatchObject({ received: limit + 100, accrued: limit + 100 });
  });
});
