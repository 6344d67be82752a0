import { type Fraction, product, rounded } from '../money/fraction.ts';
import type { Multiplier, Program, Promotion } from '../program/schema.ts';
import { type EventContext, isInSegments, isOnTiers } from './event-context.ts';
import { larger, smaller } from './fraction.ts';
import { isBetween } from './local-day.ts';
import type { Influence, RulePlan } from './plan.ts';
import type { Worth } from './worth.ts';

type StackingMode = Program['earning']['stacking']['mode'];

/** An influence that holds for the event. */
interface Step {
  readonly id: string;
  readonly percent: number | undefined;
  /** On top, in points. */
  readonly points: number | undefined;
  readonly budget: string | undefined;
}

/** What promotions have left and used, while the awards of one event are worked out. */
export interface PromotionState {
  /** Points left by budget, before the event. */
  readonly budgets: ReadonlyMap<string, bigint>;
  /** Points drawn by the awards before. */
  readonly drawn: Map<string, bigint>;
  /** Promotions whose points on top have been given. */
  readonly paid: Set<string>;
}

export interface Draw {
  readonly budget: string;
  readonly points: bigint;
}

export interface Multiplied {
  readonly points: bigint;
  /** In stacking order; never more than the budget has left. */
  readonly draws: readonly Draw[];
  /** Promotions that gave points on top. */
  readonly onTop: readonly string[];
  readonly arithmetic: string;
}

export function unmultiplied(worth: Worth): Multiplied {
  const points = rounded(worth, worth.rounding);
  return { points, draws: [], onTop: [], arithmetic: told(worth, points) };
}

/**
 * The points of a rule after everything that multiplies, rounded once. What a promotion adds is
 * counted in stacking order: the difference that it makes to what came before. A budget that has
 * less left than that limits it to what is left.
 */
export function multiplied(
  { influences }: RulePlan,
  worth: Worth,
  context: EventContext,
  state: PromotionState,
): Multiplied {
  const steps = stepsFor(influences, worth, context);
  if (steps.length === 0) return unmultiplied(worth);
  return stacked(worth, steps, context.compiled.program.earning.stacking.mode, state);
}

function told({ arithmetic, denominator }: Worth, points: bigint): string {
  return denominator === 1n ? arithmetic : `${arithmetic}=${points}`;
}

function stacked(
  worth: Worth,
  steps: readonly Step[],
  mode: StackingMode,
  state: PromotionState,
): Multiplied {
  let factor: Fraction | undefined;
  let points = rounded(worth, worth.rounding);
  let missing = 0n;
  let arithmetic = told(worth, points);
  const draws: Draw[] = [];
  const onTop: string[] = [];
  let added = 0n;
  for (const { id, percent, points: extra, budget } of steps) {
    const before = points;
    if (percent !== undefined) {
      factor = after[mode](factor, BigInt(percent));
      points = rounded(product(worth, factor), worth.rounding);
      arithmetic += ` *${percent}% ${id}`;
    }
    const pays = extra !== undefined && !state.paid.has(id);
    const increment = larger(points - before, 0n) + (pays ? BigInt(extra) : 0n);
    if (pays) {
      added += BigInt(extra);
      onTop.push(id);
      arithmetic += ` +${extra} ${id}`;
    }
    if (budget === undefined || increment === 0n) continue;
    const left = leftOf(budget, state) - drawnFrom(draws, budget);
    const draw = smaller(increment, larger(left, 0n));
    if (draw > 0n) draws.push({ budget, points: draw });
    if (draw === increment) continue;
    missing += increment - draw;
    arithmetic += ` budget ${budget} left=${left}`;
  }
  const total = points + added - missing;
  return { points: total, draws, onTop, arithmetic: `${arithmetic}=${total}` };
}

function leftOf(budget: string, { budgets, drawn }: PromotionState): bigint {
  return (budgets.get(budget) ?? 0n) - (drawn.get(budget) ?? 0n);
}

function drawnFrom(draws: readonly Draw[], budget: string): bigint {
  return draws.reduce((sum, draw) => (draw.budget === budget ? sum + draw.points : sum), 0n);
}

type Combine = (before: Fraction | undefined, percent: bigint) => Fraction;

/** The factor with one more percentage, by stacking mode; `undefined`: there was none before. */
const after: Readonly<Record<StackingMode, Combine>> = {
  add: (before, percent) => {
    const sum = (before?.numerator ?? 100n) + percent - 100n;
    return { numerator: larger(sum, 0n), denominator: 100n };
  },
  multiply: (before = { numerator: 1n, denominator: 1n }, percent) =>
    product(before, { numerator: percent, denominator: 100n }),
  best: (before, percent) => ({
    numerator: larger(before?.numerator ?? 0n, percent),
    denominator: 100n,
  }),
};

function stepsFor(influences: readonly Influence[], worth: Worth, context: EventContext): Step[] {
  return influences.flatMap((influence) => {
    const step =
      'promotion' in influence
        ? promotionStep(influence.promotion, worth.unit, context)
        : multiplierStep(influence, context);
    return step === undefined ? [] : [step];
  });
}

function multiplierStep(
  { multiplier }: Influence & { readonly multiplier: Multiplier },
  context: EventContext,
): Step | undefined {
  const { id, between, daysOfWeek, segment, tierPercents } = multiplier;
  const { day, tier } = context;
  if (!isBetween(day.date, between)) return undefined;
  if (daysOfWeek !== undefined && !daysOfWeek.includes(day.weekday)) return undefined;
  if (segment !== undefined && !isInSegments(context, [segment])) return undefined;
  const ofTier = tier === undefined ? undefined : tierPercents?.[tier];
  const percent = ofTier ?? multiplier.percent;
  if (percent === undefined) return undefined;
  return { id, percent, points: undefined, budget: undefined };
}

function promotionStep(
  promotion: Promotion,
  unit: string,
  context: EventContext,
): Step | undefined {
  const { id, between, when, segments, tiers, percent, points, budget } = promotion;
  const { compiled, subject, day } = context;
  if (!isBetween(day.date, between)) return undefined;
  if (when !== undefined && !compiled.matches(when, subject)) return undefined;
  if (tiers !== undefined && !isOnTiers(context, tiers)) return undefined;
  if (segments !== undefined && !isInSegments(context, segments)) return undefined;
  const { budgets } = compiled.program;
  if (budget !== undefined && budgets.find((it) => it.id === budget)?.unit !== unit) {
    return undefined;
  }
  return { id, percent, points, budget };
}
