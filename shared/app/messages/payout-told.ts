import { nameIn } from '../../domain/message/language.ts';
import { restOf, withoutGift } from '../../domain/payout/amounts.ts';
import { amountsOf } from '../../domain/payout/terms.ts';
import type { ReturnedMoney, ToldPayout } from '../../domain/payout/told.ts';
import type { Program } from '../../domain/program/schema.ts';
import { invariant } from '../../domain/result.ts';
import type { Hold, RedemptionRecord } from '../../ports/stores.ts';

/** Of a redemption that pays money out; names in the first of the languages that has one. */
export function toldPayout(
  hold: Hold,
  program: Program,
  languages: readonly (string | undefined)[],
): ToldPayout | undefined {
  const { payout, rewardName: rail } = hold.terms;
  if (payout === undefined) return undefined;
  const { charity } = payout;
  const names = program.donations?.charities[charity ?? '']?.names ?? {};
  const named = nameIn(names, [...languages, ...program.languages]) ?? charity;
  return {
    ...{ rail, amounts: amountsOf(hold, payout) },
    ...(named !== undefined && { charity: named }),
  };
}

/** What was paid once and came back is paid again without the gift, which had been given. */
export function paidAgain({ charity: _, amounts, ...told }: ToldPayout): ToldPayout {
  return { ...told, amounts: withoutGift(amounts) };
}

/** What of a payout comes back to its wallet: of one that was paid, all but what was given away. */
export function returnedMoney({ hold, reopenings }: RedemptionRecord): ReturnedMoney {
  const { payout } = hold.terms;
  invariant(payout !== undefined, 'Only payouts return money.');
  const amounts = amountsOf(hold, payout);
  const wasPaid = reopenings.length > 0;
  const amountMinor = wasPaid ? restOf(amounts) : amounts.gross.amountMinor;
  return { amount: { ...amounts.gross, amountMinor }, wasPaid };
}
