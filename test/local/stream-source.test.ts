import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Activity } from '../../infra/local/activity.ts';
import { drain } from '../../infra/local/drain.ts';
import { Checkpoints } from '../../infra/local/event-sources/checkpoints.ts';
import { type StreamApi, StreamApiError } from '../../infra/local/event-sources/stream-api.ts';
import { StreamFeeds } from '../../infra/local/event-sources/stream-feeds.ts';
import {
  StreamSource,
  type StreamSourceSettings,
} from '../../infra/local/event-sources/stream-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

const sequenceOf = (number: number) => String(number).padStart(21, '0');

/** A stream of one shard that behaves as DynamoDB Local was seen to behave. */
class FakeStream {
  numbers: number[] = [];
  /** Sequence number of the oldest record that was ever trimmed, and the next to be given. */
  next = 1;
  trimmedBelow = 0;
  reads = 0;

  add(count: number): void {
    for (let index = 0; index < count; index += 1) this.numbers.push(this.next++);
  }

  /** All records have passed their 24 hours: counting begins anew. */
  trimAll(): void {
    this.numbers = [];
    this.next = 1;
  }

  trimBelow(number: number): void {
    this.numbers = this.numbers.filter((it) => it >= number);
    this.trimmedBelow = number;
  }

  readonly api = {
    streamOf: async () => 'arn',
    shards: async () => [{ ShardId: 'shard' }],
    iterator: async (_: string, __: string, after: string | undefined) => {
      const number = after === undefined ? 0 : Number(after);
      if (after !== undefined && number + 1 < this.trimmedBelow) {
        throw new StreamApiError('TrimmedDataAccessException', 'past the oldest record');
      }
      return String(number);
    },
    records: async (iterator: string) => {
      this.reads += 1;
      const found = this.numbers.filter((number) => number > Number(iterator)).slice(0, 1000);
      const Records = found.map((number) => ({
        eventID: String(number),
        eventName: 'INSERT',
        dynamodb: {
          ApproximateCreationDateTime: 0,
          Keys: {},
          NewImage: { pk: { S: `item${number}` } },
          SequenceNumber: sequenceOf(number),
        },
      }));
      return { Records, NextShardIterator: String(found.at(-1) ?? iterator) };
    },
    items: async function* () {
      yield [{ pk: { S: 'kept1' } }, { pk: { S: 'kept2' } }];
    },
  } as unknown as StreamApi;
}

interface Reader {
  readonly read: string[];
  readonly sequences: bigint[];
  settle(): Promise<void>;
  stop(): Promise<void>;
}

async function readersOf(stream: FakeStream, names: string[], path?: string): Promise<Reader[]> {
  const activity = new Activity();
  const checkpoints = new Checkpoints(path);
  const plan = { name: 'table', create: { KeySchema: [{ AttributeName: 'pk' }] } };
  const feeds = new StreamFeeds(stream.api, plan as never, activity);
  const readers = names.map((id) => {
    const read: string[] = [];
    const sequences: bigint[] = [];
    const pool = {
      name: id,
      invoke: (event: string) =>
        activity.during(async () => {
          for (const { dynamodb } of JSON.parse(event).Records) {
            read.push(dynamodb.NewImage.pk.S);
            sequences.push(BigInt(dynamodb.SequenceNumber));
          }
          return undefined;
        }),
    };
    const mapping = { id, batchSize: 100, maximumRetries: 0, reportsItemFailures: false };
    const settings = { mapping, pool, feeds, checkpoints, activity, log: () => undefined };
    return {
      source: new StreamSource(settings as unknown as StreamSourceSettings),
      read,
      sequences,
    };
  });
  const sources = readers.map(({ source }) => source);
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await Promise.all(sources.map((source) => source.stop()));
    checkpoints.close();
  };
  onTestFinished(stop);
  await Promise.all(sources.map((source) => source.start()));
  const settle = () => drain({ activity, consumedQueues: [], streams: sources });
  return readers.map(({ read, sequences }) => ({ read, sequences, settle, stop }));
}

async function reader(stream: FakeStream, path?: string): Promise<Reader> {
  const [first] = await readersOf(stream, ['reader'], path);
  if (first === undefined) throw new Error('No reader.');
  return first;
}

const items = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `item${from + index}`);

it('reads everything once and in order, for two readers with one request', async () => {
  const stream = new FakeStream();
  stream.add(2500);
  const [left, right] = await readersOf(stream, ['left', 'right']);
  await left?.settle();
  expect(left?.read).toEqual(items(1, 2500));
  expect(right?.read).toEqual(items(1, 2500));
  stream.add(1);
  await right?.settle();
  expect([left?.read.at(-1), right?.read.at(-1)]).toEqual(['item2501', 'item2501']);
});

it('goes on behind its checkpoint after a restart', async () => {
  const stream = new FakeStream();
  const path = join(temporaryFolder(), 'streams.json');
  stream.add(10);
  const first = await reader(stream, path);
  await first.settle();
  await first.stop();
  stream.add(5);
  const second = await reader(stream, path);
  await second.settle();
  expect(second.read).toEqual(items(11, 15));
  expect((second.sequences[0] ?? 0n) > (first.sequences.at(-1) ?? 0n)).toBe(true);
});

it('goes on where counting began anew, with sequence numbers that still grow', async () => {
  const stream = new FakeStream();
  const path = join(temporaryFolder(), 'streams.json');
  stream.add(10);
  const first = await reader(stream, path);
  await first.settle();
  await first.stop();
  stream.trimAll();
  const second = await reader(stream, path);
  await second.settle();
  stream.add(3);
  await second.settle();
  expect(second.read).toEqual(items(1, 3));
  expect((second.sequences[0] ?? 0n) > (first.sequences.at(-1) ?? 0n)).toBe(true);
});

it('replays the table where unread records are gone', async () => {
  const stream = new FakeStream();
  const path = join(temporaryFolder(), 'streams.json');
  stream.add(10);
  const first = await reader(stream, path);
  await first.settle();
  await first.stop();
  stream.add(10);
  stream.trimBelow(15);
  const second = await reader(stream, path);
  await second.settle();
  expect(second.read).toEqual(['kept1', 'kept2', ...items(15, 20)]);
});
