import { addMonths } from '../calendar.ts';
import type { Decision } from '../member/decision.ts';
import { enrolledAt } from '../member/profile.ts';
import type { MemberSnapshot } from '../member/snapshot.ts';
import type { TierStanding } from '../member/standing.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { failure, type Result, success } from '../result.ts';
import type { Instant, LocalDate } from '../time.ts';
import { played } from './review.ts';
import { tierDecision } from './tier-decision.ts';
import { dayOf, entered, levelOf, maximumEarlier, type TierView, tierView } from './tier-view.ts';

interface PersonsChange {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  /** One of the reasons that the program declares. */
  readonly reason: string;
  readonly at: Instant;
}

type TierChoice = Pick<TierStanding, 'level' | 'since'>;

/**
 * A person sets a level until the start of a day, at the latest what the program allows. Refuses
 * with `UNKNOWN_TIER`, `OVERRIDE_NOT_OFFERED`, `OVERRIDE_TOO_LONG`, `UNKNOWN_REASON`,
 * `INVALID_DATE`.
 */
export function overrideTier({
  compiled,
  snapshot,
  reason,
  at,
  level,
  until,
}: PersonsChange & { readonly level: string; readonly until?: LocalDate }): Result<
  Decision,
  Refusal
> {
  const { program } = compiled;
  const view = tierView(snapshot, program);
  const known = view?.tiers.levels.some(({ id }) => id === level) ?? false;
  if (view === undefined || !known) return failure(refusal('UNKNOWN_TIER', 'data.level'));
  const { overrideMonths } = view.tiers;
  if (overrideMonths === undefined) return failure(refusal('OVERRIDE_NOT_OFFERED'));
  if (!program.members.reasons.includes(reason)) return failure(unknownReason);
  const day = dayOf(view, at);
  const latest = addMonths(day, overrideMonths);
  const overrideUntil = until ?? latest;
  if (overrideUntil <= day) return failure(endsTooEarly);
  if (overrideUntil > latest) return failure(refusal('OVERRIDE_TOO_LONG', 'data.until'));
  const before = standingAt(view, at);
  const next = { ...overridden(view, before, { level, since: at }), overrideUntil };
  const inputs = { from: before.level, to: level, until: overrideUntil, reason };
  const explanation = { reason: 'TIER_OVERRIDDEN', inputs };
  return success(tierDecision({ compiled, snapshot, next, at }, explanation));
}

/**
 * An override that replaces another falls back to what the first one had replaced: on that level
 * the member is for no time at all.
 */
function overridden({ tiers }: TierView, before: TierStanding, change: TierChoice): TierStanding {
  const next = entered(before, { ...change, reason: 'override' });
  if (before.overrideUntil === undefined || before.reason !== 'override') return next;
  const level = before.earlier[0]?.level ?? levelOf(tiers, 0).id;
  const earlier = [{ level, since: change.since }, ...next.earlier];
  return { ...next, earlier: earlier.slice(0, maximumEarlier) };
}

/**
 * A life event: until the start of a day no review takes the member's level. Refuses with
 * `UNKNOWN_TIER` (no tiers), `UNKNOWN_REASON`, `HOLD_TOO_LONG`, `INVALID_DATE`.
 */
export function holdTier({
  compiled,
  snapshot,
  reason,
  at,
  until,
}: PersonsChange & { readonly until: LocalDate }): Result<Decision, Refusal> {
  const { program } = compiled;
  const view = tierView(snapshot, program);
  if (view === undefined) return failure(refusal('UNKNOWN_TIER'));
  const { lifeEvents } = program;
  if (!lifeEvents?.reasons.includes(reason)) return failure(unknownReason);
  const day = dayOf(view, at);
  if (until <= day) return failure(endsTooEarly);
  if (until > addMonths(day, lifeEvents.maximumMonths)) {
    return failure(refusal('HOLD_TOO_LONG', 'data.until'));
  }
  const next = { ...standingAt(view, at), heldUntil: until };
  const explanation = { reason: 'TIER_HELD', inputs: { level: next.level, until, reason } };
  return success(tierDecision({ compiled, snapshot, next, at }, explanation));
}

const unknownReason = refusal('UNKNOWN_REASON', 'data.reason');
const endsTooEarly = refusal('INVALID_DATE', 'data.until');

/** Reviews that were due come first; nobody's first standing begins before enrolment. */
function standingAt(view: TierView, at: Instant): TierStanding {
  const standing = played(view, view.standing, dayOf(view, at));
  if (standing.version > 0n || standing.since > 0) return standing;
  return { ...standing, since: enrolledAt(view.snapshot) ?? at };
}
