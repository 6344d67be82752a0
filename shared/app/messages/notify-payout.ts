import type { PayoutMessage, RedemptionState } from '../../domain/message/redemption-message.ts';
import { givenAmount, isGift, type ToldPayout } from '../../domain/payout/told.ts';
import type { Program } from '../../domain/program/schema.ts';
import { invariant } from '../../domain/result.ts';
import type { Hold, RedemptionRecord } from '../../ports/stores.ts';
import { promisedByOf } from '../redemption/promised-by.ts';
import type { LetterContent } from './notify-letter.ts';
import { paidAgain, returnedMoney, toldPayout } from './payout-told.ts';

/** What decides which messages a redemption has that pays money out; `{}` for any other. */
export function payoutState({ terms, amountMinor }: Hold): Pick<RedemptionState, 'payout'> {
  if (terms.payout === undefined) return {};
  if (amountMinor === 0n) return { payout: 'gift' };
  return { payout: terms.payout.railKind === 'prepaidCard' ? 'card' : 'money' };
}

export function payoutContent(
  record: RedemptionRecord,
  program: Program,
  about: PayoutMessage,
): LetterContent {
  const told = toldPayout(record.hold, program, [record.hold.terms.language]);
  invariant(told !== undefined, 'Only payouts have mails about payouts.');
  switch (about) {
    case 'payout':
    case 'payoutDelayed':
      return { about, ...told, promisedBy: promisedByOf(record) };
    case 'payoutReturned':
      return { about, ...told, returned: returnedMoney(record) };
    case 'donationReceipt':
      return receipt(record, told);
    default:
      return { about, ...(record.reopenings.length > 0 ? paidAgain(told) : told) };
  }
}

/** A part of what is paid out now is given away: its receipt is a mail of its own. */
export function partlyGiven(record: RedemptionRecord, program: Program): LetterContent | undefined {
  const { hold, settlements } = record;
  const [first] = settlements;
  if (settlements.length > 1 || first?.entry.kind !== 'capture') return undefined;
  const told = toldPayout(hold, program, [hold.terms.language]);
  if (told === undefined || told.amounts.donatedMinor === 0n || isGift(told)) return undefined;
  return receipt(record, told);
}

/** A gift is given once, with the first settlement, and stays given. */
function receipt(
  { hold, settlements }: RedemptionRecord,
  { amounts, charity }: ToldPayout,
): LetterContent {
  const givenAt = settlements[0]?.entry.postedAt;
  invariant(givenAt !== undefined && charity !== undefined, 'A gift is paid to a charity.');
  const { redemption: number } = hold;
  return { about: 'donationReceipt', amount: givenAmount(amounts), charity, givenAt, number };
}
