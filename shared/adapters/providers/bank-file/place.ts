import { type DebtorAccount, faultOf } from '../../../domain/payout/debtor-account.ts';
import { creditOf, sealOfTransfer, toSealable } from '../../../domain/payout/transfer-credit.ts';
import type { Secret } from '../../../domain/secret.ts';
import type { BankTransfer } from '../../../ports/bank-file.ts';
import type { OrderOutcome, PlaceOrder } from '../../../ports/provider.ts';
import { rejected, unknown } from '../order-outcome.ts';
import { isRefusedAccess } from '../voucher-pool/access-refusal.ts';
import { isAsked, outcomeOf } from './find.ts';
import type { BankFileParts } from './parts.ts';
import { refusalOf, requireOrder } from './request.ts';

/**
 * Puts a transfer into the outbox, once under its reference, or tells what became of the one that
 * is there. Throws `InvariantError` for orders that cannot be right, and for nothing else.
 */
export async function placeOrder(parts: BankFileParts, order: PlaceOrder): Promise<OrderOutcome> {
  const payee = requireOrder(order);
  const { reference, value } = order;
  const debtor = parts.debtors.find(({ currency }) => currency === value.currency);
  const credit = debtor && creditOf(payee, debtor);
  let standing: BankTransfer | undefined;
  try {
    standing = await parts.bankFiles.transfer(reference);
  } catch (error) {
    return notDone(error, 'STORE_UNREADABLE');
  }
  if (debtor === undefined || credit === undefined) {
    if (standing !== undefined) return unknown('REFERENCE_CONFLICT');
    return rejected(['permanent', 'CURRENCY_NOT_OFFERED']);
  }
  const placing = { parts, order, debtor, text: toSealable(credit) };
  if (standing !== undefined) return answer(placing, standing);
  const fault = faultOf(debtor, { ...credit, reference, amount: value });
  return fault === undefined ? put(placing) : rejected(['permanent', refusalOf(fault)]);
}

/** An order while it is placed. */
interface Placing {
  readonly parts: BankFileParts;
  readonly order: PlaceOrder;
  readonly debtor: DebtorAccount;
  /** What is sealed. */
  readonly text: Secret;
}

async function put(placing: Placing): Promise<OrderOutcome> {
  const { debtor, order, parts, text } = placing;
  const { reference, value: amount } = order;
  let sealed: string;
  try {
    sealed = await parts.sealer.seal(sealOfTransfer(reference), text);
  } catch (error) {
    return notDone(error, 'KEY_UNAVAILABLE');
  }
  const askedAt = parts.clock.now();
  const asked = { reference, debtor: debtor.id, amount, sealed, askedAt, facts: {}, version: 1 };
  try {
    return await answer(placing, await parts.bankFiles.put(asked));
  } catch {
    return unknown('CONNECTION_LOST');
  }
}

function notDone(error: unknown, detail: string): OrderOutcome {
  if (isRefusedAccess(error)) return rejected(['configuration', 'ACCESS_REFUSED']);
  return rejected(['retrySameKey', detail]);
}

/** What is there under the reference counts only if it is what was asked for. */
async function answer(
  { order, parts, text }: Placing,
  standing: BankTransfer,
): Promise<OrderOutcome> {
  const { reference } = order;
  if (!isAsked(standing, order)) return unknown('REFERENCE_CONFLICT');
  let opened: Secret;
  try {
    opened = await parts.sealer.open(sealOfTransfer(reference), standing.sealed);
  } catch {
    return unknown('PAYEE_UNOPENED');
  }
  return opened.reveal() === text.reveal() ? outcomeOf(standing) : unknown('REFERENCE_CONFLICT');
}
