import type { MemberSnapshot } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import { addDays, type LocalDate, startOfDay } from '../time.ts';
import { countsUntil, figureOf, monthsOn, type Requirement } from './condition.ts';
import { nextRise } from './review-days.ts';
import { levelAt, levelOf, rankOf, type TierView, tierView } from './tier-view.ts';

/** What of a metric a level still takes; zero where it is reached. */
export interface MissingFigure {
  readonly metric: string;
  readonly atLeast: bigint;
  readonly missing: bigint;
}

/** Where a member stands, and the way to the next level: "1,250 to Gold by 31 March". */
export interface TierProjection {
  readonly level: string;
  /** Absent on the highest level, and where only a person or a big deal leads on. */
  readonly next?: {
    readonly level: string;
    /** Any of them is enough; each takes all of its figures. The nearest one comes first. */
    readonly ways: readonly (readonly MissingFigure[])[];
    /** The last day on which what counts now still counts whole. */
    readonly by: LocalDate;
    /** When the level would begin, where a review gives it. */
    readonly reviewOn?: LocalDate;
  };
  readonly graceUntil?: LocalDate;
  readonly overrideUntil?: LocalDate;
  readonly heldUntil?: LocalDate;
}

/** At the end of a day, as far as the snapshot knows; `undefined` without tiers. */
export function tierProjection({
  compiled,
  snapshot,
  on,
}: {
  readonly compiled: CompiledProgram;
  readonly snapshot: MemberSnapshot;
  readonly on: LocalDate;
}): TierProjection | undefined {
  const view = tierView(snapshot, compiled.program);
  if (view === undefined) return undefined;
  const { tiers, standing } = view;
  const { graceUntil, overrideUntil, heldUntil } = standing;
  const level = levelAt(tiers, standing, startOfDay(addDays(on, 1), compiled.program.timeZone));
  const next = nextLevel(view, rankOf(tiers, level), on);
  return {
    level,
    ...(next && { next }),
    ...(graceUntil !== undefined && graceUntil > on && { graceUntil }),
    ...(overrideUntil !== undefined && overrideUntil > on && { overrideUntil }),
    ...(heldUntil !== undefined && heldUntil > on && { heldUntil }),
  };
}

function nextLevel(view: TierView, rank: number, on: LocalDate): TierProjection['next'] {
  const { tiers } = view;
  if (rank + 1 === tiers.levels.length) return undefined;
  const { id: level, qualify } = levelOf(tiers, rank + 1);
  if (qualify === undefined) return undefined;
  const ways = qualify.anyOf
    .map(({ allOf }) => allOf.map((part) => missingOf(view, part, on)))
    .sort((left, right) => compareWays(left, right));
  const reviewOn = nextRise(view, on);
  const by = addDays(countsUntil(view, on), -1);
  return { level, ways, by, ...(reviewOn !== undefined && { reviewOn }) };
}

function missingOf(view: TierView, part: Requirement, on: LocalDate): MissingFigure {
  const atLeast = BigInt(part.atLeast);
  const missing = atLeast - figureOf(view, part, monthsOn(view, on));
  return { metric: part.metric, atLeast, missing: missing > 0n ? missing : 0n };
}

/** By the figure that is furthest away, as a share of what it takes. */
function compareWays(left: readonly MissingFigure[], right: readonly MissingFigure[]): number {
  const [far, other] = [furthest(left), furthest(right)];
  return Number(far.missing * other.atLeast - other.missing * far.atLeast);
}

function furthest(way: readonly MissingFigure[]): Pick<MissingFigure, 'missing' | 'atLeast'> {
  return way.reduce(
    (far, one) => (one.missing * far.atLeast > far.missing * one.atLeast ? one : far),
    { metric: '', missing: 0n, atLeast: 1n },
  );
}
