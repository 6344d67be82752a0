import type { ActOutcome } from '../../../ports/provider.ts';
import type { NoAnswer, PayPalCalls } from './calls.ts';
import { statusRefusals } from './problem.ts';

/** Only money that nobody has claimed yet can be taken back; it then returns to the account. */
export async function cancel(
  calls: PayPalCalls,
  { reference, providerOrder }: { readonly reference: string; readonly providerOrder: string },
): Promise<ActOutcome> {
  const found = await calls.getBatch(providerOrder);
  if (found.kind !== 'answer') return { kind: 'refused', detail: detailOf(found) };
  const [item, ...others] = found.body.items ?? [];
  if (item === undefined) return { kind: 'refused', detail: 'NOT_ALLOWED_NOW' };
  const isOurs = others.length === 0 && item.payout_item.sender_item_id === reference;
  if (!isOurs) return { kind: 'refused', detail: 'CONTRADICTION' };
  if (item.transaction_status !== 'UNCLAIMED')
    return { kind: 'refused', detail: 'NOT_ALLOWED_NOW' };
  const done = await calls.cancelItem(item.payout_item_id);
  if (done.kind === 'answer') {
    const isBack = done.body.transaction_status === 'RETURNED';
    return isBack ? { kind: 'done' } : { kind: 'unknown', detail: 'CONTRADICTION' };
  }
  return { kind: isCertainNo(done) ? 'refused' : 'unknown', detail: detailOf(done) };
}

function isCertainNo(reply: NoAnswer): boolean {
  if (reply.kind === 'noToken' || reply.kind === 'notSent') return true;
  return reply.kind === 'error' && reply.recognised && reply.status >= 400 && reply.status < 500;
}

function detailOf(reply: NoAnswer): string {
  if (reply.kind === 'noToken') return reply.refused[1];
  if (reply.kind === 'notSent') return 'NOT_REACHED';
  if (reply.kind !== 'error') return reply.detail;
  if (reply.status >= 500) return 'SERVER_ERROR';
  if (reply.status === 404 && reply.recognised) return 'ORDER_UNKNOWN';
  return statusRefusals.get(reply.status)?.[1] ?? 'UNEXPECTED_STATUS';
}
