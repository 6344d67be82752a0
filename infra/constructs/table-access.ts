import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ServiceFunction } from './service-function.ts';

/**
 * Partition keys of sealed codes, `program#C#redemption`. Key parts have their `#` escaped, so that
 * no other key can look like this.
 */
export const sealedKeyPattern = '*#C#*';

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
  /** `sealed`: only beside sealed codes, where the audit of their opening stands. */
  write: 'none' | 'all' | 'sealed';
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
  consumer.allow(readActions, table.tableArn);
  if (access.write === 'all') consumer.allow(writeActions, table.tableArn);
  if (access.deletes) consumer.allow(['dynamodb:DeleteItem'], table.tableArn);
  if (access.batches) consumer.allow(['dynamodb:BatchWriteItem'], table.tableArn);
  if (access.write === 'sealed') {
    consumer.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem'],
        resources: [table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [sealedKeyPattern] },
          // ForAllValues holds for an empty set too, so the key has to be there.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
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
