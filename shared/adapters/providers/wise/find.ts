import { addMs, formatInstant } from '../../../domain/time.ts';
import type {
  ActOutcome,
  AskedOrder,
  FindOutcome,
  WebhookReading,
} from '../../../ports/provider.ts';
import { ProviderUnavailableError } from '../../../ports/provider-unavailable.ts';
import { type HttpFailure, isOwnNo } from '../http.ts';
import { type Asked, lookUpFailure, unknown } from '../order-outcome.ts';
import { isReference } from '../order-request.ts';
import { contradicts, isWaiting, outcomeOf, refusals, type WiseAccount } from './outcome.ts';
import { type ListedTransfer, type TransferReply, transferIdPattern } from './reply.ts';
import { requireUuid } from './request.ts';

/**
 * How long a transfer that was made may be missing from lists, and a payment from its transfer. No
 * figure is published; money sent twice is worse than money ten minutes late.
 */
const listingLagMs = 600_000;
/** Our clock and Wise's need not agree on when a transfer was made. */
const clockSlackMs = 3_600_000;
const pageSize = 100;
/** More than an account makes in the two hours around a call; beyond it a look-up says nothing. */
const maximumPages = 100;
const maximumDrafts = 1_000;

type AskedTransfer = Asked & AskedOrder;

/** By Wise's id where it is known, else among all that were made while it was asked for. */
export async function findOrder(wise: WiseAccount, asked: AskedTransfer): Promise<FindOutcome> {
  requireUuid(asked.reference);
  // The age of what was asked for when Wise was asked, however long its answer takes.
  const isLagOver = wise.clock.now() - (asked.lastSentAt ?? asked.since) > listingLagMs;
  if (asked.providerOrder !== undefined) {
    if (!transferIdPattern.test(asked.providerOrder)) return unknown('ID_UNKNOWN');
    return read(wise, asked, { id: asked.providerOrder, isLagOver });
  }
  const listed = await search(wise, asked);
  if (listed.kind === 'failed') return lookUpFailure(listed.failure, refusals);
  if (listed.kind === 'endless') return unknown('LIST_TOO_LONG');
  if (listed.kind === 'found') return read(wise, asked, { id: listed.id, isLagOver });
  return isLagOver ? { kind: 'notFound' } : unknown('NOT_YET_LISTED');
}

interface Named {
  readonly id: string;
  readonly isLagOver: boolean;
}

async function read(
  wise: WiseAccount,
  asked: AskedTransfer,
  { id, isLagOver }: Named,
): Promise<FindOutcome> {
  const reply = await wise.calls.getTransfer(id);
  if (reply.kind !== 'answer') return lookUpFailure(reply, refusals);
  const transfer = reply.body;
  if (transfer.id.text !== id || contradicts(wise, transfer, asked)) {
    return unknown('CONTRADICTION');
  }
  return isWaiting(transfer)
    ? waiting(wise, transfer, { reference: asked.reference, isLagOver })
    : outcomeOf(wise, transfer, asked);
}

/**
 * A transfer that nobody has paid for is a draft: Wise has been asked for nothing yet, and gives it
 * up by itself. It is not found, so that placing goes on where it stopped. Never paid here: whether
 * it still should be is for who places.
 */
async function waiting(
  { calls, drafts }: WiseAccount,
  { id }: TransferReply,
  { reference, isLagOver }: { readonly reference: string; readonly isLagOver: boolean },
): Promise<FindOutcome> {
  const payments = await calls.listPayments(id.text);
  if (payments.kind !== 'answer') return lookUpFailure(payments, refusals);
  if (payments.body.length > 0) return { kind: 'accepted', providerOrder: id.text, final: false };
  if (!isLagOver) return unknown('NOT_YET_PAID');
  const [oldest] = drafts.keys();
  if (drafts.size >= maximumDrafts && oldest !== undefined) drafts.delete(oldest);
  drafts.set(reference, id.text);
  return { kind: 'notFound' };
}

type Searched =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'none' | 'endless' }
  | { readonly kind: 'failed'; readonly failure: HttpFailure };

/** Wise may give fewer on a page than it is asked for: only an empty one is the last. */
async function search(
  { calls }: WiseAccount,
  { lastSentAt, reference, since }: AskedTransfer,
): Promise<Searched> {
  const period = {
    createdDateStart: formatInstant(addMs(since, -clockSlackMs)),
    createdDateEnd: formatInstant(addMs(lastSentAt ?? since, clockSlackMs)),
  };
  let offset = 0;
  for (let page = 1; page <= maximumPages; page += 1) {
    const reply = await calls.listTransfers({
      ...{ ...period, limit: String(pageSize), offset: String(offset) },
    });
    if (reply.kind !== 'answer') return { kind: 'failed', failure: reply };
    const ours = reply.body.find((transfer) => referenceIn(transfer) === reference);
    if (ours !== undefined) return { kind: 'found', id: ours.id.text };
    if (reply.body.length === 0) return { kind: 'none' };
    offset += reply.body.length;
  }
  return { kind: 'endless' };
}

function referenceIn({ customerTransactionId }: ListedTransfer): string | undefined {
  return customerTransactionId?.toLowerCase();
}

/** Throws `ProviderUnavailableError` where Wise cannot be asked now. */
export async function referenceOf(
  { calls }: WiseAccount,
  reading: WebhookReading,
): Promise<string | undefined> {
  if (reading.kind === 'reference') return reading.reference;
  if (reading.kind !== 'order' || !transferIdPattern.test(reading.providerOrder)) return undefined;
  const reply = await calls.getTransfer(reading.providerOrder);
  if (reply.kind === 'answer') {
    const reference = referenceIn(reply.body);
    return reference !== undefined && isReference(reference) ? reference : undefined;
  }
  if (isOwnNo(reply, 404)) return undefined;
  throw new ProviderUnavailableError('wise');
}

const notCancelled: ReadonlyMap<number, string> = new Map([
  [400, 'BAD_REQUEST'],
  [401, 'TOKEN_REFUSED'],
  [403, 'NOT_PERMITTED'],
  [404, 'ORDER_UNKNOWN'],
  [409, 'NOT_ALLOWED_NOW'],
  [429, 'RATE_LIMITED'],
]);

/** Until the money is converted; what was paid comes back by itself. */
export async function cancel(
  { calls }: WiseAccount,
  { reference, providerOrder }: { readonly reference: string; readonly providerOrder: string },
): Promise<ActOutcome> {
  if (!transferIdPattern.test(providerOrder)) return { kind: 'refused', detail: 'ORDER_UNKNOWN' };
  const found = await calls.getTransfer(providerOrder);
  if (found.kind !== 'answer') return { kind: 'refused', detail: detailOf(found) };
  const isOurs = referenceIn(found.body) === reference;
  if (!isOurs) return { kind: 'refused', detail: 'CONTRADICTION' };
  const reply = await calls.cancel(providerOrder);
  if (reply.kind === 'answer') {
    const isOver = reply.body.status === 'cancelled' || reply.body.status === 'funds_refunded';
    return isOver ? { kind: 'done' } : { kind: 'unknown', detail: 'NOT_CANCELLED' };
  }
  const isNo = reply.kind === 'error' && reply.recognised && notCancelled.has(reply.status);
  const kind = isNo || reply.kind === 'notSent' ? 'refused' : 'unknown';
  return { kind, detail: detailOf(reply) };
}

function detailOf(failed: HttpFailure): string {
  if (failed.kind === 'notSent') return 'NOT_REACHED';
  if (failed.kind !== 'error') return failed.detail;
  if (failed.status >= 500) return 'SERVER_ERROR';
  return (failed.recognised ? notCancelled.get(failed.status) : undefined) ?? 'UNEXPECTED_STATUS';
}
