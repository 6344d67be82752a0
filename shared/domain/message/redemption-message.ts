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
}

export type RedemptionMessage =
  | 'rewardReady'
  | 'pointsReturned'
  | 'rewardDelayed'
  | 'rewardReplaced'
  | 'underReview'
  | 'paymentDue';

/**
 * The message that news is worth by now, or none: a redemption may have moved on since they were
 * told, and a member hears only what is still so.
 */
export function messageAbout(
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
