import * as z from 'zod/mini';
import { bankAnswerReader } from '../shared/adapters/bank/bank-answers.ts';
import { createBankFileStore } from '../shared/adapters/dynamodb/bank-file-store.ts';
import { createRedemptionStore } from '../shared/adapters/dynamodb/redemption-store.ts';
import { createSanctionsStore } from '../shared/adapters/dynamodb/sanctions-lists.ts';
import { exchangeFiles } from '../shared/app/payouts/exchange-files.ts';
import {
  type PayoutFilesSummary,
  payoutFilesTaskSchema,
} from '../shared/contracts/payout-files.ts';
import { addMs } from '../shared/domain/time.ts';
import { composeBankAccounts, composeFileExchange } from './_runtime/bank-files.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeSettlePayoutsQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeTable } from './_runtime/table.ts';

const runtime = composeRuntime('payout-files');
const table = composeTable(runtime);
const accounts = composeBankAccounts(runtime);
const dependencies = {
  ...runtime,
  answers: bankAnswerReader,
  bankFiles: createBankFileStore(table),
  files: composeFileExchange(),
  redemptions: createRedemptionStore(table),
  sanctions: createSanctionsStore(table),
  sealer: composeSealer(runtime),
  settleQueue: composeSettlePayoutsQueue(),
};

/** Lambda ends after 15 minutes; a file that is under way by then needs some of the rest. */
const budgetMs = 9 * 60_000;

/**
 * Files with banks, and lists of names: each hour what is due, or when somebody asks. What is left
 * when the time is up, or breaks off, goes on with the next call.
 */
export const handler = stack<unknown, PayoutFilesSummary>().handler(async (event: unknown) => {
  const task = z.parse(payoutFilesTaskSchema, event);
  const until = addMs(runtime.clock.now(), budgetMs);
  return exchangeFiles({ ...dependencies, accounts: await accounts() }, task, until);
});
