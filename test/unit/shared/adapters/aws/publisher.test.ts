import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../../../shared/adapters/aws/publisher.ts';

function start() {
  const mock = mockClient(EventBridgeClient);
  mock.on(PutEventsCommand).callsFake(async ({ Entries }) => ({
    FailedEntryCount: 0,
    Entries: Entries.map(() => ({ EventId: 'e' })),
  }));
  const waits: number[] = [];
  const publisher = createPublisher({
    client: new EventBridgeClient({ region: 'eu-west-1' }),
    busName: 'bus',
    sleeper: {
      sleep: async (durationMs) => {
        waits.push(durationMs);
      },
    },
    randomness: { next: () => 0.5 },
  });
  const sent = () =>
    mock.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries ?? []);
  return { mock, publisher, sent, waits };
}

const event = (id: number, padding = '') => ({
  type: 'points.accrued.v1',
  detail: { id, padding },
});

describe('the publisher', () => {
  it('sends ten at a time, with source and type', async () => {
    const { publisher, sent } = start();
    await publisher.publish(Array.from({ length: 23 }, (_, id) => event(id)));
    expect(sent().map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(sent()[0]?.[0]).toEqual({
      EventBusName: 'bus',
      Source: 'guerdon',
      DetailType: 'points.accrued.v1',
      Detail: '{"id":0,"padding":""}',
    });
  });

  it('keeps a call under 1 MB, counting bytes', async () => {
    const { publisher, sent } = start();
    await publisher.publish([1, 2, 3].map((id) => event(id, 'é'.repeat(200_000))));
    expect(sent().map((entries) => entries.length)).toEqual([2, 1]);
    await expect(publisher.publish([event(1, 'x'.repeat(1_000_000))])).rejects.toThrow(RangeError);
  });

  it('sends nothing for nothing', async () => {
    const { publisher, sent } = start();
    await publisher.publish([]);
    expect(sent()).toEqual([]);
  });

  it('sends again only what the bus refused', async () => {
    const { mock, publisher, sent, waits } = start();
    mock
      .on(PutEventsCommand)
      .resolvesOnce({
        FailedEntryCount: 1,
        Entries: [{ EventId: 'a' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' }],
      })
      .resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'b' }] });
    await publisher.publish([event(1), event(2)]);
    expect(sent().map((entries) => entries.map(({ Detail }) => Detail))).toEqual([
      ['{"id":1,"padding":""}', '{"id":2,"padding":""}'],
      ['{"id":2,"padding":""}'],
    ]);
    expect(waits).toEqual([75]);
  });

  it('throws the codes when the bus keeps refusing', async () => {
    const { mock, publisher, sent, waits } = start();
    mock.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'detail was {"id":1}' }],
    });
    const error = await publisher.publish([event(1)]).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'PublishError', code: 'InternalFailure' });
    expect(String(error)).not.toContain('detail was');
    expect(sent()).toHaveLength(5);
    expect(waits).toEqual([75, 150, 300, 600]);
  });
});
