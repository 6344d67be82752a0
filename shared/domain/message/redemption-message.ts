/** What happened to a redemption, as far as it may be worth a message. */
export type RedemptionNews =
  | 'requested'
  | 'reviewed'
  | 'paid'
  | 'delayed'
  | 'reopened'
  | 'settled'
  | 'resend';

/** Where a redemption stands, in what decides about messages. */
export interface RedemptionState {
  /** How it ended last; `undefined` while it is open, or open again. */
  readonly ended?: 'captured' | 'released';
  readonly isUnderReview: boolean;
  /** The member pays a part in cash and the merchant has not told of it yet. */
  readonly isUnpaid: boolean;
  /** Nothing is ordered any more: what was set aside goes back. */
  readonly isCalledOff?: boolean;
  /** Of a payout: what reaches somebody. */
  readonly payout?: 'money' | 'card' | 'gift';
}

export type RedemptionMessage =
  | 'rewardReady'
  | 'pointsReturned'
  | 'rewardDelayed'
  | 'rewardReplaced'
  | 'underReview'
  | 'paymentDue'
  | PayoutMessage;

/** Of money: a card that it is paid by has its own mail, as every reward that is to be claimed. */
export type PayoutMessage =
  | 'payout'
  | 'payoutPaid'
  | 'payoutDelayed'
  | 'payoutSentBack'
  | 'payoutReturned'
  | 'payoutReview'
  | 'donationReceipt';

const ofPayouts: Partial<Record<RedemptionMessage, PayoutMessage>> = {
  rewardDelayed: 'payoutDelayed',
  rewardReplaced: 'payoutSentBack',
  pointsReturned: 'payoutReturned',
  underReview: 'payoutReview',
};

/**
 * The message that news is worth by now, or none: a redemption may have moved on since they were
 * told, and a member hears only what is still so.
 */
export function messageAbout(
  news: RedemptionNews,
  state: RedemptionState,
): RedemptionMessage | undefined {
  const message = rewardMessage(news, state);
  const { payout } = state;
  if (payout === undefined) return message;
  if (message === undefined) return isOnItsWay(news, state) ? 'payout' : undefined;
  if (message !== 'rewardReady') return ofPayouts[message];
  if (payout === 'card') return message;
  return payout === 'gift' ? 'donationReceipt' : 'payoutPaid';
}

/** A gift is not told of before it is given, which takes no time. */
function isOnItsWay(news: RedemptionNews, state: RedemptionState): boolean {
  if (news !== 'requested' && news !== 'reviewed') return false;
  return state.ended === undefined && state.isCalledOff !== true && state.payout !== 'gift';
}

function rewardMessage(
  news: RedemptionNews,
  state: RedemptionState,
): RedemptionMessage | undefined {
  if (state.ended === 'captured') return told(news, ['settled', 'resend'], 'rewardReady');
  if (state.ended === 'released') return told(news, ['settled'], 'pointsReturned');
  if (news === 'delayed') return 'rewardDelayed';
  if (news === 'reopened') return 'rewardReplaced';
  if (news !== 'requested' && news !== 'reviewed') return undefined;
  if (state.isUnderReview) return 'underReview';
  return state.isUnpaid ? 'paymentDue' : undefined;
}

function told(
  news: RedemptionNews,
  worth: readonly RedemptionNews[],
  message: RedemptionMessage,
): RedemptionMessage | undefined {
  return worth.includes(news) ? message : undefined;
}
