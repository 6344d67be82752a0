import { expect, it } from 'vitest';
import { failingFunctions, LastFaults } from '../../../../infra/local/dead-letters.ts';
import { FunctionLogs } from '../../../../infra/local/functions/function-logs.ts';

type Plan = Parameters<typeof failingFunctions>[0];

/** Of each kind of source one that names a queue of failures. */
const plan = {
  queues: [
    { arn: 'work', deadLetterArn: 'workFailures' },
    { arn: 'workFailures', deadLetterArn: undefined },
    { arn: 'unread', deadLetterArn: 'unreadFailures' },
  ],
  queueMappings: [{ queueArn: 'work', functionId: 'settle' }],
  streamMappings: [{ onFailureArn: 'readerFailures', functionId: 'relay' }],
  bus: {
    rules: [{ targets: [{ queueArn: 'work', deadLetterArn: 'ruleFailures' }] }],
    schedules: [{ deadLetterArn: 'timerFailures', functionId: 'sweep' }],
  },
} as unknown as Plan;

it('knows whose failures end in each queue', () => {
  expect(Object.fromEntries(failingFunctions(plan))).toEqual({
    ...{ workFailures: 'settle', ruleFailures: 'settle' },
    ...{ readerFailures: 'relay', timerFailures: 'sweep' },
  });
});

it('keeps the latest fault of each function, and of its line no more than the code', () => {
  const logs = new FunctionLogs(undefined);
  const faults = new LastFaults(logs);
  const print = (level: string, code: string) =>
    logs.print('settle', `${JSON.stringify({ level, code, field: 'body' })}\n`);
  print('info', 'REDEMPTION_CAPTURED');
  expect(faults.of('settle')).toBeUndefined();
  print('warn', 'BATCH_ITEM_FAILED');
  expect(faults.of('settle')).toBe('BATCH_ITEM_FAILED');
  print('error', 'MESSAGE_UNREADABLE');
  print('warn', 'BATCH_ITEM_FAILED');
  expect(faults.of('settle')).toBe('MESSAGE_UNREADABLE');
  expect(faults.of('route')).toBeUndefined();
});
