import { percentOf } from './ratio.ts';
import type { ProgramSimulation } from './simulate-program.ts';
import { firstRewardPoints } from './worth.ts';

/** How long members take until their spendable points first suffice for anything. */
export interface FirstReward {
  /** The fewest points that suffice, by unit. */
  readonly points: Readonly<Record<string, string>>;
  readonly reached: number;
  /** Of all members, with two decimals. */
  readonly sharePercent: string | null;
  /** Whole days since a member's first event; of those who reach it. */
  readonly medianDays: number | null;
  readonly ninetiethDays: number | null;
}

const dayMs = 86_400_000;

/** `undefined` where the program says of no unit what anything costs. */
export function firstReward({ program, members }: ProgramSimulation): FirstReward | undefined {
  const goals = firstRewardPoints(program);
  if (goals.size === 0) return undefined;
  const days: number[] = [];
  for (const { first, reached } of members.values()) {
    if (reached !== undefined) days.push(Math.floor((reached - first) / dayMs));
  }
  days.sort((left, right) => left - right);
  const share = { numerator: BigInt(days.length), denominator: 1n };
  return {
    points: Object.fromEntries([...goals].map(([unit, points]) => [unit, `${points}`])),
    reached: days.length,
    sharePercent: percentOf(share, { numerator: BigInt(members.size), denominator: 1n }) ?? null,
    medianDays: rankOf(days, 50),
    ninetiethDays: rankOf(days, 90),
  };
}

/** The nearest rank: the least value that so many percent do not exceed. */
function rankOf(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? null;
}
