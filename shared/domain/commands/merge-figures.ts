import type { Decision, FigureAdd } from '../member/decision.ts';
import { type MemberSnapshot, standingOf } from '../member/snapshot.ts';
import type { TierStanding } from '../member/standing.ts';
import { neverLot } from '../points/balance.ts';
import { laterActivity } from '../points/balance-move.ts';
import type { Program } from '../program/schema.ts';
import { entered, rankOf, tierView } from '../tiers/tier-view.ts';
import type { Instant } from '../time.ts';

type MergedFigures = Pick<Decision, 'counters' | 'metrics' | 'cooldowns' | 'activeUntil' | 'tier'>;

interface FiguresOfTwo {
  readonly program: Program;
  readonly survivor: MemberSnapshot;
  readonly from: MemberSnapshot;
  readonly at: Instant;
}

/**
 * Counters and metrics of both are added: two halves of one customer were one customer all along,
 * and a cap that is used up stays so. The later cooldown and activity and the higher tier stand.
 */
export function mergedFigures(input: FiguresOfTwo): MergedFigures {
  const { program, survivor, from } = input;
  const theirs = standingOf(from, program);
  const own = standingOf(survivor, program);
  const cooldowns = [...theirs.cooldowns].flatMap(([key, atSeconds]) => {
    const read = own.cooldowns.get(key) ?? 0n;
    return atSeconds > read ? [{ key, atSeconds, read }] : [];
  });
  const activeUntil = [...from.balances].flatMap(([unit, { activeUntil: until }]) => {
    const known = survivor.balances.get(unit)?.activeUntil;
    if (until === undefined || until === neverLot) return [];
    return laterActivity(known, until) === known ? [] : [{ unit, until }];
  });
  const tier = takenTier(input);
  return {
    ...{ counters: added(theirs.counters), metrics: added(theirs.metrics), cooldowns, activeUntil },
    ...(tier !== undefined && { tier }),
  };
}

function added(figures: ReadonlyMap<string, bigint>): FigureAdd[] {
  return [...figures].filter(([, add]) => add !== 0n).map(([key, add]) => ({ key, add }));
}

/** The other one's standing, where it is the higher: the survivor's from the merge on. */
function takenTier({ program, survivor, from, at }: FiguresOfTwo): TierStanding | undefined {
  const view = tierView(survivor, program);
  const theirs = standingOf(from, program).tier;
  if (view === undefined || theirs === undefined) return undefined;
  const { tiers, standing: own } = view;
  if (rankOf(tiers, theirs.level) <= rankOf(tiers, own.level)) return undefined;
  const { level, reason } = theirs;
  const { earlier } = entered(own, { level, since: at, reason });
  return { ...theirs, since: at, version: own.version + 1n, earlier };
}
