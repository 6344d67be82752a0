import type { ExchangeRecord, Leg } from '../ledger/entry.ts';
import { exchangeRecord, turnedBack } from '../ledger/exchange.ts';
import { chargeLegs, leg, reversedLegs } from '../ledger/recipes.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import { amountOf, type PayoutAmounts } from './amounts.ts';

/** What whoever pays takes, its own fee included. */
export interface PayoutCharge {
  readonly provider: string;
  readonly charge: Money;
}

/**
 * The held money leaves: through the position where it is converted; what the member bears is the
 * program's fee; and the provider is owed what it takes.
 */
export function paidLegs(amounts: PayoutAmounts, { provider, charge }: PayoutCharge): Leg[] {
  const { bearer, feeMinor, net } = amounts;
  const borne = bearer === 'member' ? feeMinor : 0n;
  return moving([
    ...heldInto(amounts),
    leg({ kind: 'redeemed' }, net.currency, net.amountMinor),
    leg({ kind: 'payoutFee' }, net.currency, borne),
    ...chargeLegs({ provider, ...charge }),
  ]);
}

/** The held money is owed to a charity. */
export function donatedLegs(amounts: PayoutAmounts, charity: string): Leg[] {
  const { amountMinor, currency } = amountOf(amounts);
  return moving([...heldInto(amounts), leg({ kind: 'donation', charity }, currency, amountMinor)]);
}

/** From what is held into the currency of the payout: what is left over is to be posted. */
function heldInto({ exchange, gross }: PayoutAmounts): Leg[] {
  const held = leg({ kind: 'held' }, gross.currency, -gross.amountMinor);
  return exchange === undefined ? [held] : [held, ...positionLegs(exchange)];
}

function positionLegs({ from, fromMinor, to, toMinor, wholeMinor }: ExchangeRecord): Leg[] {
  return [
    leg({ kind: 'fxPosition' }, from, fromMinor),
    leg({ kind: 'fxPosition' }, to, -wholeMinor),
    leg({ kind: 'rounding' }, to, wholeMinor - toMinor),
  ];
}

export interface ReturnedPayout {
  readonly legs: readonly Leg[];
  /** The way back through the position. */
  readonly exchange?: ExchangeRecord;
  /** What the conversions have gained the program, or lost (negative), in the wallet's currency. */
  readonly resultMinor: bigint;
}

/**
 * What undoes `paid`: all that had left the wallet is held again, whatever the rate is now. What
 * was converted comes back at `rateBack`, and the difference is the program's, on `fxResult`;
 * without a rate it comes back at its own.
 */
export function returnedLegs(
  paid: readonly Leg[],
  { exchange, gross }: PayoutAmounts,
  rateBack: Rate | undefined,
): ReturnedPayout {
  if (exchange === undefined || rateBack === undefined) {
    const back = exchange && { exchange: turnedBack(exchange) };
    return { legs: reversedLegs(paid), resultMinor: 0n, ...back };
  }
  const back = exchangeRecord(exchange.toMinor, rateBack, 'down');
  const resultMinor = back.toMinor - gross.amountMinor;
  const legs = moving([
    ...reversedLegs(paid.filter(({ account }) => !passing.has(account.kind))),
    ...positionLegs(back),
    leg({ kind: 'held' }, gross.currency, gross.amountMinor),
    leg({ kind: 'fxResult' }, gross.currency, resultMinor),
  ]);
  return { legs, exchange: back, resultMinor };
}

/** What a return posts anew, by its own rate. */
const passing: ReadonlySet<Leg['account']['kind']> = new Set(['held', 'fxPosition', 'rounding']);

function moving(legs: readonly Leg[]): Leg[] {
  return legs.filter(({ amount }) => amount !== 0n);
}
