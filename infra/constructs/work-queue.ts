import { Duration, Validations } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type AlarmText, addImpactAlarm } from './impact-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface FailureQueueProps extends AlarmText {
  alarmTarget: IAlarmAction;
}

/** Where messages stay that nobody could process: 14 days, and the first one rings. */
export class FailureQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: FailureQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'This queue is where failures end; a person empties it, so no other stands behind it.',
    });
    addImpactAlarm(this, 'Depth', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      action: props.action,
      target: props.alarmTarget,
    });
  }
}

export interface WorkQueueProps extends AlarmText {
  /** Timeout of the function that will consume, which sets the visibility timeout. */
  consumerTimeoutSeconds: number;
  batchSize: number;
  /** How long Lambda gathers a batch; needed above a batch of ten. */
  batchWindowSeconds?: number;
  /** Invocations at a time, 2 or more; without it Lambda scales by itself. */
  maximumConcurrency?: number;
  /** The oldest message may be this old before somebody is told. */
  maximumAgeSeconds: number;
  alarmTarget: IAlarmAction;
}

/** Receives before a message is given up: fewer lose work to one bad minute (aws: five or more). */
const maximumReceives = 5;

/**
 * A standard queue with its dead-letter queue and alarms. Visible again after six function
 * timeouts plus the batch window, so that Lambda's own retries on throttling never overlap:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly failures: Queue;
  private readonly props: WorkQueueProps;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.props = props;
    const { impact, action, alarmTarget } = props;
    this.failures = new FailureQueue(this, 'Failures', { impact, action, alarmTarget }).queue;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(
        6 * props.consumerTimeoutSeconds + (props.batchWindowSeconds ?? 0),
      ),
      deadLetterQueue: { queue: this.failures, maxReceiveCount: maximumReceives },
    });
    addImpactAlarm(this, 'Age', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: props.maximumAgeSeconds,
      periods: 3,
      impact,
      action,
      target: alarmTarget,
    });
  }

  /** Joins the consumer; it answers with the messages that failed, never with the whole batch. */
  feed(consumer: ServiceFunction): void {
    const { batchSize, batchWindowSeconds, maximumConcurrency } = this.props;
    if (consumer.timeoutSeconds !== this.props.consumerTimeoutSeconds) {
      throw new Error(`${this.node.path} was sized for another timeout than its consumer has`);
    }
    consumer.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        reportBatchItemFailures: true,
        ...(batchWindowSeconds ? { maxBatchingWindow: Duration.seconds(batchWindowSeconds) } : {}),
        ...(maximumConcurrency ? { maxConcurrency: maximumConcurrency } : {}),
      }),
    );
  }
}
