import { isFinal } from '../domain/redemption/order.ts';
import { parseReference } from '../domain/redemption/reference.ts';
import type { RewardProvider, WebhookReading } from '../ports/provider.ts';
import { ProviderUnavailableError } from '../ports/provider-unavailable.ts';
import type { Clock, Logger, QueueSender } from '../ports/runtime.ts';
import type { RedemptionStore } from '../ports/stores.ts';

export interface WebhookHintDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redemptions: RedemptionStore;
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
}

/**
 * A webhook is a hint: dispatch reads the order that it names again from the provider, under a
 * claim. A success that nobody counts on any more becomes a case: money went out (P2).
 */
export async function heedWebhook(
  dependencies: WebhookHintDependencies,
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
  const isReleased = order.state === 'released' || order.state === 'closing';
  if (!isReleased && attempt === order.attempt) return;
  const found = await provider?.findOrder(reference, hold);
  if (found?.kind === 'unknown') throw new ProviderUnavailableError(hint.provider);
  if (found?.kind !== 'accepted') return;
  const reason = isReleased ? 'SUCCESS_AFTER_RELEASE' : 'SUCCESS_OF_EARLIER_ATTEMPT';
  await redemptions.openCase({ program, redemption, reason, openedAt: clock.now() });
  logger.error('CASE_OPENED', { redemption, reason });
}
