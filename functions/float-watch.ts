import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { watchFloats } from '../shared/app/dispatch/watch-float.ts';
import { stack } from './_runtime/middleware/stack.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeHealth } from './_runtime/stores.ts';

const runtime = composeRuntime('float-watch');
const dependencies = { ...runtime, health: composeHealth(runtime) };
const adapters = new Map([...rewardAdapters, ...payoutAdapters]);
const accounts = composeProviders(runtime, { adapters });

/** Schedule: what the accounts with providers hold, and for how long it lasts. */
export const handler = stack<unknown, void>().handler(async () => {
  await watchFloats({ ...dependencies, ...(await accounts.connect()) });
});
