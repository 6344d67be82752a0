import { convertsCashback } from '../rates-needed.ts';
import type { Cap, EarningRule, PlainAward, Program } from '../schema.ts';
import type { AwardShape } from '../size.ts';
import { overlaps, type Stretch } from './stretch.ts';
import { isMoney, plainAwards } from './units-of.ts';

/** As many digits as sizes count with. */
const figure = '12345678';

/** How much an award of the rule can take as part of an entry. */
export function awardShape(program: Program, rule: EarningRule): AwardShape {
  const caps = program.earning.caps.filter((cap) => concerns(cap, rule));
  const changes = largestTogether(changesOf(program, rule));
  const counted = caps.filter(({ per }) => per === 'member');
  const byValue = counted.filter(({ by }) => by !== undefined);
  const plain = Math.max(0, ...plainAwards(rule.award).map(plainBytes));
  const isCashback = plainAwards(rule.award).some(isMoney);
  const converted = isCashback && convertsCashback(program);
  const charities = isCashback ? Object.keys(program.donations?.charities ?? {}) : [];
  const charity = Math.max(0, ...charities.map(({ length }) => length));
  const kept = converted ? ` USD=${figure} EUR`.length : 0;
  const given = charity === 0 ? 0 : ` -100% =${figure}`.length + charity;
  const changed = changes.length === 0 ? 0 : `=${figure}`.length;
  const capped = Math.max(0, ...caps.map(({ id }) => ` ${id}=${figure}`.length));
  return {
    rule: rule.id.length,
    arithmetic: plain + sumOf(changes.map(({ bytes }) => bytes)) + changed + capped + kept + given,
    ...{ converted, charity },
    counters: sumOf(counted.map(keysOf)),
    valueCounters: sumOf(byValue.map(keysOf)),
    budgets: changes.flatMap(({ budget }) => (budget === undefined ? [] : [budget.length])),
    parts: rule.split?.maximumMembers ?? 1,
  };
}

function concerns(
  { rules }: { readonly rules?: readonly string[] | undefined },
  { id }: EarningRule,
): boolean {
  return rules === undefined || rules.includes(id);
}

function keysOf({ points, times }: Cap): number {
  return [points, times].filter((limit) => limit !== undefined).length;
}

/** The text of an award before anything multiplies it. */
function plainBytes(award: PlainAward): number {
  switch (award.kind) {
    case 'fixed':
      return `${award.points}`.length;
    case 'perAmount':
      return perAmountBytes(award);
    case 'percentage':
      return `${figure} in 99 lines: ${figure}0000/10000=${figure}`.length;
    case 'perQuantity':
      return `9999 pieces: ${figure}/${award.per}=${figure}`.length;
    case 'table':
      return `9999 pieces by ${award.points.by}=${figure}`.length;
  }
}

/** With the rate of the day where the amount counts in the program's currency. */
function perAmountBytes({ perMajorUnits, amountIn }: PlainAward & { kind: 'perAmount' }): number {
  const plain = `${figure} in 99 lines: ${figure}00/${perMajorUnits}00=${figure}`.length;
  if (amountIn !== 'programCurrency') return plain;
  return plain + `*${figure}0000/${figure} openExchangeRates 2026-03-13`.length;
}

interface Change {
  readonly between: Stretch | undefined;
  readonly bytes: number;
  readonly budget: string | undefined;
}

/** What multiplies the rule or gives points on top, as the arithmetic tells it. */
function changesOf({ earning }: Program, rule: EarningRule): Change[] {
  if (rule.plain === true) return [];
  const multipliers = earning.multipliers.map(({ id, between, rules }) => {
    return { rules, between, bytes: ` *150% ${id}`.length, budget: undefined };
  });
  const promotions = earning.promotions.map(({ id, between, rules, percent, points, budget }) => {
    const times = percent === undefined ? 0 : ` *${percent}% ${id}`.length;
    const onTop = points === undefined ? 0 : ` +${points} ${id}`.length;
    const drawn = budget === undefined ? 0 : ` budget ${budget} left=${figure}`.length;
    return { rules, between, bytes: times + onTop + drawn, budget };
  });
  return [...multipliers, ...promotions].filter((change) => concerns(change, rule));
}

/** Those that hold at one time and take most: some such time begins with one of them. */
function largestTogether(changes: readonly Change[]): readonly Change[] {
  const beginnings = [undefined, ...changes.map(({ between }) => between?.from)];
  const together = beginnings.map((from) => {
    const moment = { from, to: from === undefined ? undefined : `${from}T` };
    return changes.filter(({ between }) =>
      from === undefined ? between?.from === undefined : overlaps(between, moment),
    );
  });
  const bytesOf = (some: readonly Change[]) => sumOf(some.map(({ bytes }) => bytes));
  return together.sort((one, other) => bytesOf(other) - bytesOf(one))[0] ?? [];
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
