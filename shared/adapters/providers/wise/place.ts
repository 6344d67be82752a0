import type { BankAccount } from '../../../domain/payout/payee.ts';
import { isAddressed } from '../../../domain/payout/payee-address.ts';
import type { Instant } from '../../../domain/time.ts';
import type { OrderOutcome, PlaceOrder } from '../../../ports/provider.ts';
import { lookUpFailure, placingFailure, rejected, unknown } from '../order-outcome.ts';
import {
  contradicts,
  errorMeaning,
  fundingErrorMeaning,
  isWaiting,
  outcomeOf,
  quoteRefusal,
  refusals,
  taken,
  type WiseAccount,
} from './outcome.ts';
import type { FundingReply, TransferReply } from './reply.ts';
import {
  comparePayee,
  payeeOf,
  quoteBody,
  recipientBody,
  requireUuid,
  transferBody,
} from './request.ts';

/** An order while it is placed. */
interface Placing {
  readonly wise: WiseAccount;
  readonly order: PlaceOrder;
  readonly payee: BankAccount;
  readonly startedAt: Instant;
}

/** Whoever was held up for longer does not know what others have heard since, and pays nothing. */
const payWithinMs = 60_000;

/**
 * Recipient, quote, transfer, payment; only the last one moves money, and it is made once for a
 * transfer. Wise keeps one transfer to a reference: where that is not the one of this call, it is
 * compared with what is asked, and paid only if it never was.
 */
export async function placeOrder(wise: WiseAccount, order: PlaceOrder): Promise<OrderOutcome> {
  requireUuid(order.reference);
  const placing = { wise, order, payee: payeeOf(order), startedAt: wise.clock.now() };
  const draft = wise.drafts.get(order.reference);
  wise.drafts.delete(order.reference);
  if (draft === undefined) return placeAnew(placing);
  const reply = await wise.calls.getTransfer(draft);
  if (reply.kind !== 'answer') return lookUpFailure(reply, refusals);
  return goOn(placing, reply.body);
}

async function placeAnew(placing: Placing): Promise<OrderOutcome> {
  const { wise, order, payee } = placing;
  const { calls, profileId, sourceCurrency, statementText } = wise;
  const { reference, value } = order;
  // Chosen before an address was asked for: Wise would refuse it, but not say so at once.
  if (!isAddressed(payee)) return rejected(['permanent', 'PAYEE_ADDRESS_MISSING']);
  // Before anything is sent: a value that is none throws.
  const quoteFor = (recipient: string) => quoteBody(order, { sourceCurrency, recipient });
  quoteFor('1');
  const { currency } = value;
  const recipient = await calls.createRecipient(recipientBody(payee, { profileId, currency }));
  if (recipient.kind !== 'answer') return placingFailure(recipient, errorMeaning('recipient'));
  if (comparePayee(payee, recipient.body) === 'another') return unknown('CONTRADICTION');
  const account = recipient.body.id.text;
  const quote = await calls.createQuote(quoteFor(account));
  if (quote.kind !== 'answer') return placingFailure(quote, errorMeaning('quote'));
  const refusal = quoteRefusal(wise, quote.body, value);
  if (refusal !== undefined) return rejected(refusal);
  const { id } = quote.body;
  const body = transferBody({ reference, recipient: account, quote: id, statementText });
  const transfer = await calls.createTransfer(body);
  if (transfer.kind !== 'answer') return placingFailure(transfer, errorMeaning('transfer'));
  const { targetAccount, quoteUuid } = transfer.body;
  const isOwn = targetAccount.text === account && quoteUuid === id && isWaiting(transfer.body);
  if (!isOwn) return goOn(placing, transfer.body);
  return contradicts(wise, transfer.body, order)
    ? unknown('CONTRADICTION')
    : pay(placing, transfer.body);
}

/** With the transfer of an earlier call. */
async function goOn(placing: Placing, transfer: TransferReply): Promise<OrderOutcome> {
  const { wise, order, payee } = placing;
  if (contradicts(wise, transfer, order)) return unknown('REFERENCE_CONFLICT');
  const recipient = await wise.calls.getRecipient(transfer.targetAccount.text);
  if (recipient.kind !== 'answer') return lookUpFailure(recipient, refusals);
  if (recipient.body.id.text !== transfer.targetAccount.text) return unknown('CONTRADICTION');
  const compared = comparePayee(payee, recipient.body);
  if (compared === 'another') return unknown('REFERENCE_CONFLICT');
  if (!isWaiting(transfer)) return outcomeOf(wise, transfer, order);
  if (compared === 'untold') return unknown('PAYEE_UNREAD');
  const payments = await wise.calls.listPayments(transfer.id.text);
  if (payments.kind !== 'answer') return lookUpFailure(payments, refusals);
  return payments.body.length > 0 ? taken(transfer) : pay(placing, transfer);
}

async function pay(placing: Placing, transfer: TransferReply): Promise<OrderOutcome> {
  const { calls, clock } = placing.wise;
  if (clock.now() - placing.startedAt > payWithinMs) return rejected(['retrySameKey', 'TOO_SLOW']);
  const reply = await calls.fund(transfer.id.text);
  if (reply.kind !== 'answer') return placingFailure(reply, fundingErrorMeaning);
  const { status } = reply.body;
  if (status === 'REJECTED') return unpaid(placing, transfer, reply.body);
  if (status !== 'COMPLETED') return unknown('FUNDING_UNCLEAR');
  const read = await calls.getTransfer(transfer.id.text);
  // It is paid for, whatever it looks like now.
  return read.kind === 'answer'
    ? outcomeOf(placing.wise, read.body, placing.order)
    : taken(transfer);
}

/** Nobody lists why else than for want of money: another call may have paid it meanwhile. */
async function unpaid(
  { wise, order }: Placing,
  { id }: TransferReply,
  { errorCode }: FundingReply,
): Promise<OrderOutcome> {
  if (errorCode === 'transfer.insufficient_funds') {
    return rejected(['waitForFunds', 'OUT_OF_FUNDS']);
  }
  const read = await wise.calls.getTransfer(id.text);
  if (read.kind !== 'answer') return lookUpFailure(read, refusals);
  if (!isWaiting(read.body)) return outcomeOf(wise, read.body, order);
  const payments = await wise.calls.listPayments(id.text);
  if (payments.kind !== 'answer') return lookUpFailure(payments, refusals);
  if (payments.body.length > 0) return taken(read.body);
  return rejected(['configuration', 'FUNDING_REFUSED']);
}
