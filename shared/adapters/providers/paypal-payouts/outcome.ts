import type { Money } from '../../../domain/money/money.ts';
import type { OrderOutcome } from '../../../ports/provider.ts';
import {
  accepted,
  lookUpFailure as failureOfLookUp,
  type Refusal,
  rejected,
  unknown,
} from '../order-outcome.ts';
import { isSameMoney, moneyOf } from '../wire-money.ts';
import type { NoAnswer } from './calls.ts';
import { statusRefusals } from './problem.ts';
import { type BatchReply, conversionOf, feeOf, type ItemReply } from './reply.ts';
import { isSameReceiver, type Receiver } from './request.ts';

/** What a batch must be to be ours. */
export interface AskedPayout {
  readonly reference: string;
  readonly value: Money;
  readonly providerOrder: string;
  /** Where it is known: a look-up is not told whom the money goes to. */
  readonly receiver?: Receiver;
}

/** Of items that will not be paid, or were and are not any more; the others wait. */
const endings: ReadonlyMap<string, string> = new Map([
  ['FAILED', 'PAYOUT_FAILED'],
  ['RETURNED', 'UNCLAIMED_RETURNED'],
  ['BLOCKED', 'BLOCKED'],
  ['DENIED', 'DENIED'],
  ['CANCELED', 'CANCELED'],
  ['REVERSED', 'REVERSED'],
  ['REFUNDED', 'REFUNDED'],
]);

/** PayPal's words for why an item failed that say more than that, by ours. */
const causes: ReadonlyMap<string, string> = new Map([
  ['RECEIVER_UNREGISTERED', 'RECEIVER_UNREGISTERED'],
  ['RECEIVER_UNCONFIRMED', 'RECEIVER_UNCONFIRMED'],
  ['RECEIVER_ACCOUNT_INVALID', 'RECEIVER_INVALID'],
  ['RECEIVER_ACCOUNT_LOCKED', 'RECEIVER_LOCKED'],
  ['RECEIVER_COUNTRY_NOT_ALLOWED', 'COUNTRY_NOT_ALLOWED'],
  ['RECEIVER_REFUSED', 'RECEIVER_REFUSED'],
  ['RECEIVING_LIMIT_EXCEEDED', 'RECEIVER_LIMIT_EXCEEDED'],
  ['TRANSACTION_LIMIT_EXCEEDED', 'AMOUNT_LIMIT_EXCEEDED'],
  ['CLOSED_MARKET', 'CLOSED_MARKET'],
]);

/** A batch that failed as a whole keeps its reference: only another one can be paid. */
const outOfFunds: Refusal = ['retryNewKey', 'OUT_OF_FUNDS'];

/** Reads a batch against what was asked: what it says of its one item is what becomes of it. */
export function readBatch(batch: BatchReply, asked: AskedPayout): OrderOutcome {
  const { batch_header: header, items } = batch;
  const [item, ...others] = items ?? [];
  if (others.length > 0 || contradicts(batch, item, asked)) return unknown('CONTRADICTION');
  const isRefused = header.batch_status === 'DENIED' || header.batch_status === 'CANCELED';
  const status = item?.transaction_status ?? 'PENDING';
  if (status === 'SUCCESS') {
    if (isRefused || item === undefined) return unknown('CONTRADICTION');
    return paid(header.payout_batch_id, item, asked.value);
  }
  const ending = endings.get(status);
  if (ending !== undefined) return rejected(refusalOf(item, ending));
  if (isRefused) return rejected(refusalOf(item, `BATCH_${header.batch_status}`));
  return accepted(header.payout_batch_id, { charge: undefined });
}

function refusalOf(item: ItemReply | undefined, ending: string): Refusal {
  const name = item?.errors?.name ?? '';
  if (name === 'INSUFFICIENT_FUNDS' && !isAfterwards(ending)) return outOfFunds;
  const isFailure = ending === 'PAYOUT_FAILED' || ending.startsWith('BATCH_');
  return ['permanent', (isFailure ? causes.get(name) : undefined) ?? ending];
}

function isAfterwards(ending: string): boolean {
  return ending === 'REVERSED' || ending === 'REFUNDED' || ending === 'UNCLAIMED_RETURNED';
}

/**
 * What it costs is known where the fee is in the currency that leaves the account. A fee in another
 * one is a line of its own in the books.
 */
function paid(providerOrder: string, item: ItemReply, value: Money): OrderOutcome {
  const outcome = { ...accepted(providerOrder, { charge: undefined }), final: true };
  const left = leftFor(value, item);
  if (left === undefined) return outcome;
  const fee = feeOf(item);
  if (fee?.currency === left.currency) {
    return {
      ...outcome,
      charge: { ...left, amountMinor: left.amountMinor + fee.amountMinor },
      fee,
    };
  }
  return left.currency === value.currency ? outcome : { ...outcome, charge: left };
}

/** The money itself, in the currency of the balance that it was taken from. */
function leftFor(value: Money, item: ItemReply): Money | undefined {
  const conversion = conversionOf(item);
  if (conversion === undefined) return value;
  const { from, to } = conversion;
  // The payee's own account holds another currency: ours has paid what was asked.
  if (isSameMoney(from, value)) return value;
  return isSameMoney(to, value) && from && from.amountMinor > 0n ? from : undefined;
}

/** Our ids, the amount, and whom it goes to: anything else is not ours. */
function contradicts(
  { batch_header: { payout_batch_id, sender_batch_header } }: BatchReply,
  item: ItemReply | undefined,
  { reference, value, providerOrder, receiver }: AskedPayout,
): boolean {
  const ours = [sender_batch_header?.sender_batch_id, item?.payout_item.sender_item_id];
  if (payout_batch_id !== providerOrder) return true;
  if (!ours.includes(reference) || ours.some((id) => id && id !== reference)) return true;
  if (item === undefined) return false;
  const { amount, recipient_type: type, receiver: text } = item.payout_item;
  if (!isSameMoney(moneyOf(amount.value, amount.currency), value)) return true;
  if (receiver === undefined) return false;
  return !type || !text || !isSameReceiver(receiver, type, text);
}

/** A look-up that fails tells nothing of the payout. */
export function lookUpFailure(reply: NoAnswer): OrderOutcome {
  return reply.kind === 'noToken'
    ? unknown(reply.refused[1])
    : failureOfLookUp(reply, statusRefusals);
}
