import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Activity } from '../../infra/local/activity.ts';
import { QueueServer } from '../../infra/local/queues/queue-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

const region = 'eu-west-1';

function plan(name: string, attributes: Record<string, string> = {}) {
  const arn = `arn:aws:sqs:${region}:000000000000:${name}`;
  return {
    logicalId: name,
    name,
    arn,
    url: `http://x/0/${name}`,
    attributes,
    deadLetterArn: undefined,
  };
}

async function start(dataDirectory?: string) {
  const server = await QueueServer.start({ region, dataDirectory, activity: new Activity() });
  const dead = server.create(plan('Dead'));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const work = server.create(plan('Work', { VisibilityTimeout: '600', RedrivePolicy }));
  return { server, work, dead };
}

it('receives more than ten at once, and keeps each to one receiver', async () => {
  const { server, work } = await start();
  onTestFinished(() => server.stop());
  for (let index = 0; index < 25; index += 1) work.send(`m${index}`);
  expect(work.receive(20)).toHaveLength(20);
  expect(work.receive(20).map(({ body }) => body)).toEqual(['m20', 'm21', 'm22', 'm23', 'm24']);
  expect(work.counts()).toEqual({ ready: 0, inFlight: 25, delayed: 0 });
});

it('listens on loopback', async () => {
  const { server } = await start();
  onTestFinished(() => server.stop());
  expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

it('keeps messages, and makes those in flight visible at once after a restart', async () => {
  const folder = join(temporaryFolder(), 'queues');
  const first = await start(folder);
  for (const body of ['done', 'taken', 'waiting']) first.work.send(body);
  const [done] = first.work.receive(2);
  first.work.delete(done?.receiptHandle ?? '');
  await first.server.stop();

  const { server, work } = await start(folder);
  onTestFinished(() => server.stop());
  expect(work.receive(10).map(({ body }) => body)).toEqual(['taken', 'waiting']);
});

it('moves a message that was received too often, and keeps it through a restart', async () => {
  const folder = join(temporaryFolder(), 'queues');
  const first = await start(folder);
  first.work.send('bad');
  const [received] = first.work.receive(1);
  first.work.retryAfter(received?.receiptHandle ?? '', 1);
  await expect
    .poll(() => first.work.receive(1).length + first.dead.counts().ready, { timeout: 5000 })
    .toBe(1);
  expect(first.dead.counts().ready).toBe(1);
  await first.server.stop();

  const { server, work, dead } = await start(folder);
  onTestFinished(() => server.stop());
  expect([work.counts().ready, dead.counts().ready]).toEqual([0, 1]);
});
