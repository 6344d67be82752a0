import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { cachePrograms } from '../../../functions/_runtime/program-cache.ts';
import { cacheRates } from '../../../functions/_runtime/rate-cache.ts';
import type { RedeemRouteDependencies } from '../../../functions/_runtime/routes-redeem.ts';
import { createQueueSender } from '../../../shared/adapters/aws/queue-sender.ts';
import { createSealer } from '../../../shared/adapters/aws/sealer.ts';
import { systemDigest } from '../../../shared/adapters/crypto.ts';
import { createCatalogueStore } from '../../../shared/adapters/dynamodb/catalogue-store.ts';
import { createContactStore } from '../../../shared/adapters/dynamodb/contact-store.ts';
import { createLedgerStore } from '../../../shared/adapters/dynamodb/ledger-store.ts';
import { createProgramStore } from '../../../shared/adapters/dynamodb/program-store.ts';
import { createQuoteStore } from '../../../shared/adapters/dynamodb/quote-store.ts';
import { createRateReader } from '../../../shared/adapters/dynamodb/rate-reader.ts';
import { createRedemptionStore } from '../../../shared/adapters/dynamodb/redemption-store.ts';
import { openTable } from '../../../shared/adapters/dynamodb/table.ts';
import { accrue } from '../../../shared/app/booking/accrue.ts';
import { sinceEver } from '../../../shared/domain/program/version.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import { delivery } from '../../support/deliveries.ts';
import { sampleProgram } from '../../support/sample-program.ts';
import { RecordedClient } from './recorded-client.ts';

const tableName = 'guerdon-bench';
const now = instantOf(Date.UTC(2026, 5, 15, 12));
const nothing = () => undefined;

/** Answers at once, as if KMS and SQS took no time. */
const keys = {
  send: async () => ({
    Plaintext: new Uint8Array(32).fill(7),
    CiphertextBlob: new Uint8Array(184),
  }),
} as unknown as KMSClient;
const queues = { send: async () => ({}) } as unknown as SQSClient;

export interface BenchStage {
  readonly client: RecordedClient;
  readonly dependencies: RedeemRouteDependencies;
}

/** What the function composes, on DynamoDB Local, with a member who has points. */
export async function benchStage(endpoint: string): Promise<BenchStage> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const dynamodb = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  await createTable(dynamodb);
  const client = new RecordedClient(dynamodb);
  const table = openTable({
    ...{ dynamodb: client as unknown as DynamoDBClient, tableName },
    metrics: { writeUnits: nothing },
    randomness: { next: () => 0 },
    sleeper: { sleep: async () => undefined },
  });
  const clock = { now: () => now };
  const programs = createProgramStore(table);
  const dependencies: RedeemRouteDependencies = {
    ...{ clock, digest: systemDigest, logger: { info: nothing, warn: nothing, error: nothing } },
    ledger: createLedgerStore(table),
    redemptions: createRedemptionStore(table),
    programs: cachePrograms(programs, clock),
    rates: cacheRates(createRateReader(table), clock),
    catalogue: createCatalogueStore(table),
    quotes: createQuoteStore(table),
    contacts: createContactStore(table),
    sealer: createSealer({ client: keys, keyArn: 'arn', clock }),
    checkQueue: createQueueSender({ client: queues, queueUrl: 'https://queue.example' }),
    providerNames: ['tremendous'],
  };
  await programs.publish({ from: sinceEver, program: sampleProgram() });
  await accrue(dependencies, [delivery({ amountMinor: 150_000 })]);
  return { client, dependencies };
}

async function createTable(dynamodb: DynamoDBClient): Promise<void> {
  const names = ['pk', 'sk'] as const;
  await dynamodb.send(
    new CreateTableCommand({
      ...{ TableName: tableName, BillingMode: 'PAY_PER_REQUEST' },
      AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
}
