import type { EntryKind, Explanation } from '../ledger/entry.ts';
import { type Decision, emptyDecision } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { refuseHolder } from '../member/wallet.ts';
import { lotFor } from '../points/expiry.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { WayReward } from '../program/schema.ts';
import type { Instant } from '../time.ts';
import { grantEntitlements } from './entitlement.ts';

/**
 * What a way to earn pays: points into the lot of the day `at`, and entitlements once for `source`.
 * The award stands on the entry of the event, so a return of the event takes the points back like
 * any others; records are not rolled back: a referral that was won once stays won. Nothing goes
 * into a company's wallet for a person: the explanation says so.
 */
export function rewardDecision({
  compiled,
  snapshot,
  reward,
  way,
  source,
  at,
  explanation = { reason: 'WAY_REWARDED', rule: way },
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly reward: WayReward;
  /** Its name in explanations, such as `referral:won`. */
  readonly way: string;
  readonly source: string;
  readonly at: Instant;
  readonly explanation?: Explanation;
}): Decision {
  const ids = reward.entitlements ?? [];
  const records = grantEntitlements({ compiled, snapshot, ids, source, at });
  const kind: EntryKind = reward.points === undefined ? 'change' : 'accrual';
  const granted = { ...emptyDecision(kind, explanation), records };
  if (reward.points === undefined) return granted;
  const { member } = snapshot;
  const { unit } = reward.points;
  const refused = refuseHolder(compiled.program, unit, snapshot);
  if (refused !== undefined) {
    const inputs = { ...explanation.inputs, [way]: refused.code };
    return { ...granted, kind: 'change', explanation: { ...explanation, inputs } };
  }
  const points = BigInt(reward.points.amount);
  const lot = lotFor(compiled.program, unit, at);
  const arithmetic = `${way}=${points}`;
  const parts = [{ member, points }];
  return {
    ...granted,
    movements: [{ kind: 'credit', member, unit, points, lot }],
    awards: [{ rule: way, unit, points, basisMinor: 0n, parts, lot, arithmetic }],
  };
}
