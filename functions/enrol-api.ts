import { composeMessages } from './_runtime/messages.ts';
import { apiHandler } from './_runtime/routes.ts';
import { enrolAnswers } from './_runtime/routes-enrol.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeLedger, composeOffers } from './_runtime/stores.ts';

const runtime = composeRuntime('enrol-api');
const stores = composeLedger(runtime);

/** Who members are, and how they are written to. */
export const handler = apiHandler({
  ...{ logger: runtime.logger, ledger: stores.ledger, name: 'enrol-api' },
  answers: enrolAnswers({
    ...{ ...runtime, ...stores, ...composeOffers(runtime), ...composeMessages(runtime) },
    sealer: composeSealer(runtime),
  }),
});
