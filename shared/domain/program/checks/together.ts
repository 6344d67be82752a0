import { parsePattern } from '../../pattern/parse.ts';
import type { Alternative, Scalar } from '../../pattern/pattern.ts';
import type { EarningRule } from '../schema.ts';

/** A rule with the values that it asks for, by field: one event has one value in each. */
interface Candidate {
  readonly rule: EarningRule;
  readonly asks: ReadonlyMap<string, ReadonlySet<Scalar>>;
}

type Weigh = (rule: EarningRule) => number;

/**
 * The rules that can pay for one event of a type and together weigh most; at least so much, since
 * of conditions other than equality it is not known which exclude each other. Of a `firstOf` group
 * one pays. Rules for different levels, or for times that do not overlap, exclude each other too.
 */
export function heaviestTogether(
  rules: readonly EarningRule[],
  type: string,
  weigh: Weigh,
): readonly EarningRule[] {
  const boundaries = rules.flatMap(({ between }) => [between?.from ?? '', between?.to ?? '']);
  const days = [...new Set(['', ...boundaries])].sort();
  const candidates = rules.flatMap((rule) => {
    const asks = asksOf(rule, type, days);
    return asks === undefined ? [] : [{ rule, asks }];
  });
  return onePerGroup(heaviest(candidates, weigh), weigh);
}

/** `undefined`: the rule is not for events of the type. */
function asksOf(
  rule: EarningRule,
  type: string,
  days: readonly string[],
): Candidate['asks'] | undefined {
  const parsed = parsePattern(rule.when);
  if (!parsed.ok) return undefined;
  const possible = parsed.value.filter((alternative) => isForType(alternative, type));
  if (possible.length === 0) return undefined;
  const asks = new Map(equalities(possible));
  asks.delete('type');
  if (rule.tiers !== undefined) asks.set('the level', new Set(rule.tiers));
  if (rule.between !== undefined) {
    const { from = '', to } = rule.between;
    const within = days.filter((day) => day >= from && (to === undefined || day < to));
    asks.set('the day', new Set(within));
  }
  return asks;
}

/** Whether events of the type may satisfy the alternative. */
export function isForType(alternative: Alternative, type: string): boolean {
  const asked = alternative.find(({ keys }) => keys.join('.') === 'type');
  if (asked === undefined) return true;
  return asked.values.has(type) || asked.tests.some((test) => test.accepts(type));
}

/** Fields that every alternative compares with plain values. Lines are many: they tell nothing. */
function equalities(alternatives: readonly Alternative[]): [string, Set<Scalar>][] {
  const [first = [], ...others] = alternatives;
  return first.flatMap(({ keys }) => {
    const field = keys.join('.');
    if (keys[0] === 'lines') return [];
    const same = [first, ...others].map((alternative) =>
      alternative.find((constraint) => constraint.keys.join('.') === field),
    );
    const values = new Set<Scalar>();
    for (const constraint of same) {
      if (!constraint || constraint.tests.length > 0 || constraint.orAbsent) return [];
      for (const value of constraint.values) values.add(value);
    }
    return [[field, values] as [string, Set<Scalar>]];
  });
}

/**
 * By the field that most rules compare: those of one value, and all that do not compare it. These
 * are taken apart by themselves, so that the work stays small.
 */
function heaviest(candidates: readonly Candidate[], weigh: Weigh): readonly EarningRule[] {
  const field = commonField(candidates);
  if (field === undefined) return candidates.map(({ rule }) => rule);
  const comparing = candidates.filter(({ asks }) => asks.has(field));
  const others = heaviest(
    candidates.filter(({ asks }) => !asks.has(field)),
    weigh,
  );
  let best: readonly EarningRule[] = others;
  for (const same of sharing(comparing, field)) {
    const rules = [...others, ...heaviest(same, weigh)];
    if (weightOf(rules, weigh) > weightOf(best, weigh)) best = rules;
  }
  return best;
}

/** The candidates that ask for one value of the field: each group once, without the field. */
function sharing(candidates: readonly Candidate[], field: string): Candidate[][] {
  const byValue = new Map<Scalar, number[]>();
  for (const [index, { asks }] of candidates.entries()) {
    for (const value of asks.get(field) ?? []) {
      byValue.set(value, [...(byValue.get(value) ?? []), index]);
    }
  }
  const groups = new Map([...byValue.values()].map((members) => [members.join(), members]));
  const rest = candidates.map(({ rule, asks }) => {
    return { rule, asks: new Map([...asks].filter(([name]) => name !== field)) };
  });
  return [...groups.values()].map((members) => members.flatMap((index) => rest[index] ?? []));
}

/** Of two or more rules: of one it makes no difference. */
function commonField(candidates: readonly Candidate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { asks } of candidates) {
    for (const field of asks.keys()) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most === undefined || most[1] < 2 ? undefined : most[0];
}

function weightOf(rules: readonly EarningRule[], weigh: Weigh): number {
  return onePerGroup(rules, weigh).reduce((sum, rule) => sum + weigh(rule), 0);
}

function onePerGroup(rules: readonly EarningRule[], weigh: Weigh): readonly EarningRule[] {
  return rules.filter(({ firstOf }, index) => {
    if (firstOf === undefined) return true;
    const group = rules.filter((rule) => rule.firstOf === firstOf);
    const most = Math.max(...group.map(weigh));
    return group.find((rule) => weigh(rule) === most) === rules[index];
  });
}
