import type { TableAccess } from '../constructs/table-access.ts';
import type { FunctionSpec } from './functions.ts';

const table: TableAccess = { write: 'all', sealed: false };

/**
 * What pays money out. A claim of dispatch-payouts may take ten calls, those of settle-payouts two
 * a message.
 */
export const payoutFunctionSpecs = {
  'payout-run': {
    memoryMb: 1024,
    timeoutSeconds: 900,
    table,
    uses: ['seal', 'open', 'checkQueue'],
    // Each hour once; a run that failed is tried twice more, after one and two minutes.
    errors: { threshold: 3, withinMinutes: 60 },
    impact: 'members who are due are not paid yet.',
    action: 'read the log for the failing code; the next hour goes on where this one ended.',
  },
  'dispatch-payouts': {
    memoryMb: 512,
    timeoutSeconds: 150,
    table: { ...table, also: ['bankOutbox'] },
    uses: ['seal', 'open', 'dispatchQueues', 'payoutProviders', 'budgets'],
    impact: 'money that is set aside for members is not sent.',
    action: 'check status and credentials of the provider; a redrive is safe, orders are claimed.',
  },
  'settle-payouts': {
    memoryMb: 512,
    timeoutSeconds: 120,
    table,
    uses: ['dispatchQueues', 'checkQueue', 'settlePayoutsQueue', 'payoutProviders'],
    impact: 'money that came back does not reach wallets, and what was paid is said late.',
    action: 'check the status of the provider, then redrive the queue of settle-payouts.',
  },
  'payout-files': {
    // A statement of 20,000 entries, 10 MB, took 750 MB where it was read; 32 MB may come.
    memoryMb: 3008,
    timeoutSeconds: 900,
    table: { ...table, also: ['bankOutbox'] },
    uses: ['seal', 'open', 'bankAccounts', 'files', 'settlePayoutsQueue'],
    errors: { threshold: 3, withinMinutes: 60 },
    impact: 'files for banks are not written, and what banks answer is not heard.',
    action: 'read the log for the failing code; the next hour goes on where this one ended.',
  },
} as const satisfies Record<string, FunctionSpec>;
