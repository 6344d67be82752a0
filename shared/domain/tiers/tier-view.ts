import { localDayAt } from '../earning/local-day.ts';
import { enrolledAt } from '../member/profile.ts';
import { type MemberSnapshot, standingOf } from '../member/snapshot.ts';
import type { TierStanding } from '../member/standing.ts';
import type { Program, TierLevel, Tiers } from '../program/schema.ts';
import { invariant } from '../result.ts';
import { type Instant, instantOf, type LocalDate } from '../time.ts';

/** One member's tier with what decides it. */
export interface TierView {
  readonly program: Program;
  readonly tiers: Tiers;
  readonly snapshot: MemberSnapshot;
  /** As stored; for somebody without one, the lowest level since ever, as version zero. */
  readonly standing: TierStanding;
  /** The day of enrolment, where years of membership are asked for. */
  readonly memberSince: LocalDate | undefined;
}

/** `undefined`: the program has no tiers. */
export function tierView(snapshot: MemberSnapshot, program: Program): TierView | undefined {
  const { tiers, timeZone } = program;
  if (tiers === undefined) return undefined;
  const standing = standingOf(snapshot, program).tier ?? unwritten(tiers);
  const enrolled = countsMembership(tiers) ? enrolledAt(snapshot) : undefined;
  const memberSince = enrolled === undefined ? undefined : localDayAt(enrolled, timeZone).date;
  return { program, tiers, snapshot, standing, memberSince };
}

function countsMembership({ window, up, down }: Tiers): boolean {
  const reviews = [up, down].some((one) => one.when === 'review' && one.every === 'membershipYear');
  return reviews || window.kind === 'membershipYear';
}

function unwritten(tiers: Tiers): TierStanding {
  const level = levelOf(tiers, 0).id;
  return { level, since: instantOf(0), version: 0n, reason: 'joined', earlier: [] };
}

export function dayOf({ program }: TierView, instant: Instant): LocalDate {
  return localDayAt(instant, program.timeZone).date;
}

/** Counted from the lowest level, which is zero; a level that is no longer there counts as it. */
export function rankOf({ levels }: Tiers, id: string): number {
  return Math.max(
    0,
    levels.findIndex((level) => level.id === id),
  );
}

export function levelOf({ levels }: Tiers, rank: number): TierLevel {
  const level = levels[rank];
  invariant(level !== undefined, 'A rank is one of a level.');
  return level;
}

/** What a standing keeps of the past. */
export const maximumEarlier = 3;

/** The level at an instant; before all that is known, the oldest that is. */
export function levelAt(tiers: Tiers, standing: TierStanding, at: Instant): string {
  if (standing.since <= at) return standing.level;
  const then = standing.earlier.find(({ since }) => since <= at);
  if (then !== undefined) return then.level;
  const oldest = standing.earlier[maximumEarlier - 1];
  return oldest?.level ?? levelOf(tiers, 0).id;
}

/** A standing as it was at an instant before it began, as far as it tells. */
export function asOf(tiers: Tiers, standing: TierStanding, at: Instant): TierStanding {
  const earlier = standing.earlier.filter(({ since }) => since <= at);
  const since = earlier[0]?.since ?? instantOf(0);
  const then = { level: levelAt(tiers, standing, at), since, earlier: earlier.slice(1) };
  return { ...without(standing, 'graceUntil'), ...then };
}

type Change = Pick<TierStanding, 'level' | 'since' | 'reason'>;

/** On a level from an instant on; what was before is remembered as far as it is before it. */
export function entered(standing: TierStanding, change: Change): TierStanding {
  const { level, since, version, earlier } = standing;
  const past = version === 0n && since === 0 ? earlier : [{ level, since }, ...earlier];
  const before = past.filter((one) => one.since < change.since).slice(0, maximumEarlier);
  return { ...without(standing, 'graceUntil'), ...change, earlier: before };
}

export function without<Key extends 'graceUntil' | 'overrideUntil' | 'heldUntil'>(
  standing: TierStanding,
  ...keys: readonly Key[]
): TierStanding {
  const entries = Object.entries(standing).filter(([key]) => !keys.some((one) => one === key));
  return Object.fromEntries(entries) as unknown as TierStanding;
}
