import type { RateFinding } from '../../../shared/domain/rates/admission.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { formatInstant, type LocalDate } from '../../../shared/domain/time.ts';
import type { QuarantinedSnapshot, RateStore } from '../../../shared/ports/rates.ts';
import { guerdon } from '../exit.ts';
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
    for await (const found of rates.quarantined(source)) waiting.push(waitingDay(found));
  }
  return waiting;
}

export function waitingDay(found: QuarantinedSnapshot): WaitingDay {
  const { source, snapshot, findings, since } = found;
  return { source, date: snapshot.date, since: formatInstant(since), findings };
}

const refusals = {
  absent: {
    code: 'RATES_NOT_QUARANTINED',
    sentence: `Nothing of this day waits. List what does with ${guerdon} fx quarantine.`,
  },
  conflict: {
    code: 'RATES_CONFLICT',
    sentence: 'Other rates of this day are kept, and stay. Dismiss these ones.',
  },
  replaced: {
    code: 'RATES_NOT_QUARANTINED',
    sentence:
      'Other rates than these wait by now. Look at them with ' +
      `${guerdon} fx quarantine, and ask again.`,
  },
} as const;

/** Why a day could not be released or dismissed. */
export function refusalOfRelease(outcome: keyof typeof refusals, date: LocalDate): RatesRefusal {
  return { ...refusals[outcome], where: date };
}
