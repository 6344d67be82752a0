import type { Budget, Finding, Program, Promotion } from '../schema.ts';
import { findingAt } from './places.ts';
import { rulesNamed, unitsOfRule, unitsOfRules } from './units-of.ts';

type Path = readonly (string | number)[];

/** Promotions, multipliers and budgets that could do nothing, or not what they say. */
export function promotionFindings(program: Program): Finding[] {
  const { promotions } = program.earning;
  const idle = program.budgets.flatMap(({ id }, index) => {
    if (promotions.some(({ budget }) => budget === id)) return [];
    return [findingAt(['budgets', index], `budget ${id} is used by nothing: leave it out`)];
  });
  const found = promotions.flatMap((promotion, index) => {
    const path = ['earning', 'promotions', index];
    return [
      ...effectFindings(promotion, path),
      ...plainFindings(program, promotion, path),
      ...unitFindings(program, promotion, path),
    ];
  });
  return [...idle, ...found, ...multiplierFindings(program)];
}

function effectFindings({ percent, points }: Promotion, path: Path): Finding[] {
  if (points !== undefined) return [];
  if (percent === undefined) return [findingAt(path, 'gives nothing: say `percent` or `points`')];
  return percent === 100 ? [findingAt([...path, 'percent'], unchanged)] : [];
}

const unchanged = 'is 100, which leaves everything as it is; 200 doubles it';

function plainFindings(
  program: Program,
  named: { readonly rules?: readonly string[] | undefined },
  path: Path,
): Finding[] {
  return (named.rules ?? []).flatMap((name, index) => {
    const rule = program.earning.rules.find(({ id }) => id === name);
    if (rule?.plain !== true) return [];
    const message = `rule ${name} is \`plain\`: neither tiers nor promotions change it`;
    return [findingAt([...path, 'rules', index], message)];
  });
}

/** Points on top, and points out of a budget, must be of the unit that the rules pay. */
function unitFindings(program: Program, promotion: Promotion, path: Path): Finding[] {
  const rules = rulesNamed(program, promotion).filter(({ plain }) => plain !== true);
  const units = unitsOfRules(program, rules);
  const budget = program.budgets.find(({ id }) => id === promotion.budget);
  if (budget !== undefined) return budgetFindings(program, { promotion, budget, units }, path);
  if (promotion.points === undefined || units.size < 2) return [];
  const message =
    `of which unit? Its rules pay ${[...units].join(' and ')}: name \`rules\` of one unit, ` +
    'or a `budget`, which has one';
  return [findingAt([...path, 'points'], message)];
}

function budgetFindings(
  program: Program,
  {
    promotion,
    budget,
    units,
  }: {
    readonly promotion: Promotion;
    readonly budget: Budget;
    readonly units: ReadonlySet<string>;
  },
  path: Path,
): Finding[] {
  const { unit, points } = budget;
  if (units.size > 0 && !units.has(unit)) {
    const message = `holds ${unit}, but the rules of the promotion pay ${[...units].join(', ')}`;
    return [findingAt([...path, 'budget'], message)];
  }
  const others = (promotion.rules ?? []).flatMap((name, index) => {
    const rule = program.earning.rules.find(({ id }) => id === name);
    if (rule === undefined || rule.plain === true || unitsOfRule(program, rule).has(unit))
      return [];
    const message = `rule ${name} pays no ${unit}, which is what budget ${budget.id} holds`;
    return [findingAt([...path, 'rules', index], message)];
  });
  if (promotion.points === undefined || promotion.points <= points) return others;
  const message = `is more than all of budget ${budget.id}, which holds ${points}`;
  return [...others, findingAt([...path, 'points'], message)];
}

function multiplierFindings(program: Program): Finding[] {
  return program.earning.multipliers.flatMap((multiplier, index) => {
    const path = ['earning', 'multipliers', index];
    const { percent, tierPercents } = multiplier;
    const plain = plainFindings(program, multiplier, path);
    if (percent === undefined && tierPercents === undefined) {
      return [...plain, findingAt(path, 'changes nothing: say `percent` or `tierPercents`')];
    }
    const isIdle = percent === 100 && tierPercents === undefined;
    return isIdle ? [...plain, findingAt([...path, 'percent'], unchanged)] : plain;
  });
}
