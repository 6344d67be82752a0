import { type Notice, resendNotice, tierNotice } from '../../contracts/notices.ts';
import { busEventTypes } from '../../domain/bus-event.ts';
import type { RedemptionNews } from '../../domain/message/redemption-message.ts';
import { instantOf } from '../../domain/time.ts';
import { choiceDraft } from './notify-choice.ts';
import {
  expiringDraft,
  type MemberDependencies,
  rewardChangedDraft,
  tierDraft,
} from './notify-member.ts';
import { payoutChoiceDraft } from './notify-payout-choice.ts';
import { type RedemptionDependencies, redemptionDrafts } from './notify-redemption.ts';
import { type Draft, postpone, type SendDependencies, send } from './notify-send.ts';

export type NotifyDependencies = SendDependencies & RedemptionDependencies & MemberDependencies;

/**
 * Tells the member what a notice is about, once, if it is still so and they want to know it. Safe
 * to repeat: what was sent is remembered by name.
 */
export async function notify(dependencies: NotifyDependencies, notice: Notice): Promise<void> {
  const { notBefore } = notice;
  if (notBefore !== undefined && notBefore > dependencies.clock.now()) {
    return postpone(dependencies, notice, instantOf(notBefore));
  }
  for (const draft of await draftsOf(dependencies, notice)) {
    if (draft !== undefined) await send(dependencies, notice, draft);
  }
}

type Drafts = readonly (Draft | undefined)[];

async function draftsOf(dependencies: NotifyDependencies, notice: Notice): Promise<Drafts> {
  switch (notice['detail-type']) {
    case tierNotice:
      return [await tierDraft(dependencies, notice.detail)];
    case busEventTypes.pointsExpiring:
      return [await expiringDraft(dependencies, notice.detail)];
    case busEventTypes.rewardTouched:
      return [await rewardChangedDraft(dependencies, notice.detail)];
    case busEventTypes.choiceOffered:
      return [await choiceDraft(dependencies, notice.detail)];
    case busEventTypes.payoutChoiceChanged:
      return [await payoutChoiceDraft(dependencies, notice.detail)];
    case resendNotice:
      return redemptionDrafts(dependencies, notice.detail, 'resend');
    default:
      return redemptionDrafts(dependencies, notice.detail, news[notice['detail-type']]);
  }
}

const news = {
  [busEventTypes.redemptionRequested]: 'requested',
  [busEventTypes.redemptionReviewed]: 'reviewed',
  [busEventTypes.redemptionPaid]: 'paid',
  [busEventTypes.redemptionDelayed]: 'delayed',
  [busEventTypes.redemptionReopened]: 'reopened',
  [busEventTypes.redemptionSettled]: 'settled',
} as const satisfies Record<string, RedemptionNews>;
