import type { EventSubject } from '../earning/event.ts';
import type { Decision, DueWork } from '../member/decision.ts';
import { type MemberSnapshot, standingOf } from '../member/snapshot.ts';
import type { TierStanding } from '../member/standing.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Program } from '../program/schema.ts';
import { type Instant, type LocalDate, startOfDay } from '../time.ts';
import { figuresFor, highestRank, monthsOn, monthsReviewed, qualifies } from './condition.ts';
import { nextJudged, played } from './review.ts';
import { tierDecision } from './tier-decision.ts';
import {
  asOf,
  dayOf,
  entered,
  levelAt,
  levelOf,
  rankOf,
  type TierView,
  tierView,
} from './tier-view.ts';

interface TierInput {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
}

/** The level in force at an instant, as far as it is known; `undefined` without tiers. */
export function tierAt(
  snapshot: MemberSnapshot,
  program: Program,
  at: Instant,
): string | undefined {
  const { tiers } = program;
  if (tiers === undefined) return undefined;
  const standing = standingOf(snapshot, program).tier;
  return standing === undefined ? levelOf(tiers, 0).id : levelAt(tiers, standing, at);
}

/** The highest level whose conditions hold over the window that runs on a day. */
export function qualifiedLevel({
  compiled,
  snapshot,
  on,
}: TierInput & { readonly on: LocalDate }): string | undefined {
  const view = tierView(snapshot, compiled.program);
  return view && qualifiedOn(view, on);
}

function qualifiedOn(view: TierView, day: LocalDate): string {
  const windows = [monthsOn(view, day)];
  const rank = highestRank(view, (level) => qualifies(view, level, windows));
  return levelOf(view.tiers, rank).id;
}

/**
 * The level that one big deal puts its member on, where it is a higher one; entitlements go with
 * it by `levelEntitlements`. Its version is already the next one.
 */
export function placement({
  compiled,
  snapshot,
  subject,
  at,
}: TierInput & { readonly subject: EventSubject; readonly at: Instant }): TierStanding | undefined {
  const view = tierView(snapshot, compiled.program);
  if (view === undefined) return undefined;
  const [level] = (view.tiers.placements ?? [])
    .filter(({ when }) => compiled.matches(when, subject))
    .map((one) => one.level)
    .sort((left, right) => rankOf(view.tiers, right) - rankOf(view.tiers, left));
  const raised = level === undefined ? undefined : rise(view, { level, at, reason: 'placed' });
  return raised && { ...raised, version: raised.version + 1n };
}

/**
 * Up at once, from the figures as they are: the level begins at `at`, with what earned it. Also
 * the beginning of the lowest level, where it has entitlements.
 */
export function retier({
  compiled,
  snapshot,
  at,
}: TierInput & { readonly at: Instant }): Decision | undefined {
  const view = tierView(snapshot, compiled.program);
  if (view === undefined) return undefined;
  const { tiers, standing } = view;
  if (tiers.up.when === 'now') {
    const day = dayOf(view, at);
    const level = qualifiedOn(view, day);
    const next = rise(view, { level, at, reason: 'qualified' });
    if (next !== undefined) {
      const figures = figuresFor(view, levelOf(tiers, rankOf(tiers, level)), monthsOn(view, day));
      const inputs = { from: standing.level, to: next.level, ...figures };
      return tierDecision({ compiled, snapshot, next, at }, { reason: 'TIER_QUALIFIED', inputs });
    }
  }
  return joined({ compiled, snapshot, at });
}

/** The lowest level as a standing of its own; only where it brings something. */
function joined({
  compiled,
  snapshot,
  at,
}: TierInput & { readonly at: Instant }): Decision | undefined {
  const view = tierView(snapshot, compiled.program);
  const lowest = view && levelOf(view.tiers, 0);
  if (view === undefined || view.standing.version > 0n) return undefined;
  if (lowest?.entitlements === undefined) return undefined;
  const next = { ...view.standing, since: at };
  const explanation = { reason: 'TIER_JOINED', inputs: { to: lowest.id } };
  return tierDecision({ compiled, snapshot, next, at }, explanation);
}

type Rise = Pick<TierStanding, 'level' | 'reason'> & { readonly at: Instant };

/**
 * The standing on a higher level, or `undefined` where it is none. Reviews that were due by then
 * come first.
 */
function rise(view: TierView, { level, at, reason }: Rise): TierStanding | undefined {
  const { tiers } = view;
  const day = dayOf(view, at);
  const standing = played(view, view.standing, day);
  if (isKeptDown(view, standing, day)) return undefined;
  const then = at < standing.since ? asOf(tiers, standing, at) : standing;
  const isHigher = rankOf(tiers, level) > rankOf(tiers, then.level);
  const risen = isHigher ? entered(then, { level, since: at, reason }) : then;
  if (then === standing) return isHigher ? risen : undefined;
  // It comes late: what has been reviewed since is reviewed again.
  const through = latest(dayOf(view, standing.since), standing.reviewedOn ?? day);
  const now = played(view, { ...risen, reviewedOn: day }, through);
  return rankOf(tiers, now.level) > rankOf(tiers, standing.level) ? now : undefined;
}

function latest(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}

/** Whether a person has set a level below the one that the member had. */
function isKeptDown({ tiers }: TierView, standing: TierStanding, day: LocalDate): boolean {
  const { overrideUntil, earlier, level } = standing;
  if (overrideUntil === undefined || overrideUntil <= day) return false;
  const before = earlier[0]?.level ?? level;
  return rankOf(tiers, before) > rankOf(tiers, level);
}

/** The next review, end of a grace or end of an override that is due; the rest follows from it. */
export function tiersDue({
  compiled,
  snapshot,
  now,
}: TierInput & { readonly now: Instant }): DueWork[] {
  const view = tierView(snapshot, compiled.program);
  const judged = view && nextJudged(view, view.standing, dayOf(view, now));
  if (view === undefined || judged === undefined) return [];
  const { day, standing: next, reason } = judged;
  const at = startOfDay(day, view.program.timeZone);
  const { level: from } = view.standing;
  const asked = levelOf(
    view.tiers,
    Math.max(rankOf(view.tiers, from), rankOf(view.tiers, next.level)),
  );
  const [months] = monthsReviewed(view, day);
  const inputs = {
    ...(from !== next.level && { from }),
    ...{ to: next.level, on: day },
    ...(next.graceUntil !== undefined && { graceUntil: next.graceUntil }),
    ...(months && figuresFor(view, asked, months)),
  };
  const decision = tierDecision({ compiled, snapshot, next, at }, { reason, inputs });
  // A day that was judged may be judged again where a late event has changed what stood before it.
  const { version } = view.standing;
  return [{ at, id: `tier:${snapshot.member}:${day}:${version}`, decision }];
}
