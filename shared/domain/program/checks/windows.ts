import type { Finding, Multiplier, Program, Promotion } from '../schema.ts';
import { findingAt, placesOfAll } from './places.ts';
import { overlaps, type Stretch, share } from './stretch.ts';
import { rulesNamed } from './units-of.ts';

const stretches = [
  'earning/rules/*/between',
  'earning/promotions/*/between',
  'earning/multipliers/*/between',
  'challenges/*/between',
  'surveys/*/between',
] as const;

/** Stretches of time that end before they begin, and those that may not overlap. */
export function windowFindings(program: Program): Finding[] {
  const backward = placesOfAll(program, stretches).flatMap(({ path, value }) => {
    const { from, to } = value as Stretch;
    if (from === undefined || to === undefined || from < to) return [];
    return [findingAt(path, `ends on ${to}, not after ${from}: \`to\` is the first day without`)];
  });
  return [
    ...backward,
    ...multiplierOverlaps(program),
    ...budgetOverlaps(program),
    ...late(program),
  ];
}

/** Of two windows at once nobody could say which was meant; where only the best counts, it does. */
function multiplierOverlaps(program: Program): Finding[] {
  const { multipliers, stacking } = program.earning;
  if (stacking.mode === 'best') return [];
  return multipliers.flatMap((multiplier, index) => {
    const other = multipliers.slice(0, index).find((earlier) => isSameTime(earlier, multiplier));
    if (other === undefined) return [];
    const rule = rulesNamed(program, multiplier).find(
      ({ id, plain }) => plain !== true && (other.rules?.includes(id) ?? true),
    );
    if (rule === undefined) return [];
    const message =
      `holds for rule ${rule.id} at the same time as ${other.id}: ` +
      'end one before the other begins, or let `stacking.mode` be `best`';
    return [findingAt(['earning', 'multipliers', index], message)];
  });
}

function isSameTime(one: Multiplier, other: Multiplier): boolean {
  return (
    [one, other].every(isWindow) &&
    overlaps(one.between, other.between) &&
    share(one.daysOfWeek, other.daysOfWeek)
  );
}

/** A multiplier for everybody, at certain times. */
function isWindow({ tierPercents, segment }: Multiplier): boolean {
  return tierPercents === undefined && segment === undefined;
}

/** Two promotions for the same purchases out of one budget: which of them draws first is chance. */
function budgetOverlaps(program: Program): Finding[] {
  const { promotions } = program.earning;
  return promotions.flatMap((promotion, index) => {
    const other = promotions.slice(0, index).find((earlier) => isSameDraw(earlier, promotion));
    if (other === undefined) return [];
    const message =
      `draws on budget ${promotion.budget} for the same awards as ${other.id} at the same time: ` +
      'end one before the other begins, or give it a budget of its own';
    return [findingAt(['earning', 'promotions', index], message)];
  });
}

function isSameDraw(one: Promotion, other: Promotion): boolean {
  return (
    one.budget !== undefined &&
    one.budget === other.budget &&
    overlaps(one.between, other.between) &&
    share(one.rules, other.rules) &&
    share(one.segments, other.segments) &&
    share(one.tiers, other.tiers) &&
    JSON.stringify(one.when) === JSON.stringify(other.when)
  );
}

/** What is counted by windows is kept as long as events of them may come, so that must be known. */
function late({ lateDays, earning, referral }: Program): Finding[] {
  if (lateDays !== undefined) return [];
  const cap = earning.caps.find(({ window }) => window !== undefined && window !== 'lifetime');
  const rule = earning.rules.find(({ cooldownSeconds }) => cooldownSeconds !== undefined);
  const reasons = [
    ...(cap === undefined ? [] : [`cap ${cap.id} counts by the ${cap.window}`]),
    ...(rule === undefined ? [] : [`rule ${rule.id} has a cooldown`]),
    ...(referral?.maximumPerYear === undefined ? [] : ['referrals are counted by the year']),
  ];
  const [reason] = reasons;
  if (reason === undefined) return [];
  const message =
    `is missing: ${reason}, and figures are kept only as long as events may come late; ` +
    'say after how many days they are refused';
  return [findingAt(['lateDays'], message)];
}
