import type { RateFinding } from '../../../shared/domain/rates/admission.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { formatInstant, type LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { RatesRefusal } from './refuse.ts';

/** A day in quarantine, as it is listed. */
export interface WaitingDay {
  readonly source: RateSource;
  readonly date: LocalDate;
  /** ISO 8601. */
  readonly since: string;
  readonly findings: readonly RateFinding[];
}

/** What waits of every source. */
export async function listQuarantined(rates: RateStore): Promise<WaitingDay[]> {
  const waiting: WaitingDay[] = [];
  for (const source of Object.keys(rateSources) as RateSource[]) {
    for await (const { snapshot, findings, since } of rates.quarantined(source)) {
      waiting.push({ source, date: snapshot.date, since: formatInstant(since), findings });
    }
  }
  return waiting;
}

const refusals = {
  absent: {
    code: 'RATES_NOT_QUARANTINED',
    sentence: 'Nothing of this day waits. List what does with guerdon fx quarantine.',
  },
  conflict: {
    code: 'RATES_CONFLICT',
    sentence: 'Other rates of this day are kept, and stay. Dismiss these ones.',
  },
} as const;

/** Why a day could not be released or dismissed. */
export function refusalOfRelease(outcome: keyof typeof refusals, date: LocalDate): RatesRefusal {
  return { ...refusals[outcome], where: date };
}
