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

export interface TableAccess {
  /**
   * `sealed`: only beside sealed codes, where the audit of their opening stands. `rates`: exchange
   * rates, and nothing else is read either.
   */
  write: 'none' | 'all' | 'sealed' | 'rates';
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
  const deletes = access.deletes ? ['dynamodb:DeleteItem'] : [];
  if (access.write === 'rates') {
    const actions = [...readActions, ...writeActions, ...deletes];
    allowKeysLike(rateKeyPattern, { consumer, table, actions });
  } else {
    consumer.allow(readActions, table.tableArn);
    if (access.write === 'all') consumer.allow([...writeActions, ...deletes], table.tableArn);
    if (access.batches) consumer.allow(['dynamodb:BatchWriteItem'], table.tableArn);
  }
  if (access.write === 'sealed') {
    allowKeysLike(sealedKeyPattern, { consumer, table, actions: ['dynamodb:PutItem'] });
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
