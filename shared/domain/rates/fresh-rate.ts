import { refusal } from '../refusal.ts';
import { failure } from '../result.ts';
import type { RateBook } from './rate-book.ts';

/**
 * A rate by a book that was read for some days only: what it lacks may have been published long
 * before, so that it is stale rather than missing.
 */
export function freshRate(
  book: RateBook,
  query: Parameters<RateBook['rateAt']>[0],
): ReturnType<RateBook['rateAt']> {
  const rate = book.rateAt(query);
  if (rate.ok || rate.failure.code !== 'RATE_MISSING') return rate;
  return failure(refusal('RATE_STALE'));
}
