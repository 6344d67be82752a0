import {
  findingsOf,
  type RateFinding,
  type RawSnapshot,
  sameRates,
} from '../../domain/rates/admission.ts';
import {
  monthsWith,
  type RateMonths,
  snapshotBefore,
  snapshotIn,
} from '../../domain/rates/months.ts';
import {
  monthOf,
  type RateSnapshot,
  type RateSource,
  rateSources,
} from '../../domain/rates/snapshot.ts';
import { addDays, type Instant, type LocalDate, localDateAt } from '../../domain/time.ts';
import type { QuarantinedSnapshot, RateStore } from '../../ports/rates.ts';
import type { Clock } from '../../ports/runtime.ts';

export interface RateKeeping {
  readonly rates: RateStore;
  readonly clock: Clock;
}

export interface Admission {
  /**
   * `known`: it was kept before. `quarantined`: it waits for a person, for its findings.
   * `conflict`: other rates of that day are kept, and stand. `future`: its day has not begun yet.
   */
  readonly kind: 'kept' | 'known' | 'quarantined' | 'conflict' | 'future';
  readonly date: LocalDate;
  readonly findings: readonly RateFinding[];
}

/** Keeps what a source has published for one day, unless somebody must look at it first. */
export async function admitDaily(
  { rates, clock }: RateKeeping,
  source: RateSource,
  raw: RawSnapshot,
  machineNow: Instant,
): Promise<Admission> {
  const { date } = raw;
  if (date > lastDayBegun(source, machineNow)) return { kind: 'future', date, findings: [] };
  const snapshot: RateSnapshot = { date, rates: raw.rates };
  for (;;) {
    const months = await rates.readMonths(source, [monthOf(date)]);
    const kept = snapshotIn(months, date);
    if (kept !== undefined) {
      if (!sameRates(kept, raw)) return { kind: 'conflict', date, findings: [] };
      await dismissWaiting(rates, source, date);
      return { kind: 'known', date, findings: [] };
    }
    const findings = findingsOf(raw, await newestBefore(rates, source, date));
    if (findings.length > 0) {
      await quarantine(rates, { source, snapshot, findings, since: clock.now() });
      return { kind: 'quarantined', date, findings };
    }
    if ((await rates.writeMonths(monthsWith(source, months, [snapshot]))) === 'written') {
      // What waited of that day has been overtaken.
      await dismissWaiting(rates, source, date);
      return { kind: 'kept', date, findings };
    }
  }
}

/**
 * `absent`: nothing of that day waits any more. `replaced`: other rates than were looked at wait.
 * `conflict`: other rates of that day are kept.
 */
export type Release = 'released' | 'known' | 'conflict' | 'absent' | 'replaced';

/** Lets a snapshot in quarantine be used: the one that somebody has looked at, and no other. */
export async function releaseQuarantined(
  rates: RateStore,
  seen: QuarantinedSnapshot,
): Promise<Release> {
  const { source } = seen;
  const { date } = seen.snapshot;
  for (;;) {
    const waiting = await quarantinedOn(rates, source, date);
    if (waiting === undefined) return 'absent';
    if (!sameRates(waiting.snapshot, seen.snapshot)) return 'replaced';
    const months = await rates.readMonths(source, [monthOf(date)]);
    const kept = snapshotIn(months, date);
    if (kept !== undefined && !sameRates(kept, waiting.snapshot)) return 'conflict';
    if (kept !== undefined) {
      await rates.dismiss(waiting);
      return 'known';
    }
    for (const month of monthsWith(source, months, [waiting.snapshot])) {
      if ((await rates.release(waiting, month)) === 'written') return 'released';
    }
  }
}

export type Dismissal = 'dismissed' | 'absent' | 'replaced';

/** Drops a snapshot in quarantine: the one that somebody has looked at, and no other. */
export async function dismissQuarantined(
  rates: RateStore,
  seen: QuarantinedSnapshot,
): Promise<Dismissal> {
  if ((await rates.dismiss(seen)) === 'dismissed') return 'dismissed';
  const waiting = await quarantinedOn(rates, seen.source, seen.snapshot.date);
  return waiting === undefined ? 'absent' : 'replaced';
}

/** The last day that has begun where the source is. */
export function lastDayBegun(source: RateSource, machineNow: Instant): LocalDate {
  return localDateAt(machineNow, rateSources[source].timeZone);
}

/** The newest snapshot before a day; mostly it lies in the days just before. */
async function newestBefore(
  rates: RateStore,
  source: RateSource,
  date: LocalDate,
): Promise<RateSnapshot | undefined> {
  const near = [monthOf(date), monthOf(addDays(date, -31))];
  const found = snapshotBefore(snapshotsOf(await rates.readMonths(source, near)), date);
  if (found !== undefined) return found;
  for await (const { snapshots } of rates.months(source)) {
    const older = snapshotBefore(snapshots.values(), date);
    if (older !== undefined) return older;
  }
  return undefined;
}

function* snapshotsOf(months: RateMonths): Generator<RateSnapshot> {
  for (const { snapshots } of months.values()) yield* snapshots.values();
}

/** A source that is asked again and again says the same: it has waited since the first time. */
async function quarantine(rates: RateStore, found: QuarantinedSnapshot): Promise<void> {
  const waiting = await quarantinedOn(rates, found.source, found.snapshot.date);
  const isSame = waiting !== undefined && sameRates(waiting.snapshot, found.snapshot);
  if (!isSame) await rates.quarantine(found);
}

/** Of a day that is kept, nothing else can be used any more. */
async function dismissWaiting(
  rates: RateStore,
  source: RateSource,
  date: LocalDate,
): Promise<void> {
  const waiting = await quarantinedOn(rates, source, date);
  if (waiting !== undefined) await rates.dismiss(waiting);
}

export async function quarantinedOn(
  rates: RateStore,
  source: RateSource,
  date: LocalDate,
): Promise<QuarantinedSnapshot | undefined> {
  for await (const waiting of rates.quarantined(source)) {
    if (waiting.snapshot.date === date) return waiting;
  }
  return undefined;
}
