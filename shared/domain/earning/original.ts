import type { Entry } from '../ledger/entry.ts';
import type { FollowUp } from '../ledger/follow-up.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type PendingRecord, pendingRecordOf } from './pending.ts';

/** An event that another one names, and what has followed it so far. */
export interface Original {
  readonly entry: Entry;
  readonly followUp: FollowUp;
}

/** Why an event cannot follow up this one of another kind, or another member's; or `undefined`. */
export function refuseOriginal({ entry }: Original, member: string): Refusal | undefined {
  const { kind, awards = [] } = entry;
  // What activates points, or comes too late for it, may have earned some of its own.
  const isFollower = kind === 'activation' || kind === 'forfeiture';
  const canFollow = kind === 'accrual' || (isFollower && awards.length > 0);
  if (!canFollow) return refusal('FOLLOW_UP_NOT_AN_ORIGINAL', 'refersTo');
  if (entry.member !== member) return refusal('FOLLOW_UP_MEMBER_MISMATCH', 'refersTo');
  return undefined;
}

/** What waits of an event, where anything does. */
export function pendingOf(member: MemberSnapshot, { entry }: Original): PendingRecord | undefined {
  return entry.key.at === 'event' ? pendingRecordOf(member, entry.key.hash) : undefined;
}
