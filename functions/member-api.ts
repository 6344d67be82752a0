import { composeMessages } from './_runtime/messages.ts';
import { apiHandler } from './_runtime/routes.ts';
import { memberAnswers } from './_runtime/routes-member.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger, composeProjections } from './_runtime/stores.ts';

const runtime = composeRuntime('member-api');
const stores = composeLedger(runtime);

/** What a member has: profile, balance, statement, history, tier and preferences. */
export const handler = apiHandler({
  ...{ logger: runtime.logger, ledger: stores.ledger, name: 'member-api' },
  answers: memberAnswers({
    ...{ ...runtime, ...stores, ...composeMessages(runtime) },
    projections: composeProjections(runtime),
  }),
});
