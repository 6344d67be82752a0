import { type RateSource, rateSources } from '../../domain/rates/snapshot.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import { daysFrom, type LocalDate, localDateAt } from '../../domain/time.ts';
import type { FeedReply, RateFeed, RateStore } from '../../ports/rates.ts';
import type { Clock, LogFields, Logger, RateMetrics } from '../../ports/runtime.ts';
import { type Admission, admitDaily } from './keep-rates.ts';

export interface RefreshDependencies {
  readonly clock: Clock;
  /** Tells whether a day has begun where the source is, whatever `clock` is set to. */
  readonly machineClock: Clock;
  readonly feed: RateFeed;
  readonly logger: Logger;
  readonly metrics: RateMetrics;
  readonly rates: RateStore;
}

/** What has come of it; in quarantine, somebody is asked by an alarm of its own. */
export type Refreshed = 'kept' | 'known' | 'quarantined' | 'unpublished';
/** Why somebody must look, and the next run tries again. */
export type RefreshFailure = 'conflict' | 'future' | 'unreadable' | 'unreachable';

interface Told {
  readonly level: keyof Logger;
  readonly code: string;
  readonly outcome: Result<Refreshed, RefreshFailure>;
}

const ofAdmission: Readonly<Record<Admission['kind'], Told>> = {
  kept: { level: 'info', code: 'RATES_KEPT', outcome: success('kept') },
  known: { level: 'info', code: 'RATES_KNOWN', outcome: success('known') },
  quarantined: { level: 'warn', code: 'RATES_QUARANTINED', outcome: success('quarantined') },
  conflict: { level: 'error', code: 'RATES_CONFLICT', outcome: failure('conflict') },
  future: { level: 'error', code: 'RATES_IN_FUTURE', outcome: failure('future') },
};

const ofReply: Readonly<Record<Exclude<FeedReply['kind'], 'snapshot'>, Told>> = {
  unpublished: { level: 'info', code: 'RATES_UNPUBLISHED', outcome: success('unpublished') },
  unreadable: { level: 'error', code: 'RATES_UNREADABLE', outcome: failure('unreadable') },
  failed: { level: 'error', code: 'RATES_UNREACHABLE', outcome: failure('unreachable') },
};

/**
 * Fetches what the source has published and keeps it, unless it is odd. The rates in use stay as
 * they are whatever happens. How old they are is measured in any case.
 */
export async function refreshRates(
  dependencies: RefreshDependencies,
): Promise<Result<Refreshed, RefreshFailure>> {
  const { feed, logger } = dependencies;
  try {
    const { told, fields } = await take(dependencies, await feed.latest());
    logger[told.level](told.code, { source: feed.source, ...fields });
    return told.outcome;
  } finally {
    await measure(dependencies);
  }
}

async function take(
  dependencies: RefreshDependencies,
  reply: FeedReply,
): Promise<{ readonly told: Told; readonly fields: LogFields }> {
  const { feed, machineClock } = dependencies;
  if (reply.kind !== 'snapshot') {
    const { kind, ...fields } = reply;
    return { told: ofReply[kind], fields };
  }
  const admitted = await admitDaily(dependencies, feed.source, reply.raw, machineClock.now());
  const { kind, date, findings } = admitted;
  return { told: ofAdmission[kind], fields: { day: date, count: findings.length } };
}

async function measure({ clock, feed, metrics, rates }: RefreshDependencies): Promise<void> {
  const { source } = feed;
  const today = localDateAt(clock.now(), rateSources[source].timeZone);
  const newest = await newestKept(rates, source);
  let quarantined = 0;
  for await (const _ of rates.quarantined(source)) quarantined += 1;
  const age = newest === undefined ? {} : { ageDays: Math.max(daysFrom(newest, today), 0) };
  metrics.rates({ source, ...age, quarantined });
}

async function newestKept(rates: RateStore, source: RateSource): Promise<LocalDate | undefined> {
  for await (const { snapshots } of rates.months(source))
    return [...snapshots.keys()].sort().at(-1);
  return undefined;
}
