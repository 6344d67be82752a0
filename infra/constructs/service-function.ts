import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type AlarmText, addImpactAlarm } from './impact-alarm.ts';

export interface ErrorAlarm {
  /** Failed invocations, from which on the alarm rings. */
  threshold: number;
  withinMinutes: number;
}

/** For functions that are called all the time: one bad invocation is tried again, quietly. */
const usualErrors: ErrorAlarm = { threshold: 5, withinMinutes: 5 };

export interface ServiceFunctionProps extends AlarmText {
  code: Code;
  memoryMb: number;
  timeoutSeconds: number;
  environment: Record<string, string>;
  logRetentionDays: RetentionDays;
  alarmTarget: IAlarmAction;
  errors?: ErrorAlarm | undefined;
}

/**
 * A Lambda function with a role and a log group of its own. The role may write these logs and
 * nothing else until `allow` is called. Tracing is off: it needs a permission on every resource,
 * and the redemption id in the log lines already ties the steps together.
 */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly timeoutSeconds: number;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `guerdon ${id}`,
      code: props.code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      environment: props.environment,
      role,
      logGroup,
    });
    // The ARN of a log group as CloudFormation returns it covers its streams already.
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    const { threshold, withinMinutes } = props.errors ?? usualErrors;
    addImpactAlarm(this, 'Errors', {
      metric: this.lambda.metricErrors({
        period: Duration.minutes(withinMinutes),
        statistic: 'Sum',
      }),
      threshold,
      impact: props.impact,
      action: props.action,
      target: props.alarmTarget,
    });
  }

  /** Lets the function do `actions` on the one resource with this exact ARN. */
  allow(actions: string[], resourceArn: string): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [resourceArn] }));
  }
}
