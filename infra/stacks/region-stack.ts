import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { HttpEntrance } from '../constructs/http-entrance.ts';
import type { RegionRow } from '../regions.ts';
import { DataStore } from './data.ts';
import type { FunctionName } from './functions.ts';
import { Pipeline } from './pipeline.ts';

export interface RegionStackProps extends StackProps {
  row: RegionRow;
  codeOf: (name: FunctionName) => Code;
}

/** One region of one stage, whole: nothing in here points at another region. */
export class RegionStack extends Stack {
  constructor(scope: Construct, id: string, props: RegionStackProps) {
    super(scope, id, props);
    const { row, codeOf } = props;
    const topic = this.addAlarmTopic(row);
    const alarmTarget = new SnsAction(topic);

    const data = new DataStore(this, 'Data', row);
    const bus = new EventBus(this, 'Bus', { eventBusName: `guerdon-${row.stage}` });
    const entrance = new HttpEntrance(this, 'Http', row, alarmTarget);
    const pagesBaseUrl = row.pagesBaseUrl ?? entrance.api.apiEndpoint;
    const pipeline = new Pipeline(this, 'Pipeline', {
      row,
      codeOf,
      data,
      bus,
      pagesBaseUrl,
      alarmTarget,
    });
    entrance.serve(pipeline.routes());

    const outputs: Record<string, string> = {
      TableName: data.table.tableName,
      FilesBucketName: data.files.bucket.bucketName,
      BusName: bus.eventBusName,
      ApiUrl: entrance.api.apiEndpoint,
      PagesBaseUrl: pagesBaseUrl,
      JwtIssuer: row.jwt.issuer,
      JwtAudience: row.jwt.audience.join(','),
      ...pipeline.queueUrls(),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
  /** The TLS-only policy replaces the topic's own, so CloudWatch has to be let in again. */
  private addAlarmTopic(row: RegionRow): Topic {
    const topic = new Topic(this, 'Alarms', { enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (row.alarmTarget) topic.addSubscription(new EmailSubscription(row.alarmTarget));
    return topic;
  }
}
