import type { ExchangeRecord, Leg } from '../../domain/ledger/entry.ts';
import { captureLegs, reversedLegs } from '../../domain/ledger/recipes.ts';
import { withoutGift } from '../../domain/payout/amounts.ts';
import { keptOfHold, paidLegs, returnedLegs } from '../../domain/payout/legs.ts';
import { amountsOf } from '../../domain/payout/terms.ts';
import type { Program } from '../../domain/program/schema.ts';
import { freshRate } from '../../domain/rates/fresh-rate.ts';
import type { Rate } from '../../domain/rates/rate.ts';
import { type Instant, localDateAt } from '../../domain/time.ts';
import type { RateReader } from '../../ports/rates.ts';
import type { Hold, RedemptionRecord } from '../../ports/stores.ts';
import { readRates } from '../rates/rate-reader.ts';
import type { OrderedRecord } from './settle.ts';

/** What an entry posts, with the conversions among it. */
export interface Posting {
  readonly legs: readonly Leg[];
  readonly exchanges?: readonly ExchangeRecord[];
}

/** The held value is spent: a reward is bought, or money is paid out. */
export function capturePosting({ hold, order, reopenings }: OrderedRecord): Posting {
  const { amountMinor, currency, entry, terms } = hold;
  const { provider } = order;
  const charge = order.charge ?? { amountMinor, currency };
  if (terms.payout === undefined) {
    return { legs: captureLegs(entry.legs, { provider, ...charge }) };
  }
  const { charity, exchange } = terms.payout;
  const amounts = amountsOf(hold, terms.payout);
  const held = reopenings.length > 0 ? withoutGift(amounts) : amounts;
  const legs = paidLegs(held, { provider, charge }, charity);
  return { legs, ...(exchange && { exchanges: [exchange] }) };
}

/** What was captured is held again; money that was converted comes back at a rate of its own. */
export function reopenPosting(
  { hold }: Pick<RedemptionRecord, 'hold'>,
  captured: readonly Leg[],
  rateBack: Rate | undefined,
): Posting {
  const { payout } = hold.terms;
  if (payout === undefined) return { legs: reversedLegs(captured) };
  const { legs, exchange } = returnedLegs(captured, amountsOf(hold, payout), rateBack);
  return { legs, ...(exchange && { exchanges: [exchange] }) };
}

/** From the currency that was paid out into that of the wallet, as of `now`, where it is known. */
export async function rateBackOf(
  rates: RateReader,
  { program, hold, now }: { readonly program: Program; readonly hold: Hold; readonly now: Instant },
): Promise<Rate | undefined> {
  const exchange = hold.terms.payout?.exchange;
  if (exchange === undefined) return undefined;
  const book = await readRates(rates, program, [now]);
  const on = localDateAt(now, program.timeZone);
  const { staleDays } = program.money;
  const rate = freshRate(book, { from: exchange.to, to: exchange.from, on, staleDays });
  return rate.ok ? rate.value : undefined;
}

/** The legs of a hold as far as its value is held now: what was given away has gone for good. */
export function heldLegs({ hold, reopenings }: RedemptionRecord): readonly Leg[] {
  const donatedMinor = hold.terms.payout?.donatedMinor ?? 0n;
  const isAgain = reopenings.length > 0;
  return isAgain ? keptOfHold(hold.entry.legs, donatedMinor) : hold.entry.legs;
}
