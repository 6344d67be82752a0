import { parsePattern } from '../../pattern/parse.ts';
import { convertsCashback } from '../rates-needed.ts';
import type { EarningRule, Finding, Program } from '../schema.ts';
import { type EntryShape, entryBytes, oneWriteUnitBytes } from '../size.ts';
import { awardShape } from './award-size.ts';
import { memberBytes } from './balance-size.ts';
import { findingAt } from './places.ts';
import { heaviestTogether, isForType } from './together.ts';
import { isMoney, plainAwards, unitsOfRules } from './units-of.ts';

/** Event types of which one event could earn so much at once that its entry needs two writes. */
export function entryFindings(program: Program): Finding[] {
  const weights = new Map(
    program.earning.rules.map((rule) => [rule, weightOf(program, rule)] as const),
  );
  const weigh = (rule: EarningRule) => weights.get(rule) ?? 0;
  const found = program.eventTypes.flatMap((type) => {
    const rules = heaviestTogether(program.earning.rules, type, weigh);
    const bytes = entryBytes(entryShape(program, type, rules));
    return bytes > oneWriteUnitBytes ? [{ type, rules, bytes }] : [];
  });
  const [worst] = found.sort((one, other) => other.bytes - one.bytes);
  if (worst === undefined) return [];
  const { type, rules, bytes } = worst;
  const sum = rules.map((rule) => `${rule.id} ${weigh(rule)}`).join(' + ');
  const rest = bytes - rules.reduce((total, rule) => total + weigh(rule), 0);
  const message =
    `one event of type ${type} could be paid by ${rules.length} rules at once, and its entry ` +
    `would take ${bytes} bytes, more than ${oneWriteUnitBytes}: ${sum} + ${rest} for the rest; ` +
    mend(rules);
  return [findingAt(['earning', 'rules'], message)];
}

function mend(rules: readonly EarningRule[]): string {
  if (rules.some(({ split }) => (split?.maximumMembers ?? 0) > 2)) {
    return 'let fewer members share, or fewer rules pay at once';
  }
  return (
    'put rules that are alternatives into one `firstOf` group, let them ask for different values ' +
    'of a field, or give rules, caps and promotions shorter ids'
  );
}

/** An entry with these awards, and all metrics that an event of the type may count in. */
function entryShape(program: Program, type: string, rules: readonly EarningRule[]): EntryShape {
  const counting = program.metrics.filter(({ when }) => {
    const parsed = parsePattern(when);
    return parsed.ok && parsed.value.some((alternative) => isForType(alternative, type));
  });
  const evers = new Set(
    program.occasions.flatMap((one) => (one.kind === 'milestone' ? [one.metric] : [])),
  );
  const metrics = counting.map(
    ({ id, kind }) => (evers.has(id) ? 2 : 1) * (kind === 'average' ? 2 : 1),
  );
  const shared = Math.max(0, ...rules.map(({ split }) => (split?.maximumMembers ?? 1) - 1));
  return {
    ...ownerOf(program, rules),
    awards: rules.map((rule) => awardShape(program, rule)),
    exchanges: exchangeCount(program, rules),
    rateSource: program.money.rateSource.length,
    takenLots: 0,
    metrics: metrics.reduce((sum, count) => sum + count, 0),
    otherMembers: shared,
    explanation: explanationBytes(program, rules),
  };
}

/** One for each currency in which the awards want to be kept. */
function exchangeCount(program: Program, rules: readonly EarningRule[]): number {
  if (!convertsCashback(program)) return 0;
  const money = rules.flatMap(({ award }) => plainAwards(award)).filter(isMoney);
  return new Set(money.map(({ unit }) => unit)).size;
}

function ownerOf(program: Program, rules: readonly EarningRule[]) {
  const units = [...unitsOfRules(program, rules)].map((unit) => unit.length);
  return { program: program.program.length, member: memberBytes, unit: Math.max(3, ...units) };
}

/** The first rule, its reason, and the inputs of every accrual; each name and value takes three. */
function explanationBytes({ tiers }: Program, rules: readonly EarningRule[]): number {
  const rule = Math.max(0, ...rules.map(({ id }) => id.length));
  const level = Math.max(0, ...(tiers?.levels ?? []).map(({ id }) => id.length));
  const texts = [`w${'PER_QUANTITY'}`, 'r', 'i', 'amountMinor12345678', 'currencyEUR'];
  if (level > 0) texts.push('tier');
  return rule + level + texts.reduce((sum, text) => sum + text.length + 3, 0);
}

/** What one rule adds to the entry of an event. */
function weightOf(program: Program, rule: EarningRule): number {
  const empty = { ...entryShape(program, '', []), ...ownerOf(program, [rule]) };
  const otherMembers = (rule.split?.maximumMembers ?? 1) - 1;
  return (
    entryBytes({ ...empty, awards: [awardShape(program, rule)], otherMembers }) - entryBytes(empty)
  );
}
