import { describe } from 'vitest';
import { useDynamoDbLocal } from '../support/dynamodb-local.ts';
import { afterwardsSuite } from './afterwards-suite.ts';
import { backends, lossyBackends } from './backends.ts';
import { historiesSuite } from './histories-suite.ts';
import { ledgerSuite } from './ledger-suite.ts';
import { payoutRunSuite } from './payout-run-suite.ts';
import { payoutSuite } from './payout-suite.ts';
import { programsSuite } from './programs-suite.ts';
import { ratesSuite } from './rates-suite.ts';
import { recordsSuite } from './records-suite.ts';
import { redemptionSuite } from './redemption-suite.ts';
import { rowsSuite } from './rows-suite.ts';
import { stateSuite } from './state-suite.ts';

const dynamodb = useDynamoDbLocal();

/** One suite for every store: the memory twin, the table, and the table behind a faulty client. */
for (const backend of backends(dynamodb)) {
  describe(backend.name, { timeout: 30_000 }, () => {
    describe('ledger', () => ledgerSuite(backend));
    describe('state of a member', () => stateSuite(backend));
    describe('records and budgets', () => recordsSuite(backend));
    describe('redemptions', () => redemptionSuite(backend));
    describe('payouts', () => payoutSuite(backend));
    describe('runs of payouts', () => payoutRunSuite(backend));
    describe('after a settlement', () => afterwardsSuite(backend));
    describe('programs', () => programsSuite(backend));
    describe('rates', () => ratesSuite(backend));
    describe('other rows', () => rowsSuite(backend));
    describe('histories', () => historiesSuite(backend));
  });
}

for (const backend of lossyBackends(dynamodb)) {
  describe(backend.name, { timeout: 30_000 }, () => {
    describe('histories', () => historiesSuite(backend));
  });
}
