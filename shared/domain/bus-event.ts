import type { EntryKind } from './ledger/entry.ts';

/**
 * Type names on the bus. Each names its version; a change that old readers cannot parse takes a new
 * one.
 */
export const busEventTypes = {
  customerEvent: 'customer.event.v1',
  memberCommand: 'member.command.v1',
  eventRefused: 'event.refused.v1',
  eventDuplicate: 'event.duplicate.v1',
  eventConflict: 'event.conflict.v1',
  pointsAccrued: 'points.accrued.v1',
  redemptionRequested: 'redemption.requested.v1',
  redemptionSettled: 'redemption.settled.v1',
  redemptionReopened: 'redemption.reopened.v1',
  redemptionPaid: 'redemption.paid.v1',
  /** Told by use cases, since no entry stands behind them. */
  redemptionReviewed: 'redemption.reviewed.v1',
  redemptionDelayed: 'redemption.delayed.v1',
  /** A reward's terms changed or it is gone; `member` where one is touched by it. */
  rewardChanged: 'reward.changed.v1',
  rewardTouched: 'reward.touched.v1',
  pointsExpiring: 'points.expiring.v1',
  choiceOffered: 'choice.offered.v1',
  /** What was chosen came to nothing. */
  choiceReopened: 'choice.reopened.v1',
  /** How a member is paid from now on, or no more; for that member alone. */
  payoutChoiceChanged: 'payout-choice.changed.v1',
  deliveryBounced: 'delivery.bounced.v1',
} as const;

/** What the bus is told of each entry; a settlement's entry says how in its detail. */
export const busEventOfEntry: Readonly<Record<EntryKind, string>> = {
  accrual: busEventTypes.pointsAccrued,
  return: 'points.returned.v1',
  activation: 'points.activated.v1',
  forfeiture: 'points.forfeited.v1',
  vesting: 'points.vested.v1',
  expiry: 'points.expired.v1',
  extension: 'points.extended.v1',
  conversion: 'points.converted.v1',
  exchange: 'wallet.exchanged.v1',
  migration: 'wallet.migrated.v1',
  adjustment: 'points.adjusted.v1',
  opening: 'points.opened.v1',
  merge: 'member.merged.v1',
  tier: 'tier.changed.v1',
  change: 'member.changed.v1',
  hold: busEventTypes.redemptionRequested,
  capture: busEventTypes.redemptionSettled,
  release: busEventTypes.redemptionSettled,
  reopen: busEventTypes.redemptionReopened,
  late: 'redemption.late.v1',
  payment: busEventTypes.redemptionPaid,
};
