import { describe, expect, it } from 'vitest';
import { rateKeyPattern, sealedKeyPattern } from '../../infra/constructs/table-access.ts';
import { regions } from '../../infra/regions.ts';
import { functionNames } from '../../infra/stacks/functions.ts';
import { ratePartition } from '../../shared/adapters/dynamodb/rate-keys.ts';
import {
  caseKey,
  entryKey,
  memberPartition,
  programPartition,
  redemptionPartition,
  sealedPartition,
  waitingKey,
} from '../../shared/adapters/dynamodb/schema.ts';
import { redemptionId } from '../../shared/domain/redemption/reference.ts';
import type { Instant } from '../../shared/domain/time.ts';
import {
  actionsOf,
  type Resource,
  RowTemplate,
  referencesIn,
  type Statement,
  statements,
} from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);
const [tableId] = [...template.all('AWS::DynamoDB::Table').keys()];

describe('roles', () => {
  const all: [string, Statement][] = functionNames.flatMap((name) =>
    template.statementsOf(name).map((statement): [string, Statement] => [name, statement]),
  );

  it.each(all)('of %s name actions and resources one by one', (_name, statement) => {
    for (const action of actionsOf(statement)) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    const text = JSON.stringify(statement.Resource);
    // Files are named by others; the folders are ours.
    const folders = /"\/(bank|sanctions)\/(incoming|outgoing|read|refused)\/\*"/g;
    const isOfFiles = actionsOf(statement).every((action) => /^s3:[A-Z][a-z]+Object$/.test(action));
    expect(isOfFiles ? text.replace(folders, '') : text).not.toContain('*');
    expect(referencesIn(statement.Resource).length).toBeGreaterThan(0);
  });

  it('have no policy from elsewhere', () => {
    for (const { Properties } of template.all('AWS::IAM::Role').values()) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
  });

  it('can be taken by Lambda and the scheduler only', () => {
    for (const { Properties } of template.all('AWS::IAM::Role').values()) {
      const [statement] = statements(Properties.AssumeRolePolicyDocument);
      expect([
        { Service: 'lambda.amazonaws.com' },
        { Service: 'scheduler.amazonaws.com' },
      ]).toContainEqual(statement?.Principal);
    }
  });
});

describe('resource policies', () => {
  const documents = (type: string, property = 'PolicyDocument'): Statement[] =>
    [...template.all(type).values()].flatMap((resource: Resource) =>
      statements(resource.Properties[property]),
    );
  const allowed = [
    ...documents('AWS::SQS::QueuePolicy'),
    ...documents('AWS::SNS::TopicPolicy'),
  ].filter(({ Effect }) => Effect === 'Allow');

  it('let one service in, for one action, from this account or one source', () => {
    for (const statement of allowed) {
      expect(statement.Principal).toEqual({ Service: expect.stringMatching(/\.amazonaws\.com$/) });
      expect(JSON.stringify(statement.Action)).not.toContain('*');
      expect(JSON.stringify(statement.Condition)).toMatch(/aws:Source(Arn|Account)/);
    }
  });

  // The one wildcard: a key policy speaks of its own key, and without this statement IAM
  // policies would not count at all and nobody could ever change the key again.
  it('leave the data key to the account, whose roles name it exactly', () => {
    const policy = documents('AWS::KMS::Key', 'KeyPolicy');
    expect(policy).toHaveLength(1);
    expect(policy[0]).toMatchObject({ Effect: 'Allow', Action: 'kms:*', Resource: '*' });
    expect(JSON.stringify(policy[0]?.Principal)).toContain(':root');
  });
});

describe('the table', () => {
  const itemActions = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];

  it('is closed to those who need none of it', () => {
    const readers = template.whoMay('dynamodb:GetItem');
    const none = functionNames.filter((name) => !readers.includes(name));
    expect(none.toSorted()).toEqual(['open-api', 'relay']);
  });

  it('is never scanned', () => {
    expect(template.whoMay('dynamodb:Scan')).toEqual([]);
    expect(template.whoMay('dynamodb:PartiQLSelect')).toEqual([]);
  });

  const bounded: Readonly<Record<string, readonly string[]>> = {
    'catalogue-sync': ['K#*'],
    'float-watch': ['X#*'],
    'receive-webhook': ['X#*#*'],
    'send-webhooks': ['*#H#*'],
    'intake-api': ['*#H#*'],
    notify: ['*#P#*'],
    'statement-page': ['*#P#*'],
  };

  it.each(Object.entries(bounded))('is written by %s there only', (name, patterns) => {
    const writing = template
      .statementsOf(name)
      .filter(
        (statement) =>
          statement.Effect === 'Allow' &&
          actionsOf(statement).some((action) => /^dynamodb:(Put|Update|Delete)Item$/.test(action)),
      );
    const keys = writing.map(
      ({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
    );
    expect(keys).toEqual(patterns.map((pattern) => [pattern]));
  });

  it('is not written by who only shows', () => {
    for (const action of ['PutItem', 'UpdateItem', 'DeleteItem']) {
      const writers = template.whoMay(`dynamodb:${action}`);
      expect(writers).not.toContain('member-api');
    }
  });

  it('gives rows up only where a wait ends, or what was kept is used or given up', () => {
    expect(template.whoMay('dynamodb:DeleteItem').toSorted()).toEqual([
      ...['dispatch', 'dispatch-payouts', 'enrol-api', 'fx-refresh', 'intake-api', 'payout-files'],
      ...['redemption-api', 'sweep'],
    ]);
  });

  it('lets fx-refresh see and write exchange rates only', () => {
    const touching = template
      .statementsOf('fx-refresh')
      .filter(
        (statement) =>
          statement.Effect === 'Allow' &&
          actionsOf(statement).some((action) => action.startsWith('dynamodb:')),
      );
    expect(touching.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [rateKeyPattern] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
    const like = (key: string) => key.startsWith(rateKeyPattern.replace('*', ''));
    expect(like(ratePartition('ecb'))).toBe(true);
    expect(like(memberPartition({ program: 'fx', member: 'FX#' }))).toBe(false);
    expect(like(programPartition('FX#'))).toBe(false);
  });

  it('lets the claim page write beside sealed codes only', () => {
    const writers = ['PutItem', 'UpdateItem', 'ConditionCheckItem', 'BatchWriteItem'];
    const writes = template
      .statementsOf('claim-page')
      .filter((statement) =>
        writers.some((action) => actionsOf(statement).includes(`dynamodb:${action}`)),
      );
    expect(writes.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [sealedKeyPattern] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
  });

  it('shows sealed codes to dispatch and the claim page alone', () => {
    const denied = functionNames.filter((name) =>
      template.statementsOf(name).some((statement) => {
        const condition = statement.Condition?.['ForAnyValue:StringLike'];
        return (
          statement.Effect === 'Deny' &&
          referencesIn(statement.Resource).includes(tableId ?? '') &&
          [condition?.['dynamodb:LeadingKeys']].flat().includes(sealedKeyPattern) &&
          itemActions.every((action) => actionsOf(statement).includes(`dynamodb:${action}`))
        );
      }),
    );
    const open = template.whoMay('dynamodb:GetItem').filter((name) => !denied.includes(name));
    expect(open.toSorted()).toEqual(['claim-page', 'dispatch']);
  });

  it('tells a sealed code by its key, and nothing else', () => {
    const like = new RegExp(
      `^${sealedKeyPattern.replaceAll('*', '.*').replaceAll('?', '.')}$`,
      's',
    );
    const redemption = redemptionId('5'.repeat(64));
    const awkward = { program: 'C', member: 'C#C#C', unit: 'PTS' };
    const waiting = { program: 'C', hash: 'C', waitingSince: 0 as Instant };
    expect(sealedPartition({ program: 'online-retail', redemption })).toMatch(like);
    expect(sealedPartition({ program: 'C', redemption })).toMatch(like);
    for (const key of [
      redemptionPartition(redemption),
      memberPartition(awkward),
      memberPartition({ ...awkward, member: 'C' }),
      entryKey('C', 'C', '0').pk,
      waitingKey(waiting).pk,
      caseKey({ program: 'C', subject: redemption, reason: 'C', openedAt: 0 as Instant }).pk,
      programPartition('C#C'),
    ]) {
      expect(key).not.toMatch(like);
    }
  });

  it('can be restored, is not deleted by accident, and outlives its stack', () => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = template.resource(tableId ?? '');
    expect(Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 35,
      },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(Properties).not.toHaveProperty('GlobalSecondaryIndexes');
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });
});
