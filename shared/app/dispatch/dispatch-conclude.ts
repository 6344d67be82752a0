import { toSealable } from '../../domain/redemption/delivered-reward.ts';
import type { Order } from '../../domain/redemption/order.ts';
import { type Heard, type Verdict, verdictOf } from '../../domain/redemption/outcome.ts';
import type { FindOutcome } from '../../ports/provider.ts';
import { type Answer, connected, heardOf } from './dispatch-ask.ts';
import type { DispatchDependencies } from './dispatch-task.ts';
import { chooseSource, payloadHash } from './route-choice.ts';
import { capture, type OrderedRecord, release } from './settle.ts';
import { recordLate } from './settle-late.ts';

/** What is left to do after a call. */
export type Conclusion =
  /** Nothing, or what the delayed check comes back to. */
  | { readonly kind: 'settled' }
  /** `order` is the row as it stands now. */
  | { readonly kind: 'newAttempt'; readonly order: Order }
  /** Ask again soon, with the same reference. */
  | { readonly kind: 'lookUp'; readonly order: Order; readonly claimed: Order };

interface Concluding {
  /** As it was read before the claim: what earlier calls left behind. */
  readonly record: OrderedRecord;
  readonly claimed: Order;
  readonly answer: Answer;
}

type Accepted = FindOutcome & { kind: 'accepted' };

const settled = { kind: 'settled' } as const;

/**
 * Turns an answer into the next state of the row: one conditional write, tried again where only a
 * mark was set on the row during the call.
 */
export async function conclude(
  dependencies: DispatchDependencies,
  concluding: Concluding,
): Promise<Conclusion> {
  const { answer } = concluding;
  report(dependencies, concluding);
  for (let { claimed, record } = concluding; ; ) {
    const conclusion = await concludeOnce(dependencies, { record, claimed, answer });
    if (conclusion !== 'lost') return conclusion;
    const read = await dependencies.redemptions.read(claimed.redemption);
    const row = read?.order;
    if (read === undefined || row === undefined || !isSameCall(row, claimed)) {
      await late(dependencies, concluding, read);
      return settled;
    }
    claimed = row;
    // What stands beside the row may have been read half written.
    record = { ...read, order: record.order };
  }
}

function isSameCall(row: Order, { attempt, call, state }: Order): boolean {
  return row.attempt === attempt && row.call === call && row.state === state;
}

function report({ logger }: DispatchDependencies, { answer, claimed }: Concluding): void {
  const { call, provider, redemption } = claimed;
  const { outcome } = answer;
  if (outcome.kind === 'unknown') {
    logger.warn('CALL_UNKNOWN', { redemption, provider, call, detail: outcome.detail });
  }
  if (outcome.kind !== 'rejected') return;
  const { detail, reason } = outcome;
  logger.warn('ORDER_REJECTED', { redemption, provider, reason, detail });
  if (reason === 'configuration') logger.error('PROVIDER_CONFIGURATION', { provider, detail });
}

/** Somebody else has moved the row on; a reward that nobody counts on any more is booked. */
async function late(
  dependencies: DispatchDependencies,
  { answer, claimed, record }: Concluding,
  read: OrderedRecord | Omit<OrderedRecord, 'order'> | undefined,
): Promise<void> {
  const { outcome } = answer;
  const isDelivered = heardOf(answer, record.hold.terms.kind).kind === 'delivered';
  if (outcome.kind !== 'accepted' || !isDelivered) return;
  if (read === undefined || !('order' in read)) return;
  const { attempt, provider } = claimed;
  await recordLate(dependencies, read, { attempt, provider, charge: outcome.charge });
}

async function concludeOnce(
  dependencies: DispatchDependencies,
  { answer, claimed, record }: Concluding,
): Promise<Conclusion | 'lost'> {
  const { clock, redemptions } = dependencies;
  const { hold, order: before } = record;
  const habits = connected(dependencies, before).capabilities;
  const { askedAt, placed } = answer;
  const turn = { before, claimed, now: clock.now(), askedAt, placed, habits };
  const verdict = verdictOf(turn, heardOfPaid(record, heardOf(answer, hold.terms.kind)));
  if (verdict.kind === 'capture' && answer.outcome.kind === 'accepted') {
    return delivered(dependencies, { ...record, order: verdict.next }, answer.outcome);
  }
  const next = await nextRow(dependencies, record, verdict);
  if (next !== undefined && (await redemptions.updateOrder(claimed, next)) === 'lost')
    return 'lost';
  if (next?.state === 'closing') {
    await release(dependencies, { ...record, order: next });
    return settled;
  }
  if (verdict.kind === 'lookUp') return { kind: 'lookUp', order: next ?? claimed, claimed };
  if (verdict.kind === 'rest' || next === undefined) return settled;
  return { kind: 'newAttempt', order: next };
}

/** Money that was paid and came back goes to its wallet, whatever it came back for. */
function heardOfPaid({ hold, order }: OrderedRecord, heard: Heard): Heard {
  const isReturned = hold.terms.payout !== undefined && order.state === 'reopened';
  return isReturned && heard.kind === 'no' ? { ...heard, reason: 'permanent' } : heard;
}

/** The code is stored before the points are spent. */
async function delivered(
  dependencies: DispatchDependencies,
  record: OrderedRecord,
  { charge, reward }: Accepted,
): Promise<Conclusion | 'lost'> {
  const { codes, logger, sealer } = dependencies;
  const { hold, order } = record;
  const { redemption } = hold;
  const { program } = hold.entry;
  if (reward !== undefined) {
    const context = { program, redemption, field: 'reward' } as const;
    const sealed = await sealer.seal(context, toSealable(reward));
    const { attempt } = order;
    await codes.put({ program, redemption, attempt, kind: reward.kind, sealed });
  }
  logger.info('ORDER_ACCEPTED', { redemption, provider: order.provider });
  const charged = charge === undefined ? order : { ...order, charge };
  const captured = await capture(dependencies, { ...record, order: charged });
  return captured === 'lost' ? 'lost' : settled;
}

async function nextRow(
  dependencies: DispatchDependencies,
  { hold, order }: OrderedRecord,
  verdict: Verdict,
): Promise<Order | undefined> {
  const { next } = verdict;
  if (verdict.kind !== 'nextSource' || next === undefined) return next;
  const tried = [...next.tried, next.provider];
  // Money that somebody had taken on and that came back would come back from elsewhere too.
  const isReturned = hold.terms.payout !== undefined && order.state !== 'open';
  const choice = isReturned ? undefined : await chooseSource(dependencies, hold, tried);
  if (choice === undefined) return { ...next, tried, state: 'closing' };
  const { products, provider, reason } = choice;
  return {
    ...{ ...next, tried, products, provider, attempt: next.attempt + 1, call: 0 },
    payloadHash: payloadHash(dependencies.digest, hold, products),
    reasons: [...next.reasons, reason],
  };
}
