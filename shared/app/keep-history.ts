import { jumpsBetween, type RateJump, sameRates } from '../domain/rates/admission.ts';
import { monthsWith, type RateMonths, snapshotIn } from '../domain/rates/months.ts';
import type { Month, RateMonth, RateSnapshot, RateSource } from '../domain/rates/snapshot.ts';
import type { Instant, LocalDate } from '../domain/time.ts';
import type { RateStore } from '../ports/rates.ts';
import { newestDay } from './keep-rates.ts';

/** `conflict`: other rates of that day are kept. `future`: the day has not begun yet. */
export interface HistoryFault {
  readonly kind: 'conflict' | 'future';
  readonly date: LocalDate;
}

export type HistoryKeeping =
  | {
      readonly kind: 'kept';
      readonly kept: number;
      /** Days that were kept before with the same rates. */
      readonly known: number;
      /** Kept all the same: real currencies have moved as far in a day. */
      readonly jumps: readonly RateJump[];
    }
  | { readonly kind: 'refused'; readonly faults: readonly HistoryFault[] };

/**
 * Keeps what a source has published over many days: all of them, or none where one is wrong. Reads
 * what is kept once, and writes each month once.
 */
export async function keepHistory(
  rates: RateStore,
  source: RateSource,
  days: readonly RateSnapshot[],
  machineNow: Instant,
): Promise<HistoryKeeping> {
  const lastDay = newestDay(source, machineNow);
  let report: HistoryKeeping | undefined;
  for (;;) {
    const months = await everyMonth(rates, source);
    const faults = days.flatMap((day) => faultsOf(day, months, lastDay));
    if (faults.length > 0) return { kind: 'refused', faults };
    const added = days.filter(({ date }) => snapshotIn(months, date) === undefined);
    const changed = monthsWith(source, months, added);
    // Who comes here again has lost a race: what it found first is what it has done.
    report ??= {
      ...{ kind: 'kept', kept: added.length, known: days.length - added.length },
      jumps: jumpsOf(new Map([...months, ...changed.map(byMonth)]), added),
    };
    if ((await rates.writeMonths(changed)) === 'stale') continue;
    await dismissOvertaken(rates, source, days);
    return report;
  }
}

/** What waited of days that are kept now waits no more. */
async function dismissOvertaken(
  rates: RateStore,
  source: RateSource,
  days: readonly RateSnapshot[],
): Promise<void> {
  const kept = new Set(days.map(({ date }) => date));
  for await (const { snapshot } of rates.quarantined(source)) {
    if (kept.has(snapshot.date)) await rates.dismiss(source, snapshot.date);
  }
}

async function everyMonth(rates: RateStore, source: RateSource): Promise<RateMonths> {
  const months = new Map<Month, RateMonth>();
  for await (const month of rates.months(source)) months.set(month.month, month);
  return months;
}

function faultsOf(
  day: RateSnapshot,
  months: RateMonths,
  lastDay: LocalDate,
): readonly HistoryFault[] {
  const { date } = day;
  if (date > lastDay) return [{ kind: 'future', date }];
  const kept = snapshotIn(months, date);
  return kept === undefined || sameRates(kept, day) ? [] : [{ kind: 'conflict', date }];
}

/** Of the days that are new, against the day before each. */
function jumpsOf(months: RateMonths, added: readonly RateSnapshot[]): RateJump[] {
  const isNew = new Set(added.map(({ date }) => date));
  const all = [...months.values()].flatMap(({ snapshots }) => [...snapshots.values()]);
  const inOrder = all.sort((left, right) => (left.date < right.date ? -1 : 1));
  return inOrder.flatMap((snapshot, index) =>
    isNew.has(snapshot.date) ? jumpsBetween(inOrder[index - 1], snapshot) : [],
  );
}

const byMonth = (month: RateMonth): [Month, RateMonth] => [month.month, month];
