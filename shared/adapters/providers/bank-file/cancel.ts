import { endToEndId } from '../../../domain/payout/credit-transfer.ts';
import { standingOfTransfer } from '../../../domain/payout/transfer-facts.ts';
import type { BankTransfer } from '../../../ports/bank-file.ts';
import type { ActOutcome, RewardProvider } from '../../../ports/provider.ts';
import type { BankFileParts } from './parts.ts';

const refused = (detail: string): ActOutcome => ({ kind: 'refused', detail });

/** Out of the outbox, as long as it waits there. Throws for nothing. */
export async function cancelOrder(
  { bankFiles, clock }: Pick<BankFileParts, 'bankFiles' | 'clock'>,
  { providerOrder, reference }: Parameters<RewardProvider['cancel']>[0],
): Promise<ActOutcome> {
  let transfer: BankTransfer | undefined;
  try {
    transfer = await bankFiles.transfer(reference);
  } catch {
    return refused('STORE_UNREADABLE');
  }
  if (transfer === undefined) return refused('ORDER_UNKNOWN');
  const isNamed = transfer.reference === reference && providerOrder === endToEndId(reference);
  if (!isNamed) return refused('CONTRADICTION');
  const standing = standingOfTransfer(transfer.facts);
  if (standing === 'cancelled') return { kind: 'done' };
  if (standing !== 'waiting') return refused('ALREADY_SENT');
  try {
    const outcome = await bankFiles.cancel(transfer, clock.now());
    return outcome === 'done' ? { kind: 'done' } : refused('CHANGED_MEANWHILE');
  } catch {
    return { kind: 'unknown', detail: 'CONNECTION_LOST' };
  }
}
