import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { dispatchHandler } from './_runtime/dispatching.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';

const runtime = composeRuntime('dispatch-payouts');
/** A look-up over some pages; then a transfer of Wise's takes up to seven calls. */
const callsPerClaim = 10;
const accounts = composeProviders(runtime, { adapters: payoutAdapters, callsPerClaim });

/**
 * Payouts from the dispatch queue of an account that pays money out. Money has no code: nothing is
 * put where codes are, and the role has no way to it.
 */
export const handler = dispatchHandler(runtime, composeSealer(runtime), accounts);
