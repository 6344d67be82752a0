import type { Explanation } from '../ledger/entry.ts';
import { type Decision, emptyDecision, type RecordWrite } from '../member/decision.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import { standingOf } from '../member/snapshot.ts';
import type { TierStanding } from '../member/standing.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Instant } from '../time.ts';
import { endEntitlements, grantEntitlements } from '../ways/entitlement.ts';
import { levelOf, rankOf } from './tier-view.ts';

export interface TierChange {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  /** The standing that comes next; its version is the one before. */
  readonly next: TierStanding;
  readonly at: Instant;
}

/** A decision that changes nothing but a member's tier, and what belongs to its level. */
export function tierDecision(change: TierChange, explanation: Explanation): Decision {
  const next = { ...change.next, version: change.next.version + 1n };
  return {
    ...emptyDecision('tier', explanation),
    tier: next,
    records: levelEntitlements(change),
  };
}

/** A standing that one deal has given; its version is its own already. */
export function placementDecision(change: TierChange): Decision {
  const from = standingOf(change.snapshot, change.compiled.program).tier?.level;
  const inputs = { ...(from !== undefined && { from }), to: change.next.level };
  return {
    ...emptyDecision('tier', { reason: 'TIER_PLACED', inputs }),
    tier: change.next,
    records: levelEntitlements(change),
  };
}

/**
 * Entitlements of the level that comes, and the end of those of the level that is left. Whoever
 * books a placement joins them to it.
 */
export function levelEntitlements({ compiled, snapshot, next, at }: TierChange): RecordWrite[] {
  const { tiers } = compiled.program;
  if (tiers === undefined) return [];
  const before = standingOf(snapshot, compiled.program).tier?.level;
  if (before === next.level) return [];
  const left = before ?? levelOf(tiers, 0).id;
  const ids = levelOf(tiers, rankOf(tiers, next.level)).entitlements ?? [];
  return [
    ...(left === next.level ? [] : endEntitlements({ snapshot, source: `tier:${left}`, at })),
    ...grantEntitlements({ compiled, snapshot, ids, source: `tier:${next.level}`, at }),
  ];
}
