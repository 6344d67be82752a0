import * as z from 'zod';
import type { CompiledPattern } from '../../../shared/domain/pattern/compile.ts';
import { unsupported } from '../failure.ts';
import { inputTransformer, transformed } from './input-transformer.ts';
import { compiledAt } from './mappings.ts';
import { integer, readProperties } from './properties.ts';
import type { Resolved, ResolvedTemplate } from './scope.ts';

export interface RuleTarget {
  readonly queueArn: string;
  readonly deadLetterArn: string | undefined;
  /** What the queue gets of an event: its text, all of it or what is picked. */
  readonly messageOf: (event: object) => string;
}

export interface RulePlan {
  readonly id: string;
  readonly busName: string;
  readonly matches: CompiledPattern;
  readonly targets: readonly RuleTarget[];
}

export interface SchedulePlan {
  readonly id: string;
  readonly expression: string;
  /** Time zone of a cron expression. */
  readonly timeZone: string;
  readonly functionId: string;
  /** JSON; absent: an event that names the schedule. */
  readonly input: string | undefined;
  readonly retries: number;
  readonly deadLetterArn: string | undefined;
}

const deadLetter = z.strictObject({ Arn: z.string() }).optional();
const retry = z
  .strictObject({
    MaximumRetryAttempts: integer.optional(),
    MaximumEventAgeInSeconds: integer.optional(),
  })
  .optional();

const target = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  DeadLetterConfig: deadLetter,
  Input: z.string().optional(),
  InputTransformer: inputTransformer.optional(),
  RetryPolicy: retry,
  RoleArn: z.string().optional(),
  /** Message groups make a standard queue fair between senders; here nobody else sends. */
  SqsParameters: z.strictObject({ MessageGroupId: z.string() }).optional(),
});

const ruleProperties = z.strictObject({
  Description: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  Name: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Tags: z.unknown().optional(),
  Targets: z.array(target).default([]),
});

const scheduleProperties = z.strictObject({
  Description: z.string().optional(),
  FlexibleTimeWindow: z.looseObject({ Mode: z.string() }),
  GroupName: z.string().optional(),
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: z.string(),
    DeadLetterConfig: deadLetter,
    Input: z.string().optional(),
    RetryPolicy: retry,
    RoleArn: z.string(),
  }),
});

export interface BusPlan {
  readonly busNames: readonly string[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
}

export function busOf(template: ResolvedTemplate): BusPlan {
  const rules: RulePlan[] = [];
  const schedules = template.ofType('AWS::Scheduler::Schedule').flatMap(scheduleOf);
  for (const resource of template.ofType('AWS::Events::Rule')) {
    const read = readProperties(resource, ruleProperties);
    if (read.State === 'DISABLED') continue;
    if (read.ScheduleExpression !== undefined) {
      schedules.push(...scheduledTargets(resource, read, read.ScheduleExpression));
    }
    if (read.EventPattern !== undefined) {
      rules.push({
        id: resource.logicalId,
        busName: read.EventBusName.split('event-bus/').at(-1) ?? read.EventBusName,
        matches: compiledAt(read.EventPattern, `${resource.logicalId}.EventPattern`),
        targets: read.Targets.map((it) => queueTarget(it, resource)),
      });
    }
  }
  const buses = template.ofType('AWS::Events::EventBus').map(({ identity }) => identity.ref);
  return { busNames: [...buses, 'default'], rules, schedules };
}

function queueTarget(it: z.output<typeof target>, { logicalId }: Resolved): RuleTarget {
  if (!it.Arn.startsWith('arn:aws:sqs:') || it.Input !== undefined) {
    throw unsupported(logicalId, 'a rule puts events or parts of them into SQS queues.');
  }
  const messageOf = it.InputTransformer ? transformed(it.InputTransformer) : JSON.stringify;
  return { queueArn: it.Arn, deadLetterArn: it.DeadLetterConfig?.Arn, messageOf };
}

function scheduledTargets(
  { logicalId }: Resolved,
  { Targets }: z.output<typeof ruleProperties>,
  expression: string,
): SchedulePlan[] {
  return Targets.map((it) => ({
    id: `${logicalId}.${it.Id}`,
    expression,
    timeZone: 'UTC',
    functionId: it.Arn,
    input: it.Input,
    retries: it.RetryPolicy?.MaximumRetryAttempts ?? 2,
    deadLetterArn: it.DeadLetterConfig?.Arn,
  }));
}

function scheduleOf(resource: Resolved): SchedulePlan[] {
  const read = readProperties(resource, scheduleProperties);
  if (read.State === 'DISABLED') return [];
  return [
    {
      id: resource.logicalId,
      expression: read.ScheduleExpression,
      timeZone: read.ScheduleExpressionTimezone,
      functionId: read.Target.Arn,
      input: read.Target.Input,
      retries: read.Target.RetryPolicy?.MaximumRetryAttempts ?? 2,
      deadLetterArn: read.Target.DeadLetterConfig?.Arn,
    },
  ];
}
