import { expect, it } from 'vitest';
import type { StreamRecord } from '../../infra/local/event-sources/stream-api.ts';
import {
  StreamDelivery,
  type StreamDeliverySettings,
} from '../../infra/local/event-sources/stream-delivery.ts';

const records = ['1', '2', '3', '4', '5'].map((SequenceNumber): StreamRecord => {
  const dynamodb = { ApproximateCreationDateTime: 0, Keys: {}, SequenceNumber };
  return { eventID: SequenceNumber, eventName: 'INSERT', dynamodb };
});

type Answer = (sequences: readonly string[], call: number) => string | undefined;

/** Delivers all records to a function that answers so; tells what it saw and what was given up. */
async function deliver(answer: Answer, change: Partial<StreamDeliverySettings['mapping']> = {}) {
  const seen: string[] = [];
  const givenUp: string[] = [];
  const mapping = { bisects: true, maximumRetries: 1, maximumRecordAgeMs: Infinity, ...change };
  const pool = {
    name: 'reader',
    invoke: async (event: string) => {
      const { Records } = JSON.parse(event) as { Records: StreamRecord[] };
      const sequences = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      seen.push(sequences.join(''));
      return answer(sequences, seen.length);
    },
  };
  const failureQueue = {
    send: (body: string) => {
      const { startSequenceNumber, endSequenceNumber } = JSON.parse(body).DDBStreamBatchInfo;
      givenUp.push(`${startSequenceNumber}-${endSequenceNumber}`);
    },
  };
  const settings = {
    mapping: { ...mapping, reportsItemFailures: true, functionId: 'f', streamArn: 's' },
    ...{ pool, failureQueue, region: 'eu-west-1', log: () => undefined },
  } as unknown as StreamDeliverySettings;
  const finished = await new StreamDelivery(settings).deliver(records, 'shard');
  return { seen, givenUp, finished };
}

const failing = (sequence: string) =>
  JSON.stringify({ batchItemFailures: [{ itemIdentifier: sequence }] });

it('hands records over once when all goes well', async () => {
  expect(await deliver(() => undefined)).toEqual({ seen: ['12345'], givenUp: [], finished: true });
});

it('goes on from the lowest record that was reported', async () => {
  const { seen, givenUp } = await deliver((_, call) => (call === 1 ? failing('3') : '{}'));
  expect([seen, givenUp]).toEqual([['12345', '345'], []]);
});

it('halves a failing batch until the bad record stands alone, and gives up only that', async () => {
  const { seen, givenUp } = await deliver((sequences) => {
    if (sequences.includes('4')) throw new Error('bad record');
    return undefined;
  });
  expect(givenUp).toEqual(['4-4']);
  expect(seen).toEqual(['12345', '123', '45', '4', '4', '5']);
});

it('gives a whole batch up where it may not be halved', async () => {
  const always = () => 'no json';
  const { seen, givenUp } = await deliver(always, { bisects: false });
  expect([seen, givenUp]).toEqual([['12345', '12345'], ['1-5']]);
});

it('counts attempts anew after it got on', async () => {
  const { seen, givenUp } = await deliver((sequences) => {
    return sequences[0] === '5' ? undefined : failing(sequences[1] ?? '');
  });
  expect([seen, givenUp]).toEqual([['12345', '2345', '345', '45', '5'], []]);
});
