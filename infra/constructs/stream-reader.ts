import { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { type AlarmText, addImpactAlarm } from './impact-alarm.ts';
import type { ServiceFunction } from './service-function.ts';
import { FailureQueue } from './work-queue.ts';

export interface StreamReaderProps extends AlarmText {
  table: Table;
  consumer: ServiceFunction;
  /** Whether it is told of members' choices of a rail too. */
  hearsChoices: boolean;
  alarmTarget: IAlarmAction;
}

/** Only new ledger entries carry the attribute `k`; sealed codes never reach a reader. */
const ledgerEntries = FilterCriteria.filter({
  eventName: ['INSERT'],
  dynamodb: { NewImage: { k: { S: [{ exists: true }] } } },
});

/**
 * How members want to be paid, chosen or removed: one item for each, whose payee is sealed. Lists
 * of members, or of runs, may have one of that name, but no rail in it (`rl`).
 */
const payoutChoices = ['NewImage', 'OldImage'].map((image) =>
  FilterCriteria.filter({
    dynamodb: { Keys: { sk: { S: ['CHOICE'] } }, [image]: { rl: { S: [{ exists: true }] } } },
  }),
);

/**
 * One of the two readers that a table stream can serve. A record that keeps failing is cut out by
 * bisection and put on a failure queue after ten tries or six hours, well inside the 24 hours
 * that the stream keeps, so that one bad record never holds its shard.
 */
export class StreamReader extends Construct {
  constructor(scope: Construct, id: string, props: StreamReaderProps) {
    super(scope, id);
    const { table, consumer, hearsChoices, impact, action, alarmTarget } = props;
    const streamArn = table.tableStreamArn;
    if (!streamArn) throw new Error(`${table.node.path} has no stream`);
    const failures = new FailureQueue(this, 'Failures', { impact, action, alarmTarget });
    consumer.allow(
      [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      streamArn,
    );
    new EventSourceMapping(this, 'Mapping', {
      target: consumer.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(failures.queue),
      reportBatchItemFailures: true,
      filters: [ledgerEntries, ...(hearsChoices ? payoutChoices : [])],
    });
    addImpactAlarm(this, 'Lag', {
      metric: consumer.lambda.metric('IteratorAge', {
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: Duration.minutes(5).toMilliseconds(),
      periods: 3,
      impact,
      action,
      target: alarmTarget,
    });
  }
}
