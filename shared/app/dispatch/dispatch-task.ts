import type { EndedCall, Order } from '../../domain/redemption/order.ts';
import { invariant } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { Sealer } from '../../ports/sealing.ts';
import type { CodeStore } from '../../ports/stores.ts';
import type { ProviderGate } from './provider-gate.ts';
import type { RedemptionTask } from './redemption-task.ts';
import type { ChoiceDependencies } from './route-choice.ts';
import type { SettleDependencies } from './settle.ts';

export interface DispatchDependencies extends SettleDependencies, ChoiceDependencies {
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly gate: ProviderGate;
  readonly sealer: Sealer;
  readonly codes: CodeStore;
  /**
   * How long one claim lasts: a look-up, an order and a new link, or the two calls of a calling off
   * and those of its look-up, each within the provider's time-out.
   */
  readonly callBudgetMs: number;
}

/** A request on its way may still reach the provider this long after we stopped waiting for it. */
export const lateArrivalMs = 120_000;

export interface DispatchTask extends RedemptionTask {
  /** The sender's own call, which has ended: its claim need not be waited for. */
  readonly afterCall?: EndedCall;
  /** How often this message has come back, for a look-up or since nobody may call now. */
  readonly lookUps?: number;
  /** When the provider may be called: a turn that was leased for this message. */
  readonly turn?: Instant;
}

/** Sends the task back to the queue of the order's provider. */
export async function again(
  { dispatchQueues }: Pick<DispatchDependencies, 'dispatchQueues'>,
  task: DispatchTask,
  { order, delaySeconds }: { readonly order: Order; readonly delaySeconds: number },
): Promise<void> {
  const queue = dispatchQueues.get(order.provider);
  invariant(queue !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  await queue.send({ body: { ...task }, group: task.program, delaySeconds });
}

/**
 * After these (about 17 minutes of look-ups) the delayed check goes on with it, every 15 minutes:
 * messages that were delivered twice die out.
 */
export const maximumLookUps = 10;

/** Sends the task back, once more. */
export async function comeBack(
  dependencies: Pick<DispatchDependencies, 'dispatchQueues'>,
  task: DispatchTask,
  waiting: { readonly order: Order; readonly delaySeconds: number },
): Promise<void> {
  const lookUps = (task.lookUps ?? 0) + 1;
  if (lookUps <= maximumLookUps) await again(dependencies, { ...task, lookUps }, waiting);
}

/** As queues delay: whole seconds, one at least, 15 minutes at most. */
export function secondsUntil(instant: Instant, now: Instant): number {
  return Math.min(Math.max(Math.ceil((instant - now) / 1000), 1), 900);
}
