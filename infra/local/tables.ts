import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb';
import type { TablePlan } from './template/storage.ts';

/** Creates the tables that do not stand yet. */
export async function createTables(endpoint: string, tables: readonly TablePlan[]): Promise<void> {
  await withClient(endpoint, async (client) => {
    await Promise.all(tables.map(({ create }) => createTable(client, create)));
  });
}

export function listTables(endpoint: string): Promise<string[]> {
  return withClient(endpoint, async (client) => {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    return TableNames ?? [];
  });
}

async function createTable(client: DynamoDBClient, input: TablePlan['create']): Promise<void> {
  try {
    await client.send(new CreateTableCommand(input));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

async function withClient<Value>(
  endpoint: string,
  work: (client: DynamoDBClient) => Promise<Value>,
): Promise<Value> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}
