import { describe } from 'vitest';
import { createBankFileStore } from '../../shared/adapters/dynamodb/bank-file-store.ts';
import { createMemoryBankFileStore } from '../../shared/adapters/memory/bank-file-store.ts';
import { createFaultyClient } from '../faults/faulty-client.ts';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { openDynamoTable } from './backends.ts';
import { bankFileSuite } from './bank-file-suite.ts';

const dynamodb = useDynamoDbLocal();
const seed = 20_261_124;

describe('memory', () => {
  bankFileSuite(async () => createMemoryBankFileStore());
});

describe('DynamoDB Local', { timeout: 30_000 }, () => {
  bankFileSuite(async () => createBankFileStore(await openDynamoTable(dynamodb(), { seed })));
});

describe('DynamoDB Local with faults', { timeout: 60_000 }, () => {
  bankFileSuite(async () => {
    const wrap = (client: Parameters<typeof createFaultyClient>[0]) =>
      createFaultyClient(client, seed);
    return createBankFileStore(await openDynamoTable(dynamodb(), { seed, wrap }));
  });
});
