import type { ActOutcome, RewardProvider } from '../../../ports/provider.ts';
import type { TangoCalls } from './calls.ts';
import { actFailure } from './problem.ts';
import { toWireReference } from './request.ts';

const done: ActOutcome = { kind: 'done' };

/** Only an order that Tango has mailed, and at most once in 30 seconds. */
export async function resendOrder(
  calls: TangoCalls,
  { providerOrder, recipientEmail }: Parameters<RewardProvider['resend']>[0],
): Promise<ActOutcome> {
  const body = JSON.stringify({ newEmail: recipientEmail, deliveryMethod: 'EMAIL' });
  const reply = await calls.resend(providerOrder, body);
  return reply.kind === 'answer' ? done : actFailure(reply);
}

/** Tango cancels wholly unredeemed Choice products within five days, and no other card. */
export async function cancelOrder(
  calls: TangoCalls,
  { reference, providerOrder }: Parameters<RewardProvider['cancel']>[0],
): Promise<ActOutcome> {
  const order = await calls.getOrder(providerOrder);
  if (order.kind !== 'answer') return actFailure(order);
  const { externalRefID, referenceLineItemID } = order.body;
  const isOurs = externalRefID === toWireReference(reference);
  if (!isOurs) return { kind: 'refused', detail: 'CONTRADICTION' };
  if (!referenceLineItemID) return { kind: 'refused', detail: 'NOT_CANCELLABLE' };
  const body = JSON.stringify({ reasonCode: 'RECIPIENT_REQUESTED' });
  const reply = await calls.cancelLineItem(referenceLineItemID, body);
  return reply.kind === 'answer' ? done : actFailure(reply);
}
