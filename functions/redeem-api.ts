import { composeMessages } from './_runtime/messages.ts';
import { composeCheckQueue, composeDispatchQueues } from './_runtime/queues.ts';
import { apiHandler } from './_runtime/routes.ts';
import { redeemAnswers } from './_runtime/routes-redeem.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';

const runtime = composeRuntime('redeem-api');
const stores = composeLedger(runtime);

/** What points buy: catalogue, quotes and redemptions. */
export const handler = apiHandler({
  ...{ logger: runtime.logger, ledger: stores.ledger, name: 'redeem-api' },
  answers: redeemAnswers({
    ...{ ...runtime, ...stores, ...composeOffers(runtime), ...composeMessages(runtime) },
    sealer: composeSealer(runtime),
    checkQueue: composeCheckQueue(),
    providerNames: [...composeDispatchQueues().keys()],
  }),
});
