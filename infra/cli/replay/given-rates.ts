import { monthsWith } from '../../../shared/domain/rates/months.ts';
import {
  plainDecimal,
  type RateSnapshot,
  type RateSource,
} from '../../../shared/domain/rates/snapshot.ts';
import { invariant } from '../../../shared/domain/result.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import type { ScenarioRates } from './rates-schema.ts';

/** Snapshots of one source, as somebody has read them from a file. */
export interface GivenRates {
  readonly source: RateSource;
  readonly snapshots: readonly RateSnapshot[];
}

export function ratesOfScenario({ source, days }: ScenarioRates): GivenRates {
  const snapshots = Object.entries(days).map(([date, rates]) => ({
    date: date as LocalDate,
    rates: new Map(Object.entries(rates).map(([currency, rate]) => [currency, decimal(rate)])),
  }));
  return { source, snapshots };
}

/** Fills a store that has none of these months; nobody looks for what is odd about them. */
export async function keepGivenRates(store: RateStore, given: GivenRates): Promise<void> {
  const kept = monthsWith(given.source, new Map(), given.snapshots);
  invariant((await store.writeMonths(kept)) === 'written', 'The store had rates already.');
}

function decimal(rate: string): string {
  const text = plainDecimal(rate);
  invariant(text !== undefined, `${rate} was checked to be a rate.`);
  return text;
}
