import { parsePattern } from '../../pattern/parse.ts';
import type { Alternative } from '../../pattern/pattern.ts';
import type { EarningRule, Finding, Program, ReturnRule } from '../schema.ts';
import { covers } from './covers.ts';
import { findingAt } from './places.ts';
import { plainAwards } from './units-of.ts';

interface Read<Rule> {
  readonly rule: Rule;
  /** The pattern as text: of two that are written alike nothing else need be known. */
  readonly text: string;
  /** Nothing where the pattern does not compile. */
  readonly alternatives: readonly Alternative[];
}

/** Rules that never pay because others always come first. */
export function shadowFindings({ earning }: Program): Finding[] {
  const returns = earning.returns.map(read);
  const rules = earning.rules.map(read);
  return rules.flatMap((one, index) => {
    const path = ['earning', 'rules', index];
    const returning = returns.find((other) => matchesAllOf(other, one));
    if (returning !== undefined) {
      const message = `never pays: what it matches is a return by ${returning.rule.id}`;
      return [findingAt([...path, 'when'], message)];
    }
    const first = rules.slice(0, index).find((earlier) => isAlwaysFirst(earlier, one));
    if (first === undefined) return [];
    const message =
      `never pays: of \`${one.rule.firstOf}\` rule ${first.rule.id} comes first whenever this ` +
      'one matches; put the narrower rule before it';
    return [findingAt(path, message)];
  });
}

function read<Rule extends EarningRule | ReturnRule>(rule: Rule): Read<Rule> {
  const parsed = parsePattern(rule.when);
  return { rule, text: JSON.stringify(rule.when), alternatives: parsed.ok ? parsed.value : [] };
}

function matchesAllOf(
  general: Read<EarningRule | ReturnRule>,
  specific: Read<EarningRule>,
): boolean {
  if (general.alternatives.length === 0 || specific.alternatives.length === 0) return false;
  return general.text === specific.text || covers(general.alternatives, specific.alternatives);
}

function isAlwaysFirst(earlier: Read<EarningRule>, one: Read<EarningRule>): boolean {
  const { firstOf } = one.rule;
  if (firstOf === undefined || earlier.rule.firstOf !== firstOf) return false;
  return isUnconditional(earlier.rule) && matchesAllOf(earlier, one);
}

/** Whether a rule is taken by everybody at any time, whatever was bought. */
function isUnconditional({ between, segments, tiers, award }: EarningRule): boolean {
  if (between !== undefined || segments !== undefined || tiers !== undefined) return false;
  return plainAwards(award).every(
    (plain) =>
      plain.minimumAmountMinor === undefined &&
      (plain.kind !== 'perQuantity' || plain.quantity === 'lines'),
  );
}
