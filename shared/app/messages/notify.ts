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
import { type RedemptionDependencies, redemptionDraft } from './notify-redemption.ts';
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
  const draft = await draftOf(dependencies, notice);
  if (draft !== undefined) await send(dependencies, notice, draft);
}

function draftOf(dependencies: NotifyDependencies, notice: Notice): Promise<Draft | undefined> {
  switch (notice['detail-type']) {
    case tierNotice:
      return tierDraft(dependencies, notice.detail);
    case busEventTypes.pointsExpiring:
      return expiringDraft(dependencies, notice.detail);
    case busEventTypes.rewardTouched:
      return rewardChangedDraft(dependencies, notice.detail);
    case busEventTypes.choiceOffered:
      return choiceDraft(dependencies, notice.detail);
    case resendNotice:
      return redemptionDraft(dependencies, notice.detail, 'resend');
    default:
      return redemptionDraft(dependencies, notice.detail, news[notice['detail-type']]);
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
