import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { useFixtureStack } from './fixture-stack.ts';

const fixture = useFixtureStack();

describe('bus, queue and function', () => {
  it('carries what a rule matches, in batches, and tells listeners', async () => {
    const details = Array.from({ length: 10 }, (_, index) => ({
      id: `a${index}`,
      action: 'succeed',
    }));
    await fixture.put([...details.slice(0, 9), { id: 'unmatched' }]);
    await fixture.stack.drain();
    expect(
      fixture
        .of('worked')
        .map(({ worked }) => worked)
        .sort(),
    ).toEqual(details.slice(0, 9).map(({ id }) => id));
    expect(fixture.events).toHaveLength(10);
    expect(fixture.events[0]).toMatchObject({
      source: 'test',
      'detail-type': 'work',
      detail: { id: 'a0' },
    });
  });

  it('refuses entries as the service does', async () => {
    const bus = new EventBridgeClient(fixture.client('EVENTBRIDGE'));
    const good = { Source: 's', DetailType: 't', Detail: '{}', EventBusName: 'fixture' };
    const send = (Entries: object[]) => bus.send(new PutEventsCommand({ Entries }));
    const { Entries, FailedEntryCount } = await send([
      good,
      { ...good, Detail: '[]' },
      { ...good, Source: undefined },
      { ...good, EventBusName: 'other' },
      { ...good, Source: 'aws.s3' },
    ]);
    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'InvalidArgument',
      'ResourceNotFoundException',
      'NotAuthorizedForSourceException',
    ]);
    await expect(send(Array.from({ length: 11 }, () => good))).rejects.toThrow('entries');
    const large = { ...good, Detail: JSON.stringify({ a: 'x'.repeat(600_000) }) };
    await expect(send([large, large])).rejects.toThrow('size');
  });

  it('brings back only the messages that failed', async () => {
    await fixture.put([
      { id: 'b1', action: 'succeed' },
      { id: 'b2', action: 'failOnce' },
    ]);
    await fixture.stack.drain();
    const worked = fixture
      .of('worked')
      .map(({ worked, receiveCount }) => `${worked} ${receiveCount}`);
    expect(worked.sort()).toEqual(['b1 1', 'b2 1', 'b2 2']);
    expect(await fixture.stack.deadLetterCount()).toBe(0);
  });

  it('ends a function that hangs or dies, and dead-letters what keeps failing', async () => {
    await fixture.put([{ id: 'c1', action: 'hang' }]);
    await fixture.stack.drain();
    await fixture.put([{ id: 'c2', action: 'exit' }]);
    await fixture.put([{ id: 'c3', action: 'fail' }]);
    await fixture.stack.drain();
    expect(await fixture.stack.deadLetterCount()).toBe(3);
    expect(fixture.stack.deadLetters()).toMatchObject([
      { count: 3, function: expect.stringContaining('Worker') },
    ]);
    await fixture.put([{ id: 'c4', action: 'succeed' }]);
    await fixture.stack.drain();
    expect(fixture.of('worked').some(({ worked }) => worked === 'c4')).toBe(true);
  }, 60_000);

  it('does not wait for appointments', async () => {
    const queues = new SQSClient(fixture.client('SQS'));
    const MessageBody = JSON.stringify({ detail: { id: 'd1', action: 'succeed' } });
    const QueueUrl = fixture.stack.outputs.CheckUrl;
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 900 }));
    await fixture.stack.drain();
    expect(fixture.of('worked')).toEqual([]);
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await fixture.stack.drain();
    expect(fixture.of('worked')).toHaveLength(1);
  });
});

it('has a bucket, and calls functions by hand', async () => {
  const Bucket = fixture.stack.outputs.FilesBucketName;
  const files = new S3Client(fixture.client('S3'));
  await files.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'kept' }));
  const { Contents } = await files.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['a/b']);
  files.destroy();
  expect(await fixture.stack.invoke(/Api/, {})).toMatchObject({ statusCode: 200 });
  await expect(fixture.stack.invoke(/nobody/, {})).rejects.toThrow('No function');
  await expect(fixture.stack.invoke(/fixture/, {})).rejects.toThrow('Several');
});

describe('stream', () => {
  it('hands new items that pass the filter to the reader, once and in order', async () => {
    const item = { k: { S: 'ENTRY' } };
    for (let index = 0; index < 5; index += 1) {
      await fixture.put([{ id: `e${index}`, action: 'write', item: index === 2 ? {} : item }]);
      await fixture.stack.drain();
    }
    expect(fixture.of('read').map(({ read }) => read)).toEqual(['e0', 'e1', 'e3', 'e4']);
  });

  it('gives up a record that is refused again and again, and goes on', async () => {
    const before = await fixture.stack.deadLetterCount();
    const item = { k: { S: 'ENTRY' } };
    await fixture.put([{ id: 'f0', action: 'write', item: { ...item, poison: { BOOL: true } } }]);
    await fixture.put([{ id: 'f1', action: 'write', item }]);
    await fixture.stack.drain();
    const read = fixture.of('read').map(({ read }) => read);
    expect(read.filter((id) => id === 'f0').length).toBeGreaterThanOrEqual(2);
    expect(read).toContain('f1');
    expect(await fixture.stack.deadLetterCount()).toBe(before + 1);
  });
});
