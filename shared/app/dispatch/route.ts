import type { Order } from '../../domain/redemption/order.ts';
import type { Choice } from '../../domain/redemption/routing.ts';
import { invariant } from '../../domain/result.ts';
import { instantOf } from '../../domain/time.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';
import type { RedemptionTask } from './redemption-task.ts';
import { type ChoiceDependencies, chooseSource, payloadHash } from './route-choice.ts';
import { release, type SettleDependencies } from './settle.ts';
import { callOff } from './settle-call-off.ts';

export interface RouteDependencies extends SettleDependencies, ChoiceDependencies {}

/**
 * Chooses the provider for a new redemption, writes the choice down and queues the order. What a
 * person still has to look at, or is not paid for, waits; where nobody can give the reward, the
 * points go back. Safe to repeat: the first row stands, and a second message to dispatch finds the
 * work done.
 */
export async function route(dependencies: RouteDependencies, task: RedemptionTask): Promise<void> {
  const { dispatchQueues, logger, redemptions } = dependencies;
  const { program, redemption } = task;
  const record = await redemptions.read(redemption);
  invariant(record !== undefined, `Redemption ${redemption} was announced but has no hold.`);
  if (record.order === undefined && !isReady(record)) return;
  const order = record.order ?? (await firstOrder(dependencies, record));
  if (order === undefined) return;
  if (order.state === 'closing') await release(dependencies, { ...record, order });
  // Whatever else is under way goes on by itself; a message more does no harm.
  else if (order.state === 'open') {
    const queue = dispatchQueues.get(order.provider);
    invariant(queue !== undefined, `Provider ${order.provider} is not enabled in this region.`);
    await queue.send({ body: { program, redemption }, group: program });
    logger.info('ORDER_ROUTED', { redemption, provider: order.provider });
  }
}

/** Nothing is ordered before a person has let it go and the merchant has its part of the price. */
export function isReady({ hold, payment, review }: RedemptionRecord): boolean {
  if (review !== undefined && review.state !== 'released') return false;
  return hold.terms.cash === undefined || payment !== undefined;
}

/** The row that stands now, or `undefined` where it is over. */
async function firstOrder(
  dependencies: RouteDependencies,
  record: RedemptionRecord,
): Promise<Order | undefined> {
  const { digest, redemptions } = dependencies;
  const { hold } = record;
  const choice = await chooseSource(dependencies, hold, []);
  if (choice === undefined) {
    await callOff(dependencies, record, 'noProvider');
    return undefined;
  }
  const order = orderOf(choice, {
    redemption: hold.redemption,
    payloadHash: payloadHash(digest, hold, choice.products),
  });
  if ((await redemptions.createOrder(order)) === 'created') return order;
  return (await redemptions.read(hold.redemption))?.order;
}

function orderOf(
  { products, provider, reason }: Choice,
  named: Pick<Order, 'redemption' | 'payloadHash'>,
): Order {
  const never = instantOf(0);
  return {
    ...{ ...named, attempt: 1, provider, products, state: 'open', call: 0, reasons: [reason] },
    ...{ claimedUntil: never, undecidedUntil: never, since: never, tried: [] },
  };
}
