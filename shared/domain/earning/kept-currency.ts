import { profileOf } from '../member/profile.ts';
import { keptCurrency, otherwiseCurrencyOf, walletCurrencyOf } from '../member/wallet-currency.ts';
import type { Rate } from '../rates/rate.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { EventContext } from './event-context.ts';

/** Where money goes that was judged in the currency of the purchase. */
export interface Kept {
  readonly currency: string;
  /** There from the purchase's currency; `undefined` where that is the same. */
  readonly rate?: Rate;
  /** The wallet that the money would have gone to, had there been a rate. */
  readonly insteadOf?: string;
}

/**
 * The currency that an award of the event is kept in, and the rate of the event's day. `named` is
 * the award's unit. `RATE_STALE` where nothing leads there, nor to what the program keeps money in
 * otherwise.
 */
export function keptIn(named: string, context: EventContext): Result<Kept, Refusal> {
  const { compiled, event, member, day } = context;
  const { program } = compiled;
  const on = day.date;
  const wanted =
    named === 'purchaseCurrency'
      ? walletCurrencyOf({
          ...{ program, eventCurrency: event.currency, on },
          profile: program.money.walletCurrency === 'member' ? profileOf(member) : undefined,
        })
      : keptCurrency(program, named, on);
  const direct = rateTo(wanted, context);
  if (direct.ok) return success({ currency: wanted, ...direct.value });
  const currency = otherwiseCurrencyOf(program, on);
  const other = rateTo(currency, context);
  if (!other.ok) return failure(refusal('RATE_STALE', 'currency'));
  return success({ currency, ...other.value, insteadOf: wanted });
}

/** No rate where none is needed. */
function rateTo(
  to: string,
  { compiled, event, day, rates }: EventContext,
): Result<Pick<Kept, 'rate'>, Refusal> {
  const from = event.currency;
  if (to === from) return success({});
  const { staleDays } = compiled.program.money;
  const found = rates.rateAt({ from, to, on: day.date, staleDays });
  return found.ok ? success({ rate: found.value }) : found;
}
