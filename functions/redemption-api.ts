import { composePublisher } from './_runtime/bus.ts';
import { readEnvironment } from './_runtime/environment.ts';
import { composeMessages } from './_runtime/messages.ts';
import { composeDispatchQueues, composeNotifyQueue } from './_runtime/queues.ts';
import { apiHandler } from './_runtime/routes.ts';
import { redemptionAnswers } from './_runtime/routes-redemption.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composePageTokens, composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeOffers, composePayouts } from './_runtime/stores.ts';

const runtime = composeRuntime('redemption-api');
const stores = composeLedger(runtime);
const dispatchQueues = composeDispatchQueues();

/** What becomes of redemptions: called off, paid, reviewed, mailed once more; also links. */
export const handler = apiHandler({
  ...{ logger: runtime.logger, ledger: stores.ledger, name: 'redemption-api' },
  answers: redemptionAnswers({
    ...{ ...runtime, ...stores, ...composeOffers(runtime), ...composeMessages(runtime) },
    ...{ payouts: composePayouts(runtime), sealer: composeSealer(runtime) },
    publisher: composePublisher(),
    ...{ dispatchQueues, providerNames: [...dispatchQueues.keys()] },
    notifyQueue: composeNotifyQueue(),
    pageTokens: composePageTokens(runtime),
    pagesUrl: readEnvironment('PAGES_BASE_URL').PAGES_BASE_URL,
  }),
});
