import { bankFileName } from '../../../domain/payout/transfer-credit.ts';
import type { Sealer } from '../../../ports/sealing.ts';
import { readBankAccounts } from '../../bank/bank-accounts.ts';
import { createBankFile } from '../bank-file.ts';
import type { ProviderAdapter } from '../registry.ts';
import { bankFileCapabilities } from './capabilities.ts';
import type { BankFileParts } from './parts.ts';

/** What it needs beside its secret: it calls nobody, and keeps what it is asked for. */
export function bankFileAdapter(
  parts: Pick<BankFileParts, 'bankFiles' | 'sealer'>,
): ProviderAdapter {
  return {
    name: bankFileName,
    capabilities: bankFileCapabilities,
    open: (secret, { clock, timeoutMs }) =>
      createBankFile({ ...parts, clock, timeoutMs, debtors: readBankAccounts(secret) }),
  };
}

/** For who looks orders up and places none. */
export const noSealer: Sealer = {
  seal: () => Promise.reject(new Error('Nothing is sealed here.')),
  open: () => Promise.reject(new Error('Nothing is opened here.')),
};
