import { isCurrency } from '../../money/currency.ts';
import { parsePattern } from '../../pattern/parse.ts';
import type { Alternative } from '../../pattern/pattern.ts';
import type { Cap, EarningRule, Finding, Program } from '../schema.ts';
import { findingAt } from './places.ts';
import { isMoney, plainAwards, rulesNamed, unitsOfRules } from './units-of.ts';

/** Caps that limit nothing, or not what they seem to. */
export function capFindings(program: Program): Finding[] {
  return program.earning.caps.flatMap((cap, index) => {
    const path = ['earning', 'caps', index];
    const { points, times } = cap;
    const limits = [
      ...(points === undefined ? [] : [limitMessage('points', points)]),
      ...(times === undefined ? [] : [limitMessage('times', times)]),
    ].flatMap((found) => found ?? []);
    const without = points === undefined && times === undefined;
    return [
      ...(without ? [findingAt(path, 'limits nothing: give it `points`, `times` or both')] : []),
      ...limits.map(({ key, message }) => findingAt([...path, key], message)),
      ...windowFinding(cap, path),
      ...unitFinding(program, cap, path),
      ...currencyFinding(program, cap, path),
      ...splitFinding(program, cap, path),
    ];
  });
}

function limitMessage(key: 'points' | 'times', limit: NonNullable<Cap['points']>) {
  if (typeof limit === 'number') return undefined;
  const isAnything = limit.otherwise > 0 || Object.values(limit.byTier).some((each) => each > 0);
  if (isAnything) return undefined;
  return { key, message: 'is zero for everybody: some limit must be above zero' };
}

function windowFinding({ per, window, by }: Cap, path: readonly (string | number)[]): Finding[] {
  if (per === 'member') {
    if (window !== undefined) return [];
    const message = 'has no `window`: say for which time a member may have so much, or `lifetime`';
    return [findingAt(path, message)];
  }
  const message = 'is for caps per member; this one is per event: leave it out';
  const keys = [...(window === undefined ? [] : ['window']), ...(by === undefined ? [] : ['by'])];
  return keys.map((key) => findingAt([...path, key], message));
}

function unitFinding(program: Program, cap: Cap, path: readonly (string | number)[]): Finding[] {
  const units = unitsOfRules(program, rulesNamed(program, cap));
  if (cap.unit !== undefined) {
    if (units.size === 0 || units.has(cap.unit)) return [];
    const message = `${cap.unit} is paid by none of its rules, only ${[...units].join(', ')}`;
    return [findingAt([...path, 'unit'], message)];
  }
  if (cap.points === undefined || units.size < 2) return [];
  const message =
    `has no \`unit\`, though its rules pay ${[...units].join(' and ')}: ` +
    'make one cap for each unit';
  return [findingAt(path, message)];
}

/** A cap on money counts one currency: purchases in another one would be paid without limit. */
function currencyFinding(
  program: Program,
  cap: Cap,
  path: readonly (string | number)[],
): Finding[] {
  const { unit, per, window } = cap;
  if (unit === undefined || !isCurrency(unit)) return [];
  const alike = program.earning.caps.filter(
    (other) => other.per === per && other.window === window && limitsAll(other, cap),
  );
  const free = rulesNamed(program, cap).flatMap((rule) => {
    const caps = alike.filter(({ rules }) => rules?.includes(rule.id) ?? true);
    const counted = new Set(caps.map((other) => other.unit));
    if (counted.has(undefined)) return [];
    return moneyCurrencies(program, rule)
      .filter((currency) => !counted.has(currency))
      .map((currency) => ({ rule: rule.id, currency }));
  });
  const [first] = free;
  if (first === undefined) return [];
  const currencies = [...new Set(free.map(({ currency }) => currency))];
  const shown = currencies.slice(0, shownCurrencies).join(', ');
  const more = currencies.length > shownCurrencies ? ', …' : '';
  const message =
    `counts ${unit} only, and rule ${first.rule} pays for purchases in ${shown}${more} too, ` +
    'without such a limit: add a cap like this one for each currency';
  return [findingAt([...path, 'unit'], message)];
}

/** Of a program with all the world's currencies. */
const shownCurrencies = 5;

/** Whether a cap limits whatever another one limits. */
function limitsAll(other: Cap, { points, times }: Cap): boolean {
  return (
    (points === undefined || other.points !== undefined) &&
    (times === undefined || other.times !== undefined)
  );
}

/** What cashback of a rule may be judged in: currencies that its pattern asks for, or else all. */
function moneyCurrencies({ currencies }: Program, { award, when }: EarningRule): readonly string[] {
  if (!plainAwards(award).some(isMoney)) return [];
  const parsed = parsePattern(when);
  if (!parsed.ok) return currencies;
  return currencies.filter((currency) =>
    parsed.value.some((alternative) => isForCurrency(alternative, currency)),
  );
}

function isForCurrency(alternative: Alternative, currency: string): boolean {
  const asked = alternative.find(({ keys }) => keys.join('.') === 'currency');
  if (asked === undefined) return true;
  return asked.values.has(currency) || asked.tests.some((test) => test.accepts(currency));
}

/** Counters are those of the event's own member; of the others who share nobody counts. */
function splitFinding(program: Program, cap: Cap, path: readonly (string | number)[]): Finding[] {
  const split = rulesNamed(program, cap).find((rule) => rule.split !== undefined);
  if (cap.per !== 'member' || split === undefined) return [];
  const message =
    `is per member, but rule ${split.id} splits its points over several: ` +
    'make it per event, or name other `rules`';
  return [findingAt(path, message)];
}
