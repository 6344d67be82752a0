import { addMs, type Instant } from '../domain/time.ts';
import type { RedemptionRecord } from '../ports/stores.ts';

/**
 * When the reward is to be there: the promised span begins once neither a payment of the member's
 * own nor a review keeps it from being ordered.
 */
export function promisedByOf({ hold, payment, review }: RedemptionRecord): Instant {
  const { entry, terms } = hold;
  const waitedFor = [payment?.entry.occurredAt, review?.decisions.at(-1)?.at];
  const freeAt = Math.max(entry.occurredAt, ...waitedFor.map((at) => at ?? 0));
  return addMs(terms.promisedBy, freeAt - entry.occurredAt);
}
