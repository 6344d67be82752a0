import { sameRates } from '../../domain/rates/admission.ts';
import type { Month, RateMonth, RateSource } from '../../domain/rates/snapshot.ts';
import type { QuarantinedSnapshot, RateStore } from '../../ports/rates.ts';
import type { MemoryTable } from './memory-table.ts';

export function createMemoryRateStore({ rates, quarantine }: MemoryTable): RateStore {
  const keyOf = (source: RateSource, part: string) => `${source} ${part}`;
  const isAsRead = ({ source, month, version }: RateMonth) =>
    (rates.get(keyOf(source, month))?.version ?? 0) === version;
  const write = (months: readonly RateMonth[]): 'written' | 'stale' => {
    if (!months.every(isAsRead)) return 'stale';
    for (const month of months) {
      rates.set(keyOf(month.source, month.month), { ...month, version: month.version + 1 });
    }
    return 'written';
  };
  const isWaiting = ({ source, snapshot }: QuarantinedSnapshot): boolean => {
    const waiting = quarantine.get(keyOf(source, snapshot.date));
    return waiting !== undefined && sameRates(waiting.snapshot, snapshot);
  };
  const byDay = (left: QuarantinedSnapshot, right: QuarantinedSnapshot) =>
    left.snapshot.date < right.snapshot.date ? -1 : 1;
  return {
    async readMonths(source, months) {
      const found = months.flatMap((month): [Month, RateMonth][] => {
        const kept = rates.get(keyOf(source, month));
        return kept === undefined ? [] : [[month, kept]];
      });
      return new Map(found);
    },

    async *months(source) {
      const kept = [...rates.values()].filter((month) => month.source === source);
      yield* kept.sort((left, right) => (left.month < right.month ? 1 : -1));
    },

    async writeMonths(months) {
      return write(months);
    },

    async quarantine(snapshot) {
      quarantine.set(keyOf(snapshot.source, snapshot.snapshot.date), snapshot);
    },

    async *quarantined(source) {
      yield* [...quarantine.values()].filter((one) => one.source === source).sort(byDay);
    },

    async release(released, month) {
      if (!isWaiting(released)) return 'stale';
      const written = write([month]);
      if (written === 'written') quarantine.delete(keyOf(released.source, released.snapshot.date));
      return written;
    },

    async dismiss(dismissed) {
      if (!isWaiting(dismissed)) return 'stale';
      quarantine.delete(keyOf(dismissed.source, dismissed.snapshot.date));
      return 'dismissed';
    },
  };
}
