import { retirementOf } from '../money/currency.ts';
import { reciprocal } from '../money/fraction.ts';
import { convert, type Rate } from '../rates/rate.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Instant } from '../time.ts';
import type { CustomerEvent } from './event.ts';
import type { EventContext } from './event-context.ts';
import { larger } from './fraction.ts';
import { localDayAt } from './local-day.ts';
import type { Original } from './original.ts';

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
  const back = { ...fixed, ...reciprocal(fixed), from: fixed.to, to: currency };
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

/** Out of a currency that is retired on the day of the posting; `undefined` for any other. */
export function fixedRate(currency: string, context: EventContext): Rate | undefined {
  const retirement = retirementOf(currency);
  if (retirement === undefined) return undefined;
  const { rates, now, compiled } = context;
  const today = localDayAt(now, compiled.program.timeZone).date;
  if (retirement.from > today) return undefined;
  const found = rates.rateAt({ from: currency, to: retirement.into, on: today, staleDays: 0 });
  return found.ok ? found.value : undefined;
}

function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
