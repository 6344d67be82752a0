import type { Money } from '../money/money.ts';
import { type PayoutAmounts, restOf } from './amounts.ts';

/** A payout as its member is told of it: how it was worked out, never to whom it goes. */
export interface ToldPayout {
  readonly rail: string;
  readonly amounts: PayoutAmounts;
  /** Where a part is given away, or all of it. */
  readonly charity?: string;
}

export interface ReturnedMoney {
  readonly amount: Money;
  /** It had been paid out before: the rate is another one by now, and a gift stays given. */
  readonly wasPaid: boolean;
}

/** All of it is given away. */
export function isGift({ amounts }: Pick<ToldPayout, 'amounts'>): boolean {
  return restOf(amounts) === 0n;
}

/** What reaches somebody: the member, or the charity where all is given away. */
export function reachingAmount({ amounts }: Pick<ToldPayout, 'amounts'>): Money {
  return isGift({ amounts }) ? givenAmount(amounts) : amounts.net;
}

export function givenAmount({ gross, donatedMinor }: PayoutAmounts): Money {
  return { amountMinor: donatedMinor, currency: gross.currency };
}
