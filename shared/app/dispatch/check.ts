import type { Program } from '../../domain/program/schema.ts';
import { programAt } from '../../domain/program/version.ts';
import { giveUpAt, hoursAfter } from '../../domain/redemption/lateness.ts';
import { type CancelReason, isFinal } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { QueueSender } from '../../ports/runtime.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import { isUnpaid, promisedByOf } from '../redemption/promised-by.ts';
import { type DelayDependencies, tellDelay } from './check-delay.ts';
import { type GiftDependencies, reopenGift } from './check-gift.ts';
import { type CheckTask, scheduleCheck } from './check-schedule.ts';
import { maximumLookUps } from './dispatch-task.ts';
import { isReady, type RouteDependencies, route } from './route.ts';
import { release } from './settle.ts';
import { callOff } from './settle-call-off.ts';

export interface CheckDependencies extends RouteDependencies, DelayDependencies, GiftDependencies {
  readonly checkQueue: QueueSender;
}

/**
 * Sees that no redemption is forgotten (P3), whatever else was lost on its way: routes what was
 * never routed, has dispatch look up what is not settled, says before it happens that a promised
 * time will be missed, gives up what nobody paid or delivered in time, and tells a person past the
 * limit. A gift that came to nothing is left to choose again.
 */
export async function check(dependencies: CheckDependencies, task: CheckTask): Promise<void> {
  const { checkQueue, programs, redemptions } = dependencies;
  const record = await redemptions.read(task.redemption);
  if (record === undefined) return;
  if (record.order !== undefined && isFinal(record.order)) {
    await reopenGift(dependencies, { ...record, order: record.order });
    return;
  }
  const program = programAt(await programs.load(task.program), record.hold.entry.occurredAt);
  invariant(program !== undefined, `Redemption ${task.redemption} is of an unknown program.`);
  await openCase(dependencies, task, { record, program });
  const toldLate = await tellDelay(dependencies, record, task.toldLate === true);
  await scheduleCheck(checkQueue, { ...task, ...(toldLate && { toldLate }) });
  await pushOn(dependencies, task, { record, program });
}

interface Checked {
  readonly record: RedemptionRecord;
  readonly program: Program;
}

/** Once for each reason; whoever has to look at it finds it with its age. */
async function openCase(
  { clock, logger, redemptions }: CheckDependencies,
  { program: name, redemption, requestedAt }: CheckTask,
  { record, program }: Checked,
): Promise<void> {
  const openedAt = clock.now();
  if (openedAt < caseAt(record, program, requestedAt)) return;
  const reason = caseReason(record);
  if (reason === undefined) return;
  await redemptions.openCase({ program: name, redemption, reason, openedAt });
  logger.warn('CASE_OPENED', { redemption, reason });
}

/** Money that somebody has taken on may take as long as was promised, and some more. */
function caseAt(record: RedemptionRecord, { redemption }: Program, requestedAt: Instant): Instant {
  const isTaken = record.hold.terms.payout !== undefined && record.order?.state === 'accepted';
  if (isTaken) return giveUpAt(promisedByOf(record), redemption.giveUpHours);
  return hoursAfter(requestedAt, redemption.unsettledCaseHours);
}

function caseReason(record: RedemptionRecord): string | undefined {
  if (record.order !== undefined) return 'UNSETTLED';
  if (record.review?.state === 'waiting') return 'UNREVIEWED';
  return isUnpaid(record) ? undefined : 'NEVER_ROUTED';
}

async function pushOn(
  dependencies: CheckDependencies,
  { program: name, redemption }: CheckTask,
  { record, program }: Checked,
): Promise<void> {
  const { clock, dispatchQueues } = dependencies;
  const { order } = record;
  if (order?.state === 'closing') {
    await release(dependencies, { ...record, order });
    return;
  }
  const reason = overdue(record, program, clock.now());
  if (reason !== undefined && order?.cancelled === undefined) {
    await callOff(dependencies, record, reason);
    return;
  }
  if (order === undefined) {
    if (isReady(record)) await route(dependencies, { program: name, redemption });
    return;
  }
  if (isPaidSoon(record, clock.now())) return;
  // One look-up: the next check comes before a row of them would have ended.
  const body = { program: name, redemption, lookUps: maximumLookUps };
  await dispatchQueues.get(order.provider)?.send({ body, group: name });
}

const payoutLookUpHours = 6;

/** Banks take days, and their webhooks tell: money on its way is looked up a few times a day. */
function isPaidSoon({ hold, order }: RedemptionRecord, now: Instant): boolean {
  if (hold.terms.payout === undefined || order?.state !== 'accepted') return false;
  return now < hoursAfter(order.claimedUntil, payoutLookUpHours);
}

/** Why it is not to be waited for any longer. */
function overdue(
  record: RedemptionRecord,
  { redemption }: Program,
  now: Instant,
): CancelReason | undefined {
  const { hold, order, review } = record;
  // Whoever blocked it died before its points went back.
  if (review?.state === 'blocked') return 'blocked';
  // Nobody is asked to pay for what a person still looks at.
  if (order === undefined && isUnpaid(record) && review?.state !== 'waiting') {
    const askedToPayAt = review?.decisions.at(-1)?.at ?? hold.entry.occurredAt;
    const paidWithinHours = redemption.cash?.paidWithinHours ?? redemption.giveUpHours;
    return now >= hoursAfter(askedToPayAt, paidWithinHours) ? 'unpaid' : undefined;
  }
  return now >= giveUpAt(promisedByOf(record), redemption.giveUpHours) ? 'late' : undefined;
}
