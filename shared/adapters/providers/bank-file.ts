import { requireDebtors } from '../../domain/payout/debtor-account.ts';
import { bankFileName } from '../../domain/payout/transfer-credit.ts';
import type { FindOutcome, RewardProvider } from '../../ports/provider.ts';
import { cancelOrder } from './bank-file/cancel.ts';
import { bankFileCapabilities } from './bank-file/capabilities.ts';
import { findOrder } from './bank-file/find.ts';
import type { BankFileParts } from './bank-file/parts.ts';
import { placeOrder } from './bank-file/place.ts';
import { requireUuid } from './bank-file/request.ts';
import { requireTimeout } from './http.ts';
import { notOffered, unknown } from './order-outcome.ts';
import { timedOut, within } from './voucher-pool/deadline.ts';

export interface BankFileSettings extends BankFileParts {
  /** Of each order and look-up. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;

/**
 * The company's own bank, by files: an order is put into an outbox and goes out with the next file.
 * Nobody is called, a look-up is certain, and an order is final once the bank's statement has it.
 * Throws `InvariantError` for settings or orders that cannot be right.
 */
export function createBankFile(settings: BankFileSettings): RewardProvider {
  const { timeoutMs = usualTimeoutMs, ...parts } = settings;
  requireTimeout(timeoutMs);
  requireDebtors(parts.debtors);
  const bounded = async <Outcome extends FindOutcome>(work: Promise<Outcome>) => {
    const outcome = await within(timeoutMs, work);
    return outcome === timedOut ? unknown('TIMEOUT') : outcome;
  };
  return {
    name: bankFileName,
    capabilities: bankFileCapabilities,
    catalogue: nothing,
    product: async () => undefined,
    placeOrder: async (order) => bounded(placeOrder(parts, order)),
    findOrder: async (reference, asked) => {
      requireUuid(reference);
      return bounded(findOrder(parts.bankFiles, reference, asked));
    },
    referenceOf: async (reading) => {
      return reading.kind === 'reference' ? reading.reference : undefined;
    },
    readWebhook: () => ({ kind: 'refused' }),
    balances: async () => [],
    settlements: nothing,
    resend: notOffered,
    cancel: (order) => cancelOrder(parts, order),
  };
}

async function* nothing(): AsyncGenerator<never> {}
