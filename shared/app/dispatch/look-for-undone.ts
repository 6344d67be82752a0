import { addMs, type Instant } from '../../domain/time.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { Look, ProviderHealthStore } from '../../ports/provider-health.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { Clock, Logger, QueueSender } from '../../ports/runtime.ts';

export interface UndoneDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly health: Pick<ProviderHealthStore, 'readLook' | 'writeLook'>;
  readonly providers: ReadonlyMap<string, RewardProvider>;
  /** Where webhooks about payouts are heeded. */
  readonly settleQueue: QueueSender;
}

const dayMs = 86_400_000;
const everyMs = dayMs;
/** Books are written hours late: each look begins so long before the end of the last one. */
const overlapMs = dayMs;
const firstLookMs = 31 * dayMs;
/** From then on it is for a person: a payout may have come back and nobody knows. */
const unreadMs = 3 * dayMs;

/**
 * Once a day, asks providers that tell of some returns by no webhook what has come back, and passes
 * it on as webhooks are: hints, each of which is read again at the provider. How far the books were
 * read is kept after all of it is in the queue; what breaks off is read again with the next call.
 */
export async function lookForUndone(dependencies: UndoneDependencies): Promise<void> {
  for (const provider of dependencies.providers.values()) await lookAtOne(dependencies, provider);
}

async function lookAtOne(
  dependencies: UndoneDependencies,
  provider: RewardProvider,
): Promise<void> {
  const { clock, health, logger } = dependencies;
  const now = clock.now();
  const before = await health.readLook(provider.name);
  const isLate = before !== undefined && now - before.until >= unreadMs;
  if (provider.undone === undefined) {
    // An account that was looked through before and cannot be opened any more.
    if (isLate) logger.error('RETURNS_UNREAD', { provider: provider.name });
    return;
  }
  if (before !== undefined && now - before.until < everyMs) return;
  try {
    const count = await passOn(dependencies, provider, { from: beginOf(before, now), to: now });
    await health.writeLook(provider.name, { until: now, version: (before?.version ?? 0) + 1 });
    logger.info('RETURNS_READ', { provider: provider.name, count });
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    if (before === undefined || isLate) logger.error('RETURNS_UNREAD', { provider: provider.name });
    else logger.warn('RETURNS_UNREADABLE', { provider: provider.name });
  }
}

function beginOf(before: Look | undefined, now: Instant): Instant {
  return before === undefined ? addMs(now, -firstLookMs) : addMs(before.until, -overlapMs);
}

async function passOn(
  { logger, settleQueue }: UndoneDependencies,
  provider: RewardProvider,
  period: { readonly from: Instant; readonly to: Instant },
): Promise<number> {
  const { name } = provider;
  let count = 0;
  for await (const reading of provider.undone?.(period) ?? []) {
    count += 1;
    if (reading.kind === 'reference') {
      await settleQueue.send({ body: { kind: 'webhook', provider: name, reading }, group: name });
    } else {
      logger.error('RETURN_UNNAMED', { provider: name, webhookId: reading.webhookId });
    }
  }
  return count;
}
