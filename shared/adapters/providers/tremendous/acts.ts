import type { ActOutcome } from '../../../ports/provider.ts';
import type { HttpFailure, HttpOutcome } from '../http.ts';
import type { TremendousCalls } from './calls.ts';

/** `NOT_ALLOWED_NOW`: both are for rewards whose delivery has failed, and that nobody has taken. */
const refusals: ReadonlyMap<number, string> = new Map([
  [400, 'BAD_REQUEST'],
  [401, 'KEY_REFUSED'],
  [403, 'NOT_PERMITTED'],
  [404, 'ORDER_UNKNOWN'],
  [422, 'NOT_ALLOWED_NOW'],
  [429, 'RATE_LIMITED'],
]);

/** To the address that is given, which Tremendous keeps as that of the recipient from then on. */
export async function resend(
  calls: TremendousCalls,
  { providerOrder, recipientEmail }: { providerOrder: string; recipientEmail: string },
): Promise<ActOutcome> {
  const body = JSON.stringify({ updated_email: recipientEmail });
  return onReward(calls, providerOrder, (rewardId) => calls.resendReward(rewardId, body));
}

export async function cancel(
  calls: TremendousCalls,
  { providerOrder }: { readonly providerOrder: string },
): Promise<ActOutcome> {
  return onReward(calls, providerOrder, (rewardId) => calls.cancelReward(rewardId));
}

/** Both are asked of the one reward of the order; until it is asked, nothing can be done to it. */
async function onReward(
  calls: TremendousCalls,
  providerOrder: string,
  act: (rewardId: string) => Promise<HttpOutcome<unknown>>,
): Promise<ActOutcome> {
  const found = await calls.getOrder(providerOrder);
  if (found.kind !== 'answer') return { kind: 'refused', detail: detailOf(found) };
  const [reward, ...more] = found.body.order.rewards ?? [];
  if (reward === undefined) return { kind: 'refused', detail: 'NOT_ALLOWED_NOW' };
  if (more.length > 0) return { kind: 'refused', detail: 'CONTRADICTION' };
  const done = await act(reward.id);
  if (done.kind === 'answer') return { kind: 'done' };
  const isNo = done.kind === 'error' && done.recognised && refusals.has(done.status);
  const kind = isNo || done.kind === 'notSent' ? 'refused' : 'unknown';
  return { kind, detail: detailOf(done) };
}

function detailOf(failed: HttpFailure): string {
  if (failed.kind === 'notSent') return 'NOT_REACHED';
  if (failed.kind !== 'error') return failed.detail;
  if (failed.status >= 500) return 'SERVER_ERROR';
  return (failed.recognised ? refusals.get(failed.status) : undefined) ?? 'UNEXPECTED_STATUS';
}
