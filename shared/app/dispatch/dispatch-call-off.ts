import { unwantedAt } from '../../domain/redemption/call-off.ts';
import type { Order } from '../../domain/redemption/order.ts';
import { attemptReference } from '../../domain/redemption/reference.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { DispatchDependencies } from './dispatch-task.ts';

/** The provider's id of an order that it is asked to give up before it is looked up. */
export function toGiveUp({ capabilities }: RewardProvider, order: Order): string | undefined {
  return capabilities.cancels ? unwantedAt(order) : undefined;
}

/**
 * Asks the provider to give an order up that was called off. Whatever it says, and also where that
 * is lost, only the look-up that follows tells what has become of the order (P2): it may have been
 * delivered meanwhile, and what is given up is not always back at once.
 */
export async function askToGiveUp(
  { clock, logger }: DispatchDependencies,
  provider: RewardProvider,
  { order, claimedUntil }: { readonly order: Order } & Pick<Order, 'claimedUntil'>,
): Promise<void> {
  const providerOrder = toGiveUp(provider, order);
  // Whoever was held up for so long does not know whether somebody else has captured it since.
  if (providerOrder === undefined || clock.now() >= claimedUntil) return;
  const { attempt, redemption } = order;
  const reference = attemptReference(redemption, attempt);
  const outcome = await provider.cancel({ reference, providerOrder });
  if (outcome.kind !== 'unknown') return;
  const { detail } = outcome;
  logger.warn('CALL_UNKNOWN', { redemption, provider: order.provider, detail });
}
