import { endToEndId } from '../../../domain/payout/credit-transfer.ts';
import { standingOfTransfer } from '../../../domain/payout/transfer-facts.ts';
import type { BankFileStore, BankTransfer } from '../../../ports/bank-file.ts';
import type { AskedOrder, FindOutcome, OrderOutcome } from '../../../ports/provider.ts';
import { rejected, unknown } from '../order-outcome.ts';

/** What became of a reference. Throws for nothing. */
export async function findOrder(
  bankFiles: BankFileStore,
  reference: string,
  { value }: Pick<AskedOrder, 'value'>,
): Promise<FindOutcome> {
  let transfer: BankTransfer | undefined;
  try {
    transfer = await bankFiles.transfer(reference);
  } catch {
    return unknown('STORE_UNREADABLE');
  }
  if (transfer === undefined) return { kind: 'notFound' };
  return isAsked(transfer, { reference, value }) ? outcomeOf(transfer) : unknown('CONTRADICTION');
}

export function isAsked(
  { amount, reference }: BankTransfer,
  asked: { readonly reference: string } & Pick<AskedOrder, 'value'>,
): boolean {
  const { amountMinor, currency } = asked.value;
  const isSameValue = amount.amountMinor === amountMinor && amount.currency === currency;
  return isSameValue && reference === asked.reference;
}

/** Final once money has left; an order whose money has come back is one that was undone since. */
export function outcomeOf({ amount, facts, reference }: BankTransfer): OrderOutcome {
  const providerOrder = endToEndId(reference);
  switch (standingOfTransfer(facts)) {
    case 'booked':
      return { kind: 'accepted', providerOrder, final: true, charge: amount };
    case 'returned':
      return rejected(['permanent', `RETURNED_${facts.returned?.reason ?? ''}`]);
    case 'rejected':
      return rejected(['permanent', facts.rejected?.reason ?? '']);
    case 'cancelled':
      return rejected(['permanent', 'CANCELLED']);
    default:
      return { kind: 'accepted', providerOrder, final: false };
  }
}
