import { retirementOf } from '../../../shared/domain/money/currency.ts';
import { pointerOf } from '../../../shared/domain/program/findings.ts';
import {
  type Finding,
  type Program,
  programCurrencyOf,
  unitsOf,
} from '../../../shared/domain/program/schema.ts';
import { nearest } from '../../../shared/domain/program/suggest.ts';
import { timeIn } from './replay-time.ts';
import type { MemberState, Scenario, ScenarioFile, Step } from './scenario-schema.ts';

type Names = Readonly<
  Record<'unit' | 'tier' | 'entitlement' | 'segment' | 'metric' | 'budget', ReadonlySet<string>>
>;

/** A name that stands nowhere would be compared with nothing: each must be one of the program's. */
export function checkNames(
  { scenarios }: ScenarioFile,
  programs: readonly Program[],
  timeZone: string,
): Finding[] {
  const names = namesOf(programs);
  return scenarios.flatMap((scenario, place) =>
    [
      ...outOfOrder(scenario, timeZone),
      ...unknownSteps(scenario),
      ...unknownNames(scenario, names),
    ].map((finding) => ({ ...finding, pointer: `/scenarios/${place}${finding.pointer}` })),
  );
}

function namesOf(programs: readonly Program[]): Names {
  const all = (namesIn: (program: Program) => readonly string[]) =>
    new Set(programs.flatMap(namesIn));
  const idsOf = (list: readonly { readonly id: string }[] = []) => list.map(({ id }) => id);
  return {
    unit: all(unitsSeen),
    tier: all(({ tiers }) => idsOf(tiers?.levels)),
    entitlement: all(({ entitlements }) => Object.keys(entitlements)),
    segment: all(({ segments }) => idsOf(segments)),
    metric: all(({ metrics }) => idsOf(metrics)),
    budget: all(({ budgets }) => idsOf(budgets)),
  };
}

/** Points, and every currency that anything of the program may be in, now or later. */
function unitsSeen(program: Program): string[] {
  const { currencies, money } = program;
  const { otherwise } = money;
  const named = [
    ...unitsOf(program),
    ...[...currencies, programCurrencyOf(program)],
    ...(otherwise === undefined ? [] : [otherwise]),
  ];
  return named.flatMap((unit) => [unit, ...successorsOf(unit)]);
}

function successorsOf(currency: string): string[] {
  const retirement = retirementOf(currency);
  return retirement === undefined ? [] : [retirement.into];
}

function outOfOrder({ start, steps }: Scenario, timeZone: string): Finding[] {
  let last = timeIn(start, timeZone) ?? 0;
  return steps.flatMap(({ at }, index) => {
    const time = timeIn(at, timeZone) ?? 0;
    if (time < last)
      return [{ pointer: `/steps/${index}/at`, message: 'lies before the step above' }];
    last = time;
    return [];
  });
}

function unknownSteps({ steps }: Scenario): Finding[] {
  return steps.flatMap((step, index) =>
    stepsNamed(step).flatMap(([kind, name, path]): Finding[] => {
      const ids = idsOf(steps, kind);
      if (ids.includes(name)) return [];
      return [{ pointer: `/steps/${index}/${path}`, message: unknown('step', name, ids) }];
    }),
  );
}

type NamedStep = 'event' | 'quote' | 'redeem' | 'choice' | 'payout';

/** Steps that make what is named. */
const makers: Readonly<Record<Exclude<NamedStep, 'payout'>, readonly string[]>> = {
  event: ['event'],
  quote: ['quote'],
  redeem: ['redeem', 'choose'],
  choice: ['choice'],
};

/** Earlier steps that a step names, with the place where it does. */
function stepsNamed(step: Step): (readonly [NamedStep, string, string])[] {
  if ('event' in step) {
    const { refersTo } = step.event;
    return typeof refersTo === 'string' ? [['event', refersTo, 'event/refersTo']] : [];
  }
  if ('redemption' in step) return [redeemed(step.redemption.id, 'redemption/id')];
  if ('choose' in step) return [['choice', step.choose.id, 'choose/id']];
  if ('redeem' in step) {
    const { quote } = step.redeem;
    return quote === undefined ? [] : [['quote', quote, 'redeem/quote']];
  }
  if (!('expect' in step)) return [];
  const { redemptions = {}, payouts = {} } = step.expect;
  return [
    ...Object.keys(redemptions).map((id) => redeemed(id, `expect/redemptions/${id}`)),
    ...Object.keys(payouts).map((run) => ['payout', run, `expect/payouts/${run}`] as const),
  ];
}

/** What a run has paid is named by the run, `RUN/MEMBER/CURRENCY`. */
function redeemed(id: string, path: string): readonly [NamedStep, string, string] {
  const [run = '', ...wallet] = id.split('/');
  return wallet.length > 0 ? ['payout', run, path] : ['redeem', id, path];
}

function idsOf(steps: Scenario['steps'], kind: NamedStep): string[] {
  return steps.flatMap((step) => {
    if (kind === 'payout') return 'payout' in step ? [step.payout.run] : [];
    const isMaker = makers[kind].some((maker) => maker in step);
    const isMeant = isMaker && 'id' in step && step.id !== undefined;
    return isMeant ? [String(step.id)] : [];
  });
}

/** Each name that a step uses, with its place. */
type Use = readonly [kind: keyof Names, name: string, path: readonly string[]];

function unknownNames({ steps }: Scenario, names: Names): Finding[] {
  return steps.flatMap((step, index) =>
    usesOf(step).flatMap(([kind, name, path]): Finding[] => {
      if (names[kind].has(name)) return [];
      const message = unknown(kind, name, [...names[kind]]);
      return [{ pointer: pointerOf(['steps', index, ...path]), message }];
    }),
  );
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `there is no ${kind} ${name}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

function usesOf(step: Step): Use[] {
  if ('event' in step) {
    return [...keysOf('unit', step.earns, ['earns']), ...keysOf('unit', step.pends, ['pends'])];
  }
  if ('redeem' in step) {
    const { unit } = step.redeem;
    return unit === undefined ? [] : [['unit', unit, ['redeem', 'unit']]];
  }
  if (!('expect' in step)) return [];
  const { members = {}, budgets, accounts = {} } = step.expect;
  return [
    ...Object.entries(members).flatMap(([member, state]) =>
      usesOfState(state, ['expect', 'members', member]),
    ),
    ...keysOf('budget', budgets, ['expect', 'budgets']),
    ...Object.entries(accounts).flatMap(([account, sums]) =>
      keysOf('unit', sums, ['expect', 'accounts', account]),
    ),
  ];
}

const byUnit = [
  ...['available', 'lots', 'pending', 'vesting', 'debt'],
  ...['activeUntil', 'warnedThrough'],
] as readonly (keyof MemberState)[];

function usesOfState(state: MemberState, path: readonly string[]): Use[] {
  const { tier, entitlements = [], segments = [], metrics, projection } = state;
  return [
    ...byUnit.flatMap((part) => keysOf('unit', Object(state[part]), [...path, part])),
    ...keysOf('metric', metrics, [...path, 'metrics']),
    ...keysOf('metric', projection?.missing, [...path, 'projection', 'missing']),
    ...(typeof tier === 'string' ? [['tier', tier, [...path, 'tier']] as const] : []),
    ...(projection ? [['tier', projection.level, [...path, 'projection', 'level']] as const] : []),
    ...entitlements.map(
      (name, at) => ['entitlement', name, [...path, 'entitlements', `${at}`]] as const,
    ),
    ...segments.map((name, at) => ['segment', name, [...path, 'segments', `${at}`]] as const),
  ];
}

function keysOf(kind: keyof Names, record: object | undefined, path: readonly string[]): Use[] {
  return Object.keys(record ?? {}).map((name) => [kind, name, [...path, name]]);
}
