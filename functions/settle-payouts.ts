import { createBankFileStore } from '../shared/adapters/dynamodb/bank-file-store.ts';
import { bankFileAdapter, noSealer } from '../shared/adapters/providers/bank-file/account.ts';
import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { heedWebhook } from '../shared/app/dispatch/heed-webhook.ts';
import { webhookMessageSchema } from '../shared/contracts/messages.ts';
import { eachMessage } from './_runtime/middleware/each.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeProviders } from './_runtime/providers.ts';
import {
  composeCheckQueue,
  composeDispatchQueues,
  composeSettlePayoutsQueue,
} from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';
import { composeTable } from './_runtime/table.ts';

const runtime = composeRuntime('settle-payouts');
const dependencies = {
  ...runtime,
  ...composeLedger(runtime),
  dispatchQueues: composeDispatchQueues(),
  checkQueue: composeCheckQueue(),
  // What comes again has to come here.
  settleQueue: composeSettlePayoutsQueue(),
};
const bankFiles = createBankFileStore(composeTable(runtime));
const bankFile = bankFileAdapter({ bankFiles, sealer: noSealer });
const adapters = new Map([...payoutAdapters, [bankFile.name, bankFile]]);
const accounts = composeProviders(runtime, { adapters });

/** Webhooks of those that pay money out; the checks of payouts are among all others, at settle. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: webhookMessageSchema,
  run: eachMessage({
    logger: runtime.logger,
    concurrency: 10,
    handle: async ({ body: { provider, reading, tries = 0 } }) => {
      const { providers } = await accounts.connect();
      await heedWebhook({ ...dependencies, providers }, { provider, reading, tries });
    },
  }),
});
