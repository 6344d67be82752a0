import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { lookForUndone } from '../shared/app/dispatch/look-for-undone.ts';
import { watchFloats } from '../shared/app/dispatch/watch-float.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeSettlePayoutsQueue } from './_runtime/queues.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeHealth } from './_runtime/stores.ts';

const runtime = composeRuntime('float-watch');
const dependencies = {
  ...runtime,
  health: composeHealth(runtime),
  settleQueue: composeSettlePayoutsQueue(),
};
const adapters = new Map([...rewardAdapters, ...payoutAdapters]);
const accounts = composeProviders(runtime, { adapters });

/**
 * Schedule: what the accounts with providers hold, and for how long it lasts; once a day, what
 * their books say has come back of what was paid out.
 */
export const handler = stack<unknown, void>().handler(async () => {
  const connected = { ...dependencies, ...(await accounts.connect()) };
  await watchFloats(connected);
  await lookForUndone(connected);
});
