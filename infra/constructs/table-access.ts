import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ServiceFunction } from './service-function.ts';

/**
 * Partition keys of sealed codes, `program#C#redemption`. Key parts have their `#` escaped, so that
 * no other key can look like this.
 */
export const sealedKeyPattern = '*#C#*';

/** Partition keys of exchange rates, `FX#source`; no program is called so. */
export const rateKeyPattern = 'FX#*';

const readActions = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
/** A transaction needs the permission of each of its parts, there is none for the whole. */
const writeActions = ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

const everyItemAction = [
  ...readActions,
  ...writeActions,
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLUpdate',
];

/**
 * Patterns of partition keys that a function's writing can be bounded to. The kind of a partition
 * stands between two `#`, which no name holds, so that no other key can look like these.
 */
const areas = {
  /** Beside sealed codes, where the audit of their opening stands. */
  sealed: { pattern: sealedKeyPattern, actions: ['dynamodb:PutItem'] },
  rates: { pattern: rateKeyPattern, actions: writeActions },
  catalogue: { pattern: 'K#*', actions: writeActions },
  webhooks: { pattern: '*#H#*', actions: writeActions },
  /** How members are reached, and what they were sent. */
  people: { pattern: '*#P#*', actions: writeActions },
  /** Accounts with providers: leases, breakers, floats; webhooks that were taken. */
  health: { pattern: 'X#*', actions: writeActions },
  webhookIds: { pattern: 'X#*#*', actions: writeActions },
  /** Who has saved a reward: forgotten when it is not saved any more. */
  interests: { pattern: '*#I#*', actions: ['dynamodb:DeleteItem'] },
  /** How members want to be paid: forgotten when they say so. */
  payoutChoices: { pattern: '*#Y#*', actions: ['dynamodb:DeleteItem'] },
  /** What waits for a file: taken out as it goes into one. No program is called BF. */
  bankOutbox: { pattern: 'BF#O#*', actions: ['dynamodb:DeleteItem'] },
  /** Free codes of a pool are removed as they are taken. */
  vouchers: { pattern: '*#C#V:*', actions: ['dynamodb:DeleteItem'] },
} as const satisfies Record<string, { pattern: string; actions: readonly string[] }>;
export type Area = keyof typeof areas;

export interface TableAccess {
  /** All but sealed codes, or these areas alone. */
  write: 'none' | 'all' | readonly Area[];
  /** Beside `write`. */
  also?: readonly Area[];
  /** Nothing outside of the written areas is read either. */
  readsOnlyThere?: boolean;
  /** Rows that wait for something are removed when it has come; nothing else is. */
  deletes?: boolean;
  /** Projections are put many at a time, without conditions. */
  batches?: boolean;
  /** May the function touch sealed codes? */
  sealed: boolean;
}

/**
 * Grants a function its part of the table. Functions without `sealed` are denied every item
 * action on sealed codes, whatever another statement allows. Nobody may scan.
 */
export function allowTable(consumer: ServiceFunction, table: Table, access: TableAccess): void {
  const { write, readsOnlyThere } = access;
  const deletes = access.deletes ? ['dynamodb:DeleteItem'] : [];
  if (!readsOnlyThere) consumer.allow(readActions, table.tableArn);
  if (write === 'all') consumer.allow([...writeActions, ...deletes], table.tableArn);
  if (access.batches) consumer.allow(['dynamodb:BatchWriteItem'], table.tableArn);
  const written = [...(typeof write === 'string' ? [] : write), ...(access.also ?? [])];
  for (const { pattern, actions } of written.map((area) => areas[area])) {
    const reading = readsOnlyThere ? readActions : [];
    allowKeysLike(pattern, { consumer, table, actions: [...reading, ...actions, ...deletes] });
  }
  if (access.sealed) return;
  consumer.lambda.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: everyItemAction,
      resources: [table.tableArn],
      conditions: {
        'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [sealedKeyPattern] },
      },
    }),
  );
}

/** Allows actions on items whose partition keys look like this. */
function allowKeysLike(
  pattern: string,
  granted: { consumer: ServiceFunction; table: Table; actions: string[] },
): void {
  const { consumer, table, actions } = granted;
  consumer.lambda.addToRolePolicy(
    new PolicyStatement({
      actions,
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [pattern] },
        // ForAllValues holds for an empty set too, so the key has to be there.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  );
}
