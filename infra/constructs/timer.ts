import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { AlarmText } from './impact-alarm.ts';
import type { ServiceFunction } from './service-function.ts';
import { FailureQueue } from './work-queue.ts';

export interface TimerProps extends AlarmText {
  target: ServiceFunction;
  /** EventBridge Scheduler expression, such as `rate(15 minutes)`. */
  expression: string;
  /** Of a cron expression; UTC without it. */
  timeZone?: string;
  input: Record<string, string>;
  alarmTarget: IAlarmAction;
}

/** Calls a function on a schedule, through a role that may call this one function. */
export class Timer extends Construct {
  constructor(scope: Construct, id: string, props: TimerProps) {
    super(scope, id);
    const { impact, action, alarmTarget } = props;
    const failures = new FailureQueue(this, 'Failures', { impact, action, alarmTarget }).queue;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    const allow = (act: string, resource: string): void => {
      role.addToPolicy(new PolicyStatement({ actions: [act], resources: [resource] }));
    };
    allow('lambda:InvokeFunction', props.target.lambda.functionArn);
    allow('sqs:SendMessage', failures.queueArn);
    const schedule = new CfnSchedule(this, 'Schedule', {
      scheduleExpression: props.expression,
      ...(props.timeZone ? { scheduleExpressionTimezone: props.timeZone } : {}),
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: props.target.lambda.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify(props.input),
        deadLetterConfig: { arn: failures.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 900 },
      },
    });
    schedule.node.addDependency(role);
  }
}
