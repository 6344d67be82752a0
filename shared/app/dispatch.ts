import type { Order } from '../domain/redemption/order.ts';
import {
  type EndedCall,
  isFinal,
  lookUpDelaySeconds,
  mayClaim,
  mustLookUp,
} from '../domain/redemption/order.ts';
import { attemptReference } from '../domain/redemption/reference.ts';
import { invariant } from '../domain/result.ts';
import { addMs, type Instant } from '../domain/time.ts';
import type { FindOutcome, OrderOutcome, RewardProvider } from '../ports/provider.ts';
import type { QueueSender } from '../ports/runtime.ts';
import type { Sealer } from '../ports/sealing.ts';
import type { CodeStore, Hold } from '../ports/stores.ts';
import { type Conclusion, conclude } from './dispatch-conclude.ts';
import type { RedemptionTask } from './redemption-task.ts';
import { payloadHash } from './route.ts';
import { release, type SettleDependencies } from './settle.ts';

export interface DispatchDependencies extends SettleDependencies {
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly sealer: Sealer;
  readonly codes: CodeStore;
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  /**
   * How long one claim lasts: a look-up, an order and a new link, each within the provider's
   * time-out.
   */
  readonly callBudgetMs: number;
}

export interface DispatchTask extends RedemptionTask {
  /** The sender's own call, which has ended: its claim need not be waited for. */
  readonly afterCall?: EndedCall;
  /** Look-ups made so far in this row of them. */
  readonly lookUps?: number;
}

/** A request on its way may still reach the provider this long after we stopped waiting for it. */
const lateArrivalMs = 120_000;

/**
 * Acts on one order: claims it, looks up what may exist already, places it if nothing does, and
 * settles what is certain. Every step may be repeated or cut off; the order row decides who goes on
 * (P2).
 */
export async function dispatch(
  dependencies: DispatchDependencies,
  task: DispatchTask,
): Promise<void> {
  const { clock, redemptions } = dependencies;
  const record = await redemptions.read(task.redemption);
  invariant(record?.order !== undefined, `Redemption ${task.redemption} has no order row.`);
  const { hold, order } = record;
  if (isFinal(order)) return;
  if (order.state === 'closing') {
    await release(dependencies, hold, order);
    return;
  }
  const now = clock.now();
  if (!mayClaim(order, now, task.afterCall)) {
    await again(dependencies, task, order, secondsUntil(order.claimedUntil, now));
    return;
  }
  const claimed = claim(order, now, dependencies.callBudgetMs);
  if ((await redemptions.updateOrder(order, claimed, 'dispatch')) === 'lost') return;
  const found = await ask(dependencies, hold, order);
  const conclusion = await conclude(dependencies, { hold, before: order, claimed, ...found });
  await follow(dependencies, task, claimed, conclusion);
}

function claim(order: Order, now: Instant, callBudgetMs: number): Order {
  const claimedUntil = addMs(now, callBudgetMs);
  const undecidedUntil = addMs(claimedUntil, lateArrivalMs);
  return { ...order, call: order.call + 1, claimedUntil, undecidedUntil };
}

export interface Answer {
  readonly outcome: OrderOutcome;
  /**
   * The provider spoke of an order that it has: what it says is certain whatever else is under way.
   */
  readonly lookedUp: boolean;
}

/** What the provider says of this attempt; "not found" permits the same reference, and no other. */
async function ask(
  { digest, providers, sealer }: DispatchDependencies,
  hold: Hold,
  order: Order,
): Promise<Answer> {
  const provider = providers.get(order.provider);
  invariant(provider !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  const reference = attemptReference(order.redemption, order.attempt);
  const value = { amountMinor: hold.amountMinor, currency: hold.currency };
  if (mustLookUp(order)) {
    const found: FindOutcome = await provider.findOrder(reference, value);
    if (found.kind !== 'notFound') return { outcome: found, lookedUp: true };
    if (order.state === 'accepted') {
      return { outcome: { kind: 'unknown', detail: 'ACCEPTED_NOT_FOUND' }, lookedUp: true };
    }
  }
  const sameBody = payloadHash(digest, hold, order.products) === order.payloadHash;
  invariant(sameBody, `The order of ${order.redemption} has changed since it was routed.`);
  const { program } = hold.entry;
  const context = { program, redemption: hold.redemption, field: 'email' } as const;
  const email = await sealer.open(context, hold.sealedEmail);
  const outcome = await provider.placeOrder({
    reference,
    products: order.products,
    value,
    recipientEmail: email.reveal(),
  });
  return { outcome, lookedUp: false };
}

/** Queues what is still to do. */
async function follow(
  dependencies: DispatchDependencies,
  task: DispatchTask,
  claimed: Order,
  conclusion: Conclusion,
): Promise<void> {
  if (conclusion.kind === 'settled') return;
  if (conclusion.kind === 'newAttempt') {
    const { program, redemption } = task;
    await again(dependencies, { program, redemption }, claimed, 0);
    return;
  }
  if (conclusion.kind === 'waitForCheck') return;
  const lookUps = (task.lookUps ?? 0) + 1;
  if (lookUps > maximumLookUps) return;
  const { attempt, call } = claimed;
  const next = { ...task, afterCall: { attempt, call }, lookUps };
  await again(dependencies, next, claimed, lookUpDelaySeconds(lookUps));
}

/** After these (about 17 minutes) the delayed check goes on with it, every 15 minutes. */
export const maximumLookUps = 10;

async function again(
  { dispatchQueues }: DispatchDependencies,
  task: DispatchTask,
  order: Order,
  delaySeconds: number,
): Promise<void> {
  const queue = dispatchQueues.get(order.provider);
  invariant(queue !== undefined, `Provider ${order.provider} is not enabled in this region.`);
  await queue.send({ body: { ...task }, group: task.program, delaySeconds });
}

function secondsUntil(instant: Instant, now: Instant): number {
  return Math.min(Math.max(Math.ceil((instant - now) / 1000), 1), 900);
}
