import fc from 'fast-check';
import type { Instant } from '../../shared/domain/time.ts';
import { type Json, perMajor, placed } from './program-json.ts';
import { dayMs, type Sent } from './stage.ts';

const done = { type: ['trip.completed'] };

/** What a rule may be beside plain: each of these at random. */
const anyRule = fc.record({
  award: fc.constantFrom(
    perMajor,
    { ...perMajor, rounding: 'up', points: 3 },
    { kind: 'fixed', unit: 'PTS', points: 41 },
    { kind: 'percentage', unit: 'MILES', basisPoints: 333, rounding: 'halfUp' },
  ),
  place: fc.constantFrom(
    {},
    {},
    { pending: { until: [{ when: done }] } },
    { pending: { until: [{ when: done, withinDays: 20 }], forfeitAfterDays: 25 } },
    { vestAfterDays: 14 },
  ),
  split: fc.constantFrom({}, { split: { by: 'data.who', maximumMembers: 4 } }),
});

/** A level that nobody reaches: so that figures of past months are kept. */
const outOfReach = {
  levels: [
    { id: 'blue', names: { en: 'Blue' } },
    {
      ...{ id: 'gold', names: { en: 'Gold' } },
      qualify: {
        anyOf: ['spend', 'earned'].map((metric) => ({
          allOf: [{ metric, atLeast: 1_000_000_000 }],
        })),
      },
    },
  ],
  window: { kind: 'rolling', months: 6 },
  up: { when: 'now' },
  down: { when: 'never' },
};

const anyCap = fc.record({
  window: fc.constantFrom('day', 'month', 'lifetime'),
  points: fc.integer({ min: 1, max: 400 }),
});

export interface RuleJson {
  readonly award: Json;
  readonly place: Json;
  readonly split: Json;
}

export const anyRules: fc.Arbitrary<RuleJson[]> = fc.array(anyRule, { minLength: 1, maxLength: 3 });

/** Rules with or without caps, a promotion and what is counted of purchases. */
export const anyProgram = fc.record({
  rules: anyRules,
  caps: fc.array(anyCap, { maxLength: 2 }),
  promoted: fc.boolean(),
  counted: fc.boolean(),
});

type ProgramChoice = typeof anyProgram extends fc.Arbitrary<infer Of> ? Of : never;

/** A cap of a member's cannot hold for what is split over several. */
function capsOn(rules: readonly RuleJson[], caps: ProgramChoice['caps']): Json[] {
  const whole = rules.flatMap(({ award, split }, index) => {
    return split.split === undefined && award.unit === 'PTS' ? [ruleId(index)] : [];
  });
  if (whole.length === 0) return [];
  return caps.map((cap, index) => ({ id: `cap-${index}`, per: 'member', rules: whole, ...cap }));
}

function ruleId(index: number): string {
  return index === 0 ? 'base' : `rule-${index}`;
}

export function programJson({ rules, caps, promoted, counted }: ProgramChoice): Json {
  const names = { en: { one: 'one', other: 'many' } };
  const paysPoints = promoted && rules.some(({ award }) => award.unit === 'PTS');
  const spring = { id: 'spring', between: {}, percent: 150, budget: 'pot' };
  const total = [
    { id: 'spend', when: placed, of: 'amount' },
    { id: 'earned', when: placed, of: 'points' },
  ];
  return {
    units: { PTS: { names }, MILES: { names } },
    lateDays: 60,
    earning: {
      rules: rules.map(({ award, place, split }, index) => ({
        ...{ id: ruleId(index), when: placed, award },
        ...{ ...place, ...split },
      })),
      caps: capsOn(rules, caps),
      promotions: paysPoints ? [spring] : [],
    },
    budgets: paysPoints ? [{ id: 'pot', unit: 'PTS', points: 1_000_000, shards: 3 }] : [],
    ...(counted && { metrics: total, tiers: outOfReach }),
    expiry: [
      { unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 24 },
      { unit: 'MILES', kind: 'daysAfter', days: 400 },
    ],
  };
}

const anyShares = fc.uniqueArray(
  fc.record({
    member: fc.constantFrom('ann', 'bob', 'cem'),
    share: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 1, maxLength: 3, selector: ({ member }) => member },
);

export const anyPurchase = fc.record({
  member: fc.constantFrom('ann', 'bob', 'cem'),
  amountMinor: fc.integer({ min: 1, max: 30_000 }),
  daysAgo: fc.integer({ min: 0, max: 5 }),
  who: fc.option(anyShares, { nil: undefined }),
});
export type Purchase = typeof anyPurchase extends fc.Arbitrary<infer Of> ? Of : never;

export function orderOf(id: string, { daysAgo, who, ...rest }: Purchase, now: Instant): Sent {
  const at = (now - daysAgo * dayMs) as Instant;
  return { ...rest, id, at, ...(who && { data: { who } }) };
}
