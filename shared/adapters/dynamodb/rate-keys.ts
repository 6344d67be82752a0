import type { Month, RateSource } from '../../domain/rates/snapshot.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { ItemKey } from './schema.ts';

export function ratePartition(source: RateSource): string {
  return `FX#${source}`;
}

export const rateMonthPrefix = 'M#';

/** All days of a month lie in one item. */
export function rateMonthKey(source: RateSource, month: Month): ItemKey {
  return { pk: ratePartition(source), sk: `${rateMonthPrefix}${month}` };
}

export const quarantinePrefix = 'Q#';

export function quarantineKey(source: RateSource, date: LocalDate): ItemKey {
  return { pk: ratePartition(source), sk: `${quarantinePrefix}${date}` };
}
