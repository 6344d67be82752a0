import { isFinal } from '../domain/redemption/order.ts';
import { parseReference } from '../domain/redemption/reference.ts';
import { addMs, formatInstant, type Instant } from '../domain/time.ts';
import type { RewardProvider, WebhookReading } from '../ports/provider.ts';
import type { Clock, Logger, QueueSender } from '../ports/runtime.ts';
import type { ProgramStore, RedemptionStore } from '../ports/stores.ts';
import type { RedemptionTask } from './redemption-task.ts';
import { checkDelaySeconds } from './route.ts';

export interface CheckDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redemptions: RedemptionStore;
  readonly programs: ProgramStore;
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  readonly checkQueue: QueueSender;
}

export interface CheckTask extends RedemptionTask {
  readonly requestedAt: Instant;
}

const hourMs = 3_600_000;

/**
 * Sees that no redemption is forgotten (P3): asks dispatch to look again, and a person past the
 * limit.
 */
export async function check(dependencies: CheckDependencies, task: CheckTask): Promise<void> {
  const { checkQueue, clock, dispatchQueues, logger, programs, redemptions } = dependencies;
  const { program: name, redemption, requestedAt } = task;
  const record = await redemptions.read(redemption);
  if (record?.order !== undefined && isFinal(record.order)) return;
  const program = await programs.load(name);
  const limitHours = program?.redemption.unsettledCaseHours ?? 0;
  const now = clock.now();
  if (now >= addMs(requestedAt, limitHours * hourMs)) {
    const reason = record?.order === undefined ? 'NEVER_ROUTED' : 'UNSETTLED';
    await redemptions.openCase({ program: name, redemption, reason, openedAt: now });
    logger.warn('CASE_OPENED', { redemption, reason });
  }
  const queue = record?.order && dispatchQueues.get(record.order.provider);
  if (queue) await queue.send({ body: { program: name, redemption }, group: name });
  const next = {
    kind: 'check',
    program: name,
    redemption,
    requestedAt: formatInstant(requestedAt),
  };
  await checkQueue.send({ body: next, group: name, delaySeconds: checkDelaySeconds });
}

/**
 * A webhook is a hint: dispatch reads the order that it names again from the provider, under a
 * claim. A success that nobody counts on any more becomes a case: money went out (P2).
 */
export async function heedWebhook(
  dependencies: CheckDependencies,
  hint: { readonly provider: string; readonly reading: WebhookReading },
): Promise<void> {
  const { clock, dispatchQueues, logger, providers, redemptions } = dependencies;
  const provider = providers.get(hint.provider);
  const reference = await provider?.referenceOf(hint.reading);
  const named = reference === undefined ? undefined : parseReference(reference);
  const record = named && (await redemptions.read(named.redemption));
  if (named === undefined || record?.order === undefined || reference === undefined) {
    logger.info('WEBHOOK_IGNORED', { provider: hint.provider });
    return;
  }
  const { hold, order } = record;
  const program = hold.entry.program;
  const { attempt, redemption } = named;
  // Whoever holds the claim hears from the provider anyway, and goes on by itself.
  if (!isFinal(order) && order.claimedUntil <= clock.now()) {
    const body = { program, redemption };
    await dispatchQueues.get(order.provider)?.send({ body, group: program });
  }
  if (order.state !== 'released' && attempt === order.attempt) return;
  const found = await provider?.findOrder(reference, hold);
  if (found?.kind !== 'accepted') return;
  const isReleased = order.state === 'released';
  const reason = isReleased ? 'SUCCESS_AFTER_RELEASE' : 'SUCCESS_OF_EARLIER_ATTEMPT';
  await redemptions.openCase({ program, redemption, reason, openedAt: clock.now() });
  logger.error('CASE_OPENED', { redemption, reason });
}
