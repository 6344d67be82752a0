import type { RawSnapshot } from '../../shared/domain/rates/admission.ts';
import { day } from './points.ts';

/** What a source says of a day; rates of zero are its zeros. */
export function ratesOf(date: string, rates: Readonly<Record<string, string>>): RawSnapshot {
  const entries = Object.entries(rates);
  return {
    date: day(date),
    rates: new Map(entries.filter(([, rate]) => rate !== '0')),
    zeros: entries.filter(([, rate]) => rate === '0').map(([currency]) => currency),
  };
}
