import type { BankFileStore, BankTransfer } from '../../shared/ports/bank-file.ts';
import type { Trouble } from './certification/stage.ts';
import { failed, type TroubleNow } from './voucher-pool-troubles.ts';

type Change = (transfer: BankTransfer) => BankTransfer;

const changes: Readonly<Partial<Record<Trouble, Change>>> = {
  otherAmount: (it) => ({ ...it, amount: { ...it.amount, amountMinor: 1_251n } }),
  otherCurrency: (it) => ({ ...it, amount: { ...it.amount, currency: 'EUR' } }),
  otherReference: (it) => ({ ...it, reference: 'canary' }),
};

/** After these nobody hears of a transfer that is there. */
const silences: ReadonlySet<Trouble> = new Set(['lostAnswer', 'lostRequest', 'serverError']);

const slowMs = 200;

/** A store whose calls get lost, or whose answers are not those to what was asked. */
export function troubledBankFiles(store: BankFileStore, trouble: TroubleNow): BankFileStore {
  const changed: Change = (transfer) => changes[trouble()]?.(transfer) ?? transfer;
  return {
    ...store,
    async put(transfer) {
      const now = trouble();
      if (now === 'lostRequest') throw failed('NetworkingError');
      if (now === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs));
      const standing = await store.put(transfer);
      if (now === 'lostAnswer') throw failed('TimeoutError');
      if (now === 'serverError') throw failed('InternalServerError');
      return changed(standing);
    },
    async transfer(reference) {
      const transfer = await store.transfer(reference);
      if (transfer === undefined) return undefined;
      if (silences.has(trouble())) throw failed('InternalServerError');
      return changed(transfer);
    },
  };
}
