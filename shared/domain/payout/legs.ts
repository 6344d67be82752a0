import type { ExchangeRecord, Leg } from '../ledger/entry.ts';
import { exchangeRecord, turnedBack } from '../ledger/exchange.ts';
import { chargeLegs, leg, reversedLegs } from '../ledger/recipes.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import { type PayoutAmounts, restOf } from './amounts.ts';

/** What whoever pays takes, its own fee included. */
export interface PayoutCharge {
  readonly provider: string;
  readonly charge: Money;
}

/**
 * The held money leaves: a gift is owed to its charity; the rest goes through the position where it
 * is converted; what the member bears is the program's fee; and the provider is owed what it takes.
 */
export function paidLegs(
  amounts: PayoutAmounts,
  { provider, charge }: PayoutCharge,
  charity = '',
): Leg[] {
  const { bearer, donatedMinor, feeMinor, gross, net } = amounts;
  const borne = bearer === 'member' ? feeMinor : 0n;
  return moving([
    leg({ kind: 'held' }, gross.currency, -gross.amountMinor),
    leg({ kind: 'donation', charity }, gross.currency, donatedMinor),
    ...(amounts.exchange ? positionLegs(amounts.exchange) : []),
    leg({ kind: 'redeemed' }, net.currency, net.amountMinor),
    leg({ kind: 'payoutFee' }, net.currency, borne),
    ...chargeLegs({ provider, ...charge }),
  ]);
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
 * What undoes `paid`: all that had left the wallet is held again, whatever the rate is now, but for
 * what was given away, which stays given. What was converted comes back at `rateBack`, and the
 * difference is the program's, on `fxResult`; without a rate it comes back at its own.
 */
export function returnedLegs(
  paid: readonly Leg[],
  amounts: PayoutAmounts,
  rateBack: Rate | undefined,
): ReturnedPayout {
  const { exchange, gross } = amounts;
  const rest = restOf(amounts);
  const toHeld = leg({ kind: 'held' }, gross.currency, rest);
  const others = reversedLegs(paid.filter(({ account }) => !anew.has(account.kind)));
  if (exchange === undefined) return { legs: moving([toHeld, ...others]), resultMinor: 0n };
  const back = rateBack ? exchangeRecord(exchange.toMinor, rateBack, 'down') : turnedBack(exchange);
  const resultMinor = rateBack ? back.toMinor - rest : 0n;
  const through = rateBack ? positionLegs(back) : reversedLegs(positionLegs(exchange));
  const result = leg({ kind: 'fxResult' }, gross.currency, resultMinor);
  const legs = moving([toHeld, ...through, result, ...others]);
  return { legs, exchange: back, resultMinor };
}

/** What a return posts anew, or leaves as it is. */
const anew: ReadonlySet<Leg['account']['kind']> = new Set([
  ...(['held', 'fxPosition', 'rounding', 'donation'] as const),
]);

/** A hold without what has been given away of it, which came from the first of its lots. */
export function keptOfHold(hold: readonly Leg[], donatedMinor: bigint): Leg[] {
  let left = donatedMinor;
  const kept = hold.map((each) => {
    if (each.account.kind === 'held') return { ...each, amount: each.amount - donatedMinor };
    const given = -each.amount < left ? -each.amount : left;
    left -= given;
    return { ...each, amount: each.amount + given };
  });
  return moving(kept);
}

function moving(legs: readonly Leg[]): Leg[] {
  return legs.filter(({ amount }) => amount !== 0n);
}
