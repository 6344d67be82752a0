import { createBankFileStore } from '../shared/adapters/dynamodb/bank-file-store.ts';
import { bankFileAdapter } from '../shared/adapters/providers/bank-file/account.ts';
import { payoutAdapters } from '../shared/adapters/providers/payout-registry.ts';
import { dispatchHandler } from './_runtime/dispatching.ts';
import { composeProviders } from './_runtime/providers.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeSealer } from './_runtime/sealing.ts';
import { composeTable } from './_runtime/table.ts';

const runtime = composeRuntime('dispatch-payouts');
/** A look-up over some pages; then a transfer of Wise's takes up to seven calls. */
const callsPerClaim = 10;
const sealer = composeSealer(runtime);
const bankFile = bankFileAdapter({ bankFiles: createBankFileStore(composeTable(runtime)), sealer });
const adapters = new Map([...payoutAdapters, [bankFile.name, bankFile]]);
const accounts = composeProviders(runtime, { adapters, callsPerClaim });

/**
 * Payouts from the dispatch queue of an account that pays money out. Money has no code: nothing is
 * put where codes are, and the role has no way to it.
 */
export const handler = dispatchHandler(runtime, sealer, accounts);
