import type { LocalDate } from '../time.ts';
import {
  type Month,
  monthOf,
  type RateMonth,
  type RateSnapshot,
  type RateSource,
} from './snapshot.ts';

/** What was read of a source, by month. */
export type RateMonths = ReadonlyMap<Month, RateMonth>;

export function snapshotIn(months: RateMonths, date: LocalDate): RateSnapshot | undefined {
  return months.get(monthOf(date))?.snapshots.get(date);
}

/** The months with these snapshots in them, as they are to be written; none that stays as it is. */
export function monthsWith(
  source: RateSource,
  months: RateMonths,
  added: readonly RateSnapshot[],
): RateMonth[] {
  const byMonth = Map.groupBy(added, ({ date }) => monthOf(date));
  return [...byMonth].map(([month, snapshots]) => {
    const { version = 0, snapshots: kept = [] } = months.get(month) ?? {};
    const more = snapshots.map((snapshot) => [snapshot.date, snapshot] as const);
    return { source, month, version, snapshots: new Map([...kept, ...more]) };
  });
}

/** The newest snapshot before a day. */
export function snapshotBefore(
  snapshots: Iterable<RateSnapshot>,
  date: LocalDate,
): RateSnapshot | undefined {
  let newest: RateSnapshot | undefined;
  for (const snapshot of snapshots) {
    if (snapshot.date < date && (newest === undefined || newest.date < snapshot.date)) {
      newest = snapshot;
    }
  }
  return newest;
}
