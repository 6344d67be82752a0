import { floatRead, forecastOf, lowDays } from '../../domain/redemption/float.ts';
import type { RewardProvider } from '../../ports/provider.ts';
import type { Float, ProviderHealthStore } from '../../ports/provider-health.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { Clock, FloatMetrics, Logger } from '../../ports/runtime.ts';

export interface FloatDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: FloatMetrics;
  readonly health: ProviderHealthStore;
  readonly providers: ReadonlyMap<string, RewardProvider>;
}

const maximumRounds = 5;

/**
 * Reads what every account holds, warns where that lasts for too few days, and lets orders go on
 * that wait for funds once there may be some. An account that cannot be read is left as it was.
 */
export async function watchFloats(dependencies: FloatDependencies): Promise<void> {
  for (const provider of dependencies.providers.values()) await watchOne(dependencies, provider);
}

async function watchOne(dependencies: FloatDependencies, provider: RewardProvider): Promise<void> {
  const { clock, health, logger } = dependencies;
  const { name } = provider;
  const balances = await balancesOf(provider);
  if (balances === undefined) {
    logger.warn('FLOAT_UNREADABLE', { provider: name });
    return;
  }
  for (let round = 1; round <= maximumRounds; round += 1) {
    const before = await health.readFloat(name);
    const state = floatRead(before, balances, clock.now());
    const next = { ...state, version: (before?.version ?? 0) + 1 };
    if ((await health.writeFloat(name, next)) === 'lost') continue;
    report(dependencies, name, { before, next });
    return;
  }
}

async function balancesOf(provider: RewardProvider) {
  try {
    return await provider.balances();
  } catch (error) {
    if (error instanceof ProviderUnavailableError) return undefined;
    throw error;
  }
}

function report(
  { logger, metrics }: FloatDependencies,
  provider: string,
  { before, next }: { readonly before: Float | undefined; readonly next: Float },
): void {
  const wasOut = before?.outOfFundsSince !== undefined;
  if (wasOut && next.outOfFundsSince === undefined) logger.info('FUNDS_BACK', { provider });
  if (next.outOfFundsSince !== undefined) logger.error('PROVIDER_OUT_OF_FUNDS', { provider });
  for (const { currency, daysLeft } of forecastOf(next)) {
    metrics.float({ provider, currency, daysLeft });
    if (daysLeft < lowDays)
      logger.error('FLOAT_LOW', { provider, unit: currency, count: daysLeft });
  }
}
