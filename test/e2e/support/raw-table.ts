import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../infra/cli/client-settings.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';

export type RawItem = Readonly<Record<string, AttributeValue>>;

/** Every item of the stack's table as the database has it, past all codecs. */
export async function rawItems({
  clientEnvironment,
  outputs,
}: Pick<LocalStack, 'clientEnvironment' | 'outputs'>): Promise<RawItem[]> {
  const client = new DynamoDBClient(clientSettings(clientEnvironment, 'DYNAMODB'));
  try {
    const items: RawItem[] = [];
    const input = { TableName: outputs.TableName ?? '', ConsistentRead: true };
    for await (const page of paginateScan({ client }, input)) items.push(...(page.Items ?? []));
    return items;
  } finally {
    client.destroy();
  }
}

/** Reasons of cases that stand at redemptions, one for each. */
export function caseReasons(items: readonly RawItem[]): string[] {
  return items.flatMap(({ pk, sk }) => {
    const isCase = pk?.S?.startsWith('R#') === true && sk?.S?.startsWith('CASE#') === true;
    return isCase ? [sk.S?.slice('CASE#'.length) ?? ''] : [];
  });
}
