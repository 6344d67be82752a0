import { createCharity } from '../shared/adapters/providers/charity.ts';
import { rewardAdapters } from '../shared/adapters/providers/registry.ts';
import { dispatchHandler } from './_runtime/dispatching.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeVoucherPool } from './_runtime/vouchers.ts';

const runtime = composeRuntime('dispatch');
const sealer = composeSealer(runtime);
const own = [composeVoucherPool(runtime, sealer), createCharity()];
const accounts = composeProviders(runtime, { adapters: rewardAdapters, own });

/** Orders from a provider account's dispatch queue. */
export const handler = dispatchHandler(runtime, sealer, accounts);
