import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { WorkQueue } from '../constructs/work-queue.ts';

export interface MailEventsProps {
  stage: string;
  queue: WorkQueue;
}

/**
 * Mails that came back or were called unwanted: SES tells its configuration set, which tells the
 * account's default bus, the only one that it can:
 * https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-using-event-publishing.html
 */
export class MailEvents extends Construct {
  readonly configurationSet: string;

  constructor(scope: Construct, id: string, { stage, queue }: MailEventsProps) {
    super(scope, id);
    this.configurationSet = `guerdon-${stage}`;
    const set = new CfnConfigurationSet(this, 'Set', {
      name: this.configurationSet,
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      reputationOptions: { reputationMetricsEnabled: true },
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const destination = new CfnConfigurationSetEventDestination(this, 'Destination', {
      configurationSetName: this.configurationSet,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ['BOUNCE', 'COMPLAINT'],
        eventBridgeDestination: {
          eventBusArn: Stack.of(this).formatArn({
            service: 'events',
            resource: 'event-bus',
            resourceName: 'default',
          }),
        },
      },
    });
    destination.node.addDependency(set);
    new Rule(this, 'Rule', {
      eventPattern: {
        source: ['aws.ses'],
        detailType: ['Email Bounced', 'Email Complaint Received'],
        // Other senders of the account have sets of their own.
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet] } } },
      },
      targets: [new SqsQueue(queue.queue, { deadLetterQueue: queue.failures })],
    });
  }
}
