import type { DebtorAccount } from '../../../domain/payout/debtor-account.ts';
import type { BankFileStore } from '../../../ports/bank-file.ts';
import type { Clock } from '../../../ports/runtime.ts';
import type { Sealer } from '../../../ports/sealing.ts';

export interface BankFileParts {
  readonly bankFiles: BankFileStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** One for each currency that is paid. */
  readonly debtors: readonly DebtorAccount[];
}
