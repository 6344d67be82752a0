import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { type EventBus, type EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { apiRoutes, publicReasons } from '../../shared/contracts/routes.ts';
import { busEventOfEntry, busEventTypes } from '../../shared/domain/bus-event.ts';
import type { Route } from '../constructs/http-entrance.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import { StreamReader } from '../constructs/stream-reader.ts';
import { allowTable } from '../constructs/table-access.ts';
import { Timer } from '../constructs/timer.ts';
import { WorkQueue, type WorkQueueProps } from '../constructs/work-queue.ts';
import { paysOut, type RegionRow, sells } from '../regions.ts';
import { CodeAlarms } from './code-alarms.ts';
import type { DataStore } from './data.ts';
import { type FunctionName, functionNames, functionSpec } from './functions.ts';
import { linkResources } from './links.ts';
import { MailEvents } from './mail-events.ts';
import { RateRefresh } from './rate-refresh.ts';

export interface PipelineProps {
  row: RegionRow;
  codeOf: (name: FunctionName) => Code;
  data: DataStore;
  bus: EventBus;
  pagesBaseUrl: string;
  alarmTarget: IAlarmAction;
}

type QueueSettings = Pick<
  WorkQueueProps,
  'batchSize' | 'batchWindowSeconds' | 'maximumConcurrency' | 'maximumAgeSeconds'
>;

const { redemptionRequested, redemptionReviewed, redemptionPaid } = busEventTypes;
/** What makes a redemption go on: asked for, and let go or paid where it had to wait. */
const routed = [redemptionRequested, redemptionReviewed, redemptionPaid];

const toldToMembers = [
  ...routed,
  ...[busEventTypes.redemptionDelayed, busEventTypes.redemptionReopened],
  ...[busEventTypes.redemptionSettled, busEventOfEntry.tier, busEventTypes.pointsExpiring],
  ...[busEventTypes.rewardTouched, busEventTypes.choiceOffered],
  busEventTypes.payoutChoiceChanged,
];

/** What integrators may ask to be told of; the rest of the bus is between our own functions. */
const toldToIntegrators = Match.anyOf(
  ...['redemption.', 'points.', 'wallet.', 'tier.', 'member.', 'reward.', 'choice.'].map((told) =>
    Match.prefix(told),
  ),
);

/** Functions, the queues and rules that feed them, the two stream readers and the schedule. */
export class Pipeline extends Construct {
  private readonly props: PipelineProps;
  private readonly functions: ReadonlyMap<FunctionName, ServiceFunction>;
  private readonly accrue: WorkQueue;
  private readonly dispatch: ReadonlyMap<string, WorkQueue>;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    this.props = props;
    this.functions = new Map(functionNames.map((name) => [name, this.addFunction(name)]));
    const tenAtATime = { batchSize: 10, maximumAgeSeconds: 900 };
    this.accrue = this.addQueue('accrue', 'accrue', {
      batchSize: 50,
      batchWindowSeconds: 1,
      maximumAgeSeconds: 300,
    });
    const command = this.addQueue('command', 'command', tenAtATime);
    const route = this.addQueue('route', 'route', tenAtATime);
    const settle = this.addQueue('settle', 'settle', tenAtATime);
    const settlePayouts = this.addQueue('settle-payouts', 'settle-payouts', tenAtATime);
    const check = this.addQueue('check', 'settle', { batchSize: 10, maximumAgeSeconds: 3600 });
    const notify = this.addQueue('notify', 'notify', tenAtATime);
    const webhooks = this.addQueue('webhooks', 'send-webhooks', tenAtATime);
    this.dispatch = new Map(
      props.row.providers.map(({ name, maximumConcurrency }) => [
        name,
        this.addQueue(`dispatch-${name}`, paysOut({ name }) ? 'dispatch-payouts' : 'dispatch', {
          batchSize: 4,
          maximumConcurrency,
          maximumAgeSeconds: 1800,
        }),
      ]),
    );

    this.addRule('accrue', this.accrue, { detailType: ['customer.event.v1'] });
    this.addRule('command', command, { detailType: ['member.command.v1'] });
    const ours = (detailType: readonly string[]) => ({
      ...{ source: ['guerdon'], detailType: [...detailType] },
    });
    this.addRule('route', route, ours(routed));
    this.addRule('notify', notify, ours(toldToMembers));
    this.addRule('webhooks', webhooks, { source: ['guerdon'], detailType: toldToIntegrators });
    this.addReader('project');
    this.addReader('relay');
    this.addTimers();
    const mailEvents = new MailEvents(this, 'returned-mail', {
      stage: props.row.stage,
      queue: this.addQueue('mail-events', 'mail-events', tenAtATime),
    });
    new RateRefresh(this, 'rates', {
      source: props.row.rates.source,
      refresh: this.functionOf('fx-refresh'),
      alarmTarget: props.alarmTarget,
    });

    new CodeAlarms(this, 'codes', {
      functionOf: (name) => this.functionOf(name),
      alarmTarget: props.alarmTarget,
    });
    const queues = { dispatch: this.dispatch, check, settle, settlePayouts, webhooks, notify };
    for (const name of functionNames) {
      linkResources(this.functionOf(name), functionSpec(name).uses, {
        ...{ ...props, queues, mailEvents: mailEvents.configurationSet },
      });
    }
  }

  routes(): Route[] {
    return apiRoutes.map(({ method, path, function: name }) => {
      const publicBecause = publicReasons[path];
      const route = { path, methods: [HttpMethod[method]], target: this.functionOf(name) };
      return publicBecause === undefined ? route : { ...route, publicBecause };
    });
  }

  /** Output name to the address of a queue that senders outside of the stack need. */
  queueUrls(): Record<string, string> {
    const dispatch = [...this.dispatch].map(([provider, { queue }]) => {
      const words = provider.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
      return [`Dispatch${words.join('')}QueueUrl`, queue.queueUrl];
    });
    return { AccrueQueueUrl: this.accrue.queue.queueUrl, ...Object.fromEntries(dispatch) };
  }

  private functionOf(name: FunctionName): ServiceFunction {
    const found = this.functions.get(name);
    if (!found) throw new Error(`no function ${name}`);
    return found;
  }

  private addFunction(name: FunctionName): ServiceFunction {
    const { row, codeOf, data, alarmTarget } = this.props;
    const { memoryMb, timeoutSeconds, table, impact, action, errors } = functionSpec(name);
    const added = new ServiceFunction(this, name, {
      code: codeOf(name),
      memoryMb,
      timeoutSeconds,
      environment: {
        STAGE: row.stage,
        // The local stage travels in time; every other stage refuses to have this set.
        ...(row.stage === 'local' ? { CLOCK_OFFSET_MS: '0' } : {}),
        ...(table ? { TABLE_NAME: data.table.tableName } : {}),
      },
      logRetentionDays: row.limits.logRetentionDays,
      ...{ impact, action, errors, alarmTarget },
    });
    if (table) allowTable(added, data.table, table);
    return added;
  }

  private addQueue(name: string, consumer: FunctionName, settings: QueueSettings): WorkQueue {
    const { timeoutSeconds, impact, action } = functionSpec(consumer);
    const added = new WorkQueue(this, `${name}-queue`, {
      ...settings,
      consumerTimeoutSeconds: timeoutSeconds,
      impact,
      action,
      alarmTarget: this.props.alarmTarget,
    });
    added.feed(this.functionOf(consumer));
    return added;
  }

  /**
   * What the bus cannot deliver lands in the dead-letter queue of the target. A rule cannot take
   * the message group from the event, so fairness between programs starts behind these queues.
   */
  private addRule(name: string, { queue, failures }: WorkQueue, eventPattern: EventPattern): void {
    new Rule(this, `${name}-rule`, {
      eventBus: this.props.bus,
      eventPattern,
      targets: [new SqsQueue(queue, { deadLetterQueue: failures })],
    });
  }

  private addTimers(): void {
    this.addTimer('follow-ups', 'sweep', 'rate(15 minutes)', { task: 'follow-ups' });
    this.addTimer('due', 'sweep', 'rate(6 hours)', { task: 'due' });
    // Hourly: each provider's adapter says how often it may be asked.
    for (const { name: provider } of this.props.row.providers.filter(sells)) {
      this.addTimer(`catalogue-${provider}`, 'catalogue-sync', 'rate(1 hour)', { provider });
    }
    this.addTimer('floats', 'float-watch', 'rate(10 minutes)', {});
    // Hourly: days begin when they do in a program's zone, and a long run takes several calls.
    this.addTimer('payouts', 'payout-run', 'rate(1 hour)', { task: 'due' });
    // Hourly: each account has an hour of its own, and banks answer when they do.
    this.addTimer('files', 'payout-files', 'rate(1 hour)', { task: 'exchange' });
  }

  private addTimer(
    id: string,
    name: FunctionName,
    expression: string,
    input: Record<string, string>,
  ): void {
    const { impact, action } = functionSpec(name);
    new Timer(this, id, {
      ...{ target: this.functionOf(name), expression, input, impact, action },
      alarmTarget: this.props.alarmTarget,
    });
  }

  private addReader(name: 'project' | 'relay'): void {
    const { impact, action } = functionSpec(name);
    new StreamReader(this, `${name}-reader`, {
      table: this.props.data.table,
      consumer: this.functionOf(name),
      hearsChoices: name === 'relay',
      impact,
      action,
      alarmTarget: this.props.alarmTarget,
    });
  }
}
