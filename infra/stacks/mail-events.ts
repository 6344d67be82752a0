import { Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
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
    this.addRule(
      'Bounced',
      'Email Bounced',
      { bounce: { bounceType: '$.detail.bounce.bounceType' } },
      queue,
    );
    this.addRule('Complained', 'Email Complaint Received', {}, queue);
  }

  /** Passes on the tags of ours and the kind of a bounce: no address goes through a queue. */
  private addRule(
    id: string,
    detailType: string,
    paths: Paths,
    { queue, failures }: WorkQueue,
  ): void {
    new Rule(this, id, {
      eventPattern: {
        source: ['aws.ses'],
        detailType: [detailType],
        // Other senders of the account have sets of their own.
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSet] } } },
      },
      targets: [
        new SqsQueue(queue, {
          deadLetterQueue: failures,
          message: RuleTargetInput.fromObject({
            'detail-type': detailType,
            detail: {
              ...fieldsAt(paths),
              mail: { tags: EventField.fromPath('$.detail.mail.tags') },
            },
          }),
        }),
      ],
    });
  }
}

interface Paths {
  readonly [name: string]: string | Paths;
}

function fieldsAt(paths: Paths): Record<string, unknown> {
  const fields = Object.entries(paths).map(([name, path]) => [
    name,
    typeof path === 'string' ? EventField.fromPath(path) : fieldsAt(path),
  ]);
  return Object.fromEntries(fields);
}
