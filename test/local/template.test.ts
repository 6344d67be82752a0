import { expect, it } from 'vitest';
import { readAssembly } from '../../infra/local/template/assembly.ts';
import { planStack, type StackPlan } from '../../infra/local/template/plan.ts';
import { fixtureResources, writeAssembly } from './fixture-assembly.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Change = { Type?: string; Properties?: Record<string, unknown> };

async function planWith(changes: Record<string, Change> = {}): Promise<StackPlan> {
  const stack = await readAssembly(writeAssembly(temporaryFolder(), changes));
  return planStack(stack, {
    region: stack.region,
    accountId: '000000000000',
    stackName: stack.stackName,
    queueOrigin: 'http://127.0.0.1:1',
    apiOrigin: 'http://127.0.0.1:2',
  });
}

function changed(logicalId: string, properties: Record<string, unknown>): Record<string, Change> {
  const resource = fixtureResources[logicalId] as Change;
  return {
    [logicalId]: { ...resource, Properties: { ...resource.Properties, ...properties } },
  };
}

it('turns a template into a plan with every reference resolved', async () => {
  const plan = await planWith();
  expect(plan.outputs).toMatchObject({
    BusName: 'fixture',
    WorkUrl: 'http://127.0.0.1:1/000000000000/fixture-Work',
    ApiUrl: 'http://127.0.0.1:2/claim',
    FilesBucketName: 'fixture-files',
    FilesBucketArn: 'arn:aws:s3:::fixture-files',
  });
  expect(plan.bucket).toBe('fixture-files');
  expect(plan.queueMappings[0]).toMatchObject({ batchSize: 20, windowMs: 1000 });
  expect(plan.streamMappings[0]).toMatchObject({ bisects: true, maximumRetries: 1 });
  expect([...plan.failureQueueArns].map((arn) => arn.split(':').at(-1))).toEqual([
    'fixture-Dead',
    'fixture-Unread',
  ]);
  expect(plan.entrance?.routes.map(({ routeKey }) => routeKey)).toEqual([
    'ANY /open/{id}',
    'GET /closed/{id}',
  ]);
});

it.each([
  ['a type that nobody knows', { Cluster: { Type: 'AWS::EKS::Cluster' } }, 'AWS::EKS::Cluster'],
  [
    'a mapping with an unknown setting',
    changed('WorkerMapping', { TumblingWindow: 1 }),
    'Tumbling',
  ],
  [
    'a pattern with an unknown operator',
    changed('Rule', { EventPattern: { a: [{ cidr: 'x' }] } }),
    'cidr',
  ],
  [
    'a rule with another target',
    changed('Rule', { Targets: [{ Id: 'T', Arn: 'arn:aws:sns:x' }] }),
    'Rule',
  ],
  ['another runtime', changed('Worker', { Runtime: 'python3.14' }), 'Worker.Runtime'],
  ['code that is not there', changed('Worker', { Code: { S3Key: 'other.zip' } }), 'Worker'],
  ['a second bucket', { More: { Type: 'AWS::S3::Bucket' } }, 'More'],
  ['a FIFO queue', changed('Work', { FifoQueue: true }), 'Work.FifoQueue'],
  ['a condition', { Role: { Type: 'AWS::IAM::Role', Condition: 'X' } }, 'Role'],
])('refuses %s, naming it', async (_, changes, named) => {
  await expect(planWith(changes as Record<string, Change>)).rejects.toThrow(named);
});
