import { describe, expect, it } from 'vitest';
import { type ProviderRow, paysOut, regions } from '../../infra/regions.ts';
import { type Resource, RowTemplate, referencesIn, statements } from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);

const queues = template.all('AWS::SQS::Queue');
const mappings = [...template.all('AWS::Lambda::EventSourceMapping').values()];
const alarms = [...template.all('AWS::CloudWatch::Alarm').values()];
const isSource = ({ Properties }: Resource): boolean => 'RedrivePolicy' in Properties;
const sources = [...queues].filter(([, queue]) => isSource(queue));
const ends = [...queues].filter(([, queue]) => !isSource(queue));
const [tableId] = [...template.all('AWS::DynamoDB::Table').keys()];
const readers = mappings.filter(({ Properties }) =>
  referencesIn(Properties.EventSourceArn).includes(tableId ?? ''),
);
const consumerOf = (id: string): Resource | undefined =>
  mappings.find(({ Properties }) => referencesIn(Properties.EventSourceArn).includes(id));
const nameOf = (mapping: Resource | undefined): string => {
  const [id] = referencesIn(mapping?.Properties.FunctionName);
  const found = [...template.functionIds()].find(([, functionId]) => functionId === id);
  return found?.[0] ?? 'nobody';
};

const dispatcherOf = (row: ProviderRow) => (paysOut(row) ? 'dispatch-payouts' : 'dispatch');

describe('work queues', () => {
  it('have a consumer each, and every provider has one of its own', () => {
    const consumers = sources.map(([id]) => nameOf(consumerOf(id))).toSorted();
    const dispatching = production.providers.map(dispatcherOf).toSorted();
    expect(consumers).toEqual([
      ...['accrue', 'command', ...dispatching, 'mail-events', 'notify', 'route'],
      ...['send-webhooks', 'settle', 'settle', 'settle-payouts'],
    ]);
  });

  it.each(sources)('%s has a dead-letter queue of its own', (_id, { Properties }) => {
    const redrive = Properties.RedrivePolicy as { maxReceiveCount: number };
    expect(redrive.maxReceiveCount).toBeGreaterThanOrEqual(5);
    const [failures] = referencesIn(redrive);
    const shared = sources.filter(([, other]) =>
      referencesIn(other.Properties.RedrivePolicy).includes(failures ?? ''),
    );
    expect(shared).toHaveLength(1);
    const kept = template.resource(failures ?? '').Properties.MessageRetentionPeriod;
    expect(kept).toBeGreaterThan(Number(Properties.MessageRetentionPeriod));
  });

  it.each(sources)('%s stays invisible for six timeouts of its consumer', (id, queue) => {
    const mapping = consumerOf(id)?.Properties ?? {};
    const [consumer] = referencesIn(mapping.FunctionName);
    const timeout = Number(template.resource(consumer ?? '').Properties.Timeout);
    const window = Number(mapping.MaximumBatchingWindowInSeconds ?? 0);
    expect(queue.Properties.VisibilityTimeout).toBe(6 * timeout + window);
  });

  it.each(sources)('%s reports the messages that failed, not the batch', (id) => {
    const { FunctionResponseTypes } = consumerOf(id)?.Properties ?? {};
    expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  it('gather batches as the design says', () => {
    const settings = sources.map(([id]) => {
      const mapping = consumerOf(id);
      return [
        nameOf(mapping),
        mapping?.Properties.BatchSize,
        mapping?.Properties.MaximumBatchingWindowInSeconds,
        mapping?.Properties.ScalingConfig,
      ];
    });
    const byName = settings.toSorted((left, right) =>
      JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
    );
    expect(byName).toEqual([
      ['accrue', 50, 1, undefined],
      ['command', 10, undefined, undefined],
      ...production.providers
        .toSorted((left, right) => left.maximumConcurrency - right.maximumConcurrency)
        .map((row) => {
          return [dispatcherOf(row), 4, undefined, { MaximumConcurrency: row.maximumConcurrency }];
        })
        .toSorted(([left = ''], [right = '']) => (`${left}"` < `${right}"` ? -1 : 1)),
      ['mail-events', 10, undefined, undefined],
      ['notify', 10, undefined, undefined],
      ['route', 10, undefined, undefined],
      ['send-webhooks', 10, undefined, undefined],
      ['settle', 10, undefined, undefined],
      ['settle', 10, undefined, undefined],
      ['settle-payouts', 10, undefined, undefined],
    ]);
  });
});

describe('every queue', () => {
  it.each([...queues])('%s is standard, encrypted and open over TLS only', (id, queue) => {
    expect(queue.Properties).not.toHaveProperty('FifoQueue');
    expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
    const policies = [...template.all('AWS::SQS::QueuePolicy').values()].filter(({ Properties }) =>
      referencesIn(Properties.Queues).includes(id),
    );
    const denied = policies
      .flatMap(({ Properties }) => statements(Properties.PolicyDocument))
      .filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Condition }) => Condition)).toContainEqual({
      Bool: { 'aws:SecureTransport': 'false' },
    });
  });

  it.each(sources)('%s rings when its oldest message is old', (id) => {
    expect(metricsOn(id)).toEqual(['ApproximateAgeOfOldestMessage']);
  });

  it.each(ends)('%s, where failures end, rings at the first message', (id) => {
    expect(metricsOn(id)).toEqual(['ApproximateNumberOfMessagesVisible']);
    const alarm = alarms.find(({ Properties }) => referencesIn(Properties.Dimensions).includes(id));
    expect(alarm?.Properties.Threshold).toBe(1);
  });
});

function metricsOn(id: string): unknown[] {
  return alarms
    .filter(({ Properties }) => referencesIn(Properties.Dimensions).includes(id))
    .map(({ Properties }) => Properties.MetricName);
}

describe('the table stream', () => {
  it('has exactly two readers', () => {
    expect(readers.map(nameOf).toSorted()).toEqual(['project', 'relay']);
  });

  it.each(readers)('$Properties.FunctionName.Ref gives one bad record up', ({ Properties }) => {
    expect(Properties).toMatchObject({
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 6 * 3600,
      MaximumRetryAttempts: 10,
      StartingPosition: 'TRIM_HORIZON',
    });
    const [destination] = referencesIn(Properties.DestinationConfig);
    expect(ends.map(([id]) => id)).toContain(destination);
  });

  it.each(readers)('$Properties.FunctionName.Ref sees what it is there for', (reader) => {
    const { Filters } = reader.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
    const entries = {
      eventName: ['INSERT'],
      dynamodb: { NewImage: { k: { S: [{ exists: true }] } } },
    };
    const Keys = { sk: { S: ['CHOICE'] } };
    const rail = { rl: { S: [{ exists: true }] } };
    const choices = [{ NewImage: rail }, { OldImage: rail }].map((image) => {
      return { dynamodb: { Keys, ...image } };
    });
    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual(
      nameOf(reader) === 'relay' ? [entries, ...choices] : [entries],
    );
  });

  it('rings when a reader lags', () => {
    const lag = alarms.filter(({ Properties }) => Properties.MetricName === 'IteratorAge');
    expect(lag).toHaveLength(2);
  });
});

describe('rules', () => {
  const rules = [...template.all('AWS::Events::Rule').values()].map(({ Properties }) => {
    const [target] = Properties.Targets as Record<string, unknown>[];
    const [queue] = referencesIn(target?.Arn);
    return { Properties, target, queue: queue ?? '', consumer: nameOf(consumerOf(queue ?? '')) };
  });

  it('bring each event to its queue', () => {
    const own = rules.filter(({ consumer }) => consumer !== 'mail-events');
    const patterns = own.map((rule) => [rule.consumer, rule.Properties.EventPattern]);
    const requested = ['redemption.requested.v1', 'redemption.reviewed.v1', 'redemption.paid.v1'];
    const ours = (types: readonly unknown[]) => ({ source: ['guerdon'], 'detail-type': types });
    const prefixes = [
      'redemption.',
      'points.',
      'wallet.',
      'tier.',
      'member.',
      'reward.',
      'choice.',
    ];
    expect(Object.fromEntries(patterns)).toEqual({
      accrue: { 'detail-type': ['customer.event.v1'] },
      command: { 'detail-type': ['member.command.v1'] },
      route: ours(requested),
      notify: ours([
        ...[...requested, 'redemption.delayed.v1', 'redemption.reopened.v1'],
        ...['redemption.settled.v1', 'tier.changed.v1', 'points.expiring.v1'],
        ...['reward.touched.v1', 'choice.offered.v1', 'payout-choice.changed.v1'],
      ]),
      'send-webhooks': ours(prefixes.map((prefix) => ({ prefix }))),
    });
  });

  it('pass on of a mail that came back what its tags say, and no address', () => {
    const told = rules.filter(({ consumer }) => consumer === 'mail-events');
    const patternOf = (detailType: string) => ({
      ...{ source: ['aws.ses'], 'detail-type': [detailType] },
      detail: { mail: { tags: { 'ses:configuration-set': ['guerdon-production'] } } },
    });
    expect(told.map(({ Properties }) => Properties.EventPattern)).toEqual([
      patternOf('Email Bounced'),
      patternOf('Email Complaint Received'),
    ]);
    for (const { target } of told) {
      const transformer = target?.InputTransformer as { InputPathsMap: object } | undefined;
      const paths = Object.values(transformer?.InputPathsMap ?? {});
      for (const path of paths) {
        expect(['$.detail.mail.tags', '$.detail.bounce.bounceType']).toContain(path);
      }
      expect(paths).toContain('$.detail.mail.tags');
    }
  });

  it('keep what the bus cannot deliver with the failures of the same queue', () => {
    for (const { target, queue } of rules) {
      const failures = referencesIn(template.resource(queue).Properties.RedrivePolicy);
      expect(referencesIn(target?.DeadLetterConfig)).toEqual(failures);
    }
  });

  it('listen on the own bus, and for mails on the one that SES can tell', () => {
    const [bus] = [...template.all('AWS::Events::EventBus').keys()];
    for (const { Properties, consumer } of rules) {
      const listening = referencesIn(Properties.EventBusName);
      expect(listening).toEqual(consumer === 'mail-events' ? [] : [bus]);
    }
  });
});

describe('every alarm', () => {
  it.each(alarms)('$Properties.MetricName states impact and action', ({ Properties }) => {
    expect(Properties.AlarmDescription).toMatch(/^Member impact: .+\. Action: .+\.$/);
    const [topic] = [...template.all('AWS::SNS::Topic').keys()];
    expect(referencesIn(Properties.AlarmActions)).toEqual([topic]);
    expect(Properties.TreatMissingData).toBe('notBreaching');
  });
});
