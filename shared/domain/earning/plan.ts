import type { Cap, EarningRule, Multiplier, Program, Promotion } from '../program/schema.ts';

export type StackingKind = Program['earning']['stacking']['order'][number];

/** Something that may change what a rule gives, in its place among the others. */
export type Influence =
  | { readonly kind: StackingKind; readonly multiplier: Multiplier }
  | { readonly kind: 'promotion'; readonly promotion: Promotion };

/** What concerns one rule, gathered once. */
export interface RulePlan {
  readonly caps: readonly Cap[];
  /** In the program's stacking order; what it does not name comes last. */
  readonly influences: readonly Influence[];
}

const plans = new WeakMap<EarningRule, RulePlan>();

/** The plan of a rule of this program; kept as long as the rule is. */
export function planOf(program: Program, rule: EarningRule): RulePlan {
  const known = plans.get(rule);
  if (known !== undefined) return known;
  const plan = rulePlan(program, rule);
  plans.set(rule, plan);
  return plan;
}

function rulePlan({ earning }: Program, rule: EarningRule): RulePlan {
  const concerns = ({ rules }: { readonly rules?: readonly string[] | undefined }) =>
    rules === undefined || rules.includes(rule.id);
  const caps = earning.caps.filter(concerns);
  if (rule.plain === true) return { caps, influences: [] };
  const influences: readonly Influence[] = [
    ...earning.multipliers
      .filter(concerns)
      .map((multiplier) => ({ kind: kindOf(multiplier), multiplier })),
    ...earning.promotions
      .filter(concerns)
      .map((promotion) => ({ kind: 'promotion' as const, promotion })),
  ];
  const { order } = earning.stacking;
  const place = ({ kind }: Influence) => {
    const at = order.indexOf(kind);
    return at < 0 ? order.length : at;
  };
  return { caps, influences: influences.toSorted((one, other) => place(one) - place(other)) };
}

function kindOf({ tierPercents, segment }: Multiplier): StackingKind {
  if (tierPercents !== undefined) return 'tier';
  return segment === undefined ? 'window' : 'segment';
}
