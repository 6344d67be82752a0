import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../shared/adapters/dynamodb/table.ts';
import { systemRandomness, systemSleeper } from '../../shared/adapters/system.ts';
import { readEnvironment } from './environment.ts';
import type { Runtime } from './runtime.ts';

/** Apart from the stores: what a function does not use of them is not in its bundle. */
export function composeTable({ metrics }: Runtime): Table {
  const { TABLE_NAME } = readEnvironment('TABLE_NAME');
  return openTable({
    dynamodb: new DynamoDBClient({}),
    tableName: TABLE_NAME,
    metrics,
    randomness: systemRandomness,
    sleeper: systemSleeper,
  });
}
