import { addMs, type Instant } from '../../domain/time.ts';
import type { RedemptionRecord } from '../../ports/stores.ts';

/**
 * When the reward is to be there: the promised span begins with the payment, where the member pays
 * a part in cash. A review takes of our own time, and moves nothing.
 */
export function promisedByOf({ hold, payment }: RedemptionRecord): Instant {
  const { entry, terms } = hold;
  const paidAt = payment?.entry.occurredAt ?? entry.occurredAt;
  return addMs(terms.promisedBy, Math.max(paidAt - entry.occurredAt, 0));
}

/** Nothing is late while the member has not paid. */
export function isUnpaid({ hold, payment }: RedemptionRecord): boolean {
  return hold.terms.cash !== undefined && payment === undefined;
}
