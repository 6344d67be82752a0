import { addMonths, type CalendarWindow, firstOfMonth, windowEnd } from '../calendar.ts';
import { shortKey } from '../member/figure-key.ts';
import { metricMonths } from '../metrics/retention.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { addDays, type Instant, type LocalDate, localDateAt, parseLocalDate } from '../time.ts';
import { referralCounter } from '../ways/referral.ts';
import type { Balance } from './balance.ts';

/** What of a balance is over, so that it can go in the next write. */
export interface StaleFigures {
  /** The day that decides: that of the posting, for due work that on which it was due. */
  readonly today: LocalDate;
  /** Counters and months of metrics that nothing will ask for again. */
  readonly counters: readonly string[];
  readonly metrics: readonly string[];
}

interface StaleInput {
  /** The version in force now: an earlier one may need less than this. */
  readonly compiled: CompiledProgram;
  readonly balance: Balance;
  readonly now: Instant;
}

/**
 * Counters of windows that ended so long ago that no event of them is accepted any more, and months
 * of metrics that no tier, target or requirement looks back to. Nothing is known to be over in a
 * program that accepts events of any age, nor of a counter or metric that it does not name.
 */
export function staleFigures({ compiled, balance, now }: StaleInput): StaleFigures {
  const { program } = compiled;
  const today = localDateAt(now, program.timeZone);
  const { counters, metrics } = balance.standing;
  return {
    today,
    counters: counters.size === 0 ? [] : staleCounters(program, [...counters.keys()], today),
    metrics: metrics.size === 0 ? [] : staleMetrics(program, [...metrics.keys()], today),
  };
}

type Dated = Exclude<CalendarWindow, 'lifetime'>;

function staleCounters(program: Program, keys: readonly string[], today: LocalDate): string[] {
  const { lateDays } = program;
  if (lateDays === undefined) return [];
  const windows = windowsByKey(program);
  // A day more: an event is a full day late only at its end, and clocks differ.
  const oldest = addDays(today, -lateDays - 1);
  return keys.filter((key) => {
    const start = startOf(key);
    const window = windows.get(key.slice(0, 4));
    return start !== undefined && window !== undefined && endOf(window, start) <= oldest;
  });
}

function windowsByKey({ earning }: Program): ReadonlyMap<string, Dated> {
  const caps = earning.caps.flatMap(({ id, window = 'lifetime' }) =>
    window === 'lifetime' ? [] : [[shortKey(id), window] as const],
  );
  return new Map([...caps, [shortKey(referralCounter), 'year']]);
}

/** The day after the window that begins on a day; a membership year begins on its own. */
function endOf(window: Dated, start: LocalDate): LocalDate {
  return windowEnd(window, start, start);
}

/** The first day of the window in a counter's key, `abcd261101…`. */
function startOf(key: string): LocalDate | undefined {
  const [, year, month, day] = /^.{4}(\d{2})(\d{2})(\d{2})(?!\d)/.exec(key) ?? [];
  return parseLocalDate(`20${year}-${month}-${day}`);
}

function staleMetrics(program: Program, keys: readonly string[], today: LocalDate): string[] {
  const month = firstOfMonth(today);
  const oldest = new Map(
    [...metricMonths(program)].map(
      ([id, months]) => [shortKey(id), addMonths(month, 1 - months)] as const,
    ),
  );
  return keys.filter((key) => {
    const [, year, of] = /^.{4}(\d{2})(\d{2})n?$/.exec(key) ?? [];
    const kept = oldest.get(key.slice(0, 4));
    return kept !== undefined && year !== undefined && `20${year}-${of}-01` < kept;
  });
}
