import { describe } from 'vitest';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { backends, lossyBackends } from './backends.ts';
import { historiesSuite } from './histories-suite.ts';
import { ledgerSuite } from './ledger-suite.ts';
import { redemptionSuite } from './redemption-suite.ts';
import { rowsSuite } from './rows-suite.ts';

const dynamodb = useDynamoDbLocal();

/** One suite for every store: the memory twin, the table, and the table behind a faulty client. */
for (const backend of backends(dynamodb)) {
  describe(backend.name, { timeout: 30_000 }, () => {
    describe('ledger', () => ledgerSuite(backend));
    describe('redemptions', () => redemptionSuite(backend));
    describe('other rows', () => rowsSuite(backend));
    describe('histories', () => historiesSuite(backend));
  });
}

for (const backend of lossyBackends(dynamodb)) {
  describe(backend.name, { timeout: 30_000 }, () => {
    describe('histories', () => historiesSuite(backend));
  });
}
