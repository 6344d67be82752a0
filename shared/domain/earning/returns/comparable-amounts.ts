import { reciprocal } from '../../money/fraction.ts';
import { convert, rateOf } from '../../rates/rate.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { failure, type Result, success } from '../../result.ts';
import type { Instant } from '../../time.ts';
import type { CustomerEvent } from '../event.ts';
import type { EventContext } from '../event-context.ts';
import { larger } from '../fraction.ts';
import type { Original } from '../original.ts';
import { fixedRate } from './fixed-rate.ts';

/**
 * The return with amounts in the currency of its original. They are the same, unless that has been
 * replaced meanwhile: then a return in the successor counts by the fixed rate, and one of all that
 * is left as all of it. `FOLLOW_UP_CURRENCY_MISMATCH` for any other currency.
 */
export function inOriginalCurrency(
  context: EventContext,
  { entry, followUp }: Original,
): Result<EventContext, Refusal> {
  const { event } = context;
  const { currency = event.currency, amountMinor = 0n } = entry;
  if (event.currency === currency) return success(context);
  const now = laterOf(event.occurredAt, context.now);
  const fixed = fixedRate(currency, { ...context, now });
  if (fixed === undefined || fixed.to !== event.currency) {
    return failure(refusal('FOLLOW_UP_CURRENCY_MISMATCH', 'currency'));
  }
  const { to: from, asOf, source, path } = fixed;
  const back = rateOf(reciprocal(fixed), { from, to: currency, asOf, source, path });
  const inOld = (minor: bigint) => convert(minor, back, 'halfUp').amount.amountMinor;
  const left = larger(amountMinor - followUp.returnedMinor, 0n);
  const isAll = event.amountMinor >= convert(left, fixed, 'halfUp').amount.amountMinor;
  const lines = event.lines?.map((line) => ({ ...line, amountMinor: inOld(line.amountMinor) }));
  const returned: CustomerEvent = {
    ...event,
    ...{ currency, amountMinor: isAll ? left : inOld(event.amountMinor) },
    ...(lines && { lines }),
  };
  return success({ ...context, event: returned });
}

function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
