import { differingCurrencies, jumpsBetween, type RateJump } from '../../domain/rates/admission.ts';
import { monthsWith, type RateMonths, snapshotIn } from '../../domain/rates/months.ts';
import type { Month, RateMonth, RateSnapshot, RateSource } from '../../domain/rates/snapshot.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import type { RateStore } from '../../ports/rates.ts';
import { lastDayBegun } from '../rates/keep-rates.ts';

/** `conflict`: other rates of that day are kept. `future`: the day has not begun yet. */
export interface HistoryFault {
  readonly kind: 'conflict' | 'future';
  readonly date: LocalDate;
}

/** A day that stays as it is kept, though the source now says something else of it. */
export interface LeftDay {
  readonly date: LocalDate;
  /** Whose rates differ, or are there only once. */
  readonly currencies: readonly string[];
}

export type HistoryKeeping =
  | {
      readonly kind: 'kept';
      readonly kept: number;
      /** Days that were kept before with the same rates. */
      readonly known: number;
      readonly left: readonly LeftDay[];
      /** Kept all the same: real currencies have moved as far in a day. */
      readonly jumps: readonly RateJump[];
    }
  | {
      readonly kind: 'refused';
      readonly faults: readonly HistoryFault[];
      /**
       * Mostly none. Of a history of more than a hundred months some may have been written before
       * another writer brought what these days are refused for; they stand.
       */
      readonly standing: readonly LocalDate[];
    };

export interface HistoryTerms {
  readonly machineNow: Instant;
  /** Days of which other rates are kept are left as they are, and no reason to refuse the rest. */
  readonly keepsKnown?: boolean;
}

/**
 * Keeps what a source has published over many days: all of them, or none where one is wrong. Reads
 * what is kept once, and writes each month once; again from the beginning where it loses a race.
 */
export async function keepHistory(
  rates: RateStore,
  source: RateSource,
  days: readonly RateSnapshot[],
  { machineNow, keepsKnown = false }: HistoryTerms,
): Promise<HistoryKeeping> {
  const lastDay = lastDayBegun(source, machineNow);
  let before: RateMonths | undefined;
  for (;;) {
    const months = await everyMonth(rates, source);
    // Who comes here again has lost a race: what it found first tells what it has done.
    before ??= months;
    const left = days.flatMap((day) => leftOf(day, months));
    const conflicts = new Set(keepsKnown ? [] : left.map(({ date }) => date));
    const faults = days.flatMap(({ date }): HistoryFault[] => {
      if (date > lastDay) return [{ kind: 'future', date }];
      return conflicts.has(date) ? [{ kind: 'conflict', date }] : [];
    });
    if (faults.length > 0) {
      return { kind: 'refused', faults, standing: standingOf(days, before, months) };
    }
    const changed = monthsWith(source, months, missingIn(months, days));
    if ((await rates.writeMonths(changed)) === 'stale') continue;
    await dismissOvertaken(rates, source, days);
    const isLeft = new Set(left.map(({ date }) => date));
    const added = missingIn(before, days).filter(({ date }) => !isLeft.has(date));
    return {
      ...{ kind: 'kept', kept: added.length, known: days.length - added.length - left.length },
      ...{ left, jumps: jumpsOf(new Map([...months, ...changed.map(byMonth)]), added) },
    };
  }
}

function missingIn(months: RateMonths, days: readonly RateSnapshot[]): RateSnapshot[] {
  return days.filter(({ date }) => snapshotIn(months, date) === undefined);
}

function leftOf(day: RateSnapshot, months: RateMonths): readonly LeftDay[] {
  const kept = snapshotIn(months, day.date);
  const currencies = kept === undefined ? [] : differingCurrencies(kept, day);
  return currencies.length === 0 ? [] : [{ date: day.date, currencies }];
}

/** Days that are kept now as they were to be, and were not before. */
function standingOf(
  days: readonly RateSnapshot[],
  before: RateMonths,
  now: RateMonths,
): LocalDate[] {
  return missingIn(before, days).flatMap((day) =>
    snapshotIn(now, day.date) === undefined || leftOf(day, now).length > 0 ? [] : [day.date],
  );
}

/** What waited of days that are kept now waits no more. */
async function dismissOvertaken(
  rates: RateStore,
  source: RateSource,
  days: readonly RateSnapshot[],
): Promise<void> {
  const kept = new Set(days.map(({ date }) => date));
  for await (const waiting of rates.quarantined(source)) {
    if (kept.has(waiting.snapshot.date)) await rates.dismiss(waiting);
  }
}

async function everyMonth(rates: RateStore, source: RateSource): Promise<RateMonths> {
  const months = new Map<Month, RateMonth>();
  for await (const month of rates.months(source)) months.set(month.month, month);
  return months;
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
