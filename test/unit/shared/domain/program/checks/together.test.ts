import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRuleIndex } from '../../../../../../shared/domain/pattern/rule-index.ts';
import { heaviestTogether } from '../../../../../../shared/domain/program/checks/together.ts';
import type { EarningRule } from '../../../../../../shared/domain/program/schema.ts';

const values = ['a', 'b', 'c'];
const asked = fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const some = fc.record({
  class: asked,
  plan: asked,
  seat: asked,
  firstOf: fc.option(fc.constantFrom('one', 'other'), { nil: undefined }),
  points: fc.integer({ min: 1, max: 100 }),
});

type Asked = typeof some extends fc.Arbitrary<infer Value> ? Value : never;

function ruleOf({ class: cabin, plan, seat, firstOf, points }: Asked, index: number): EarningRule {
  const data = { ...(cabin && { cabin }), ...(plan && { plan }), ...(seat && { seat }) };
  return {
    id: `rule-${index}`,
    when: { type: ['booked'], ...(Object.keys(data).length > 0 && { data }) },
    award: { kind: 'fixed', unit: 'PTS', points },
    ...(firstOf && { firstOf }),
  };
}

function pointsOf({ award }: EarningRule): number {
  return award.kind === 'fixed' ? award.points : 0;
}

function sumOf(rules: readonly EarningRule[]): number {
  return rules.reduce((sum, rule) => sum + pointsOf(rule), 0);
}

/** What pays for one event: of a group the one that comes first. */
function paying(matching: readonly EarningRule[]): EarningRule[] {
  return matching.filter(
    ({ firstOf }, index) =>
      firstOf === undefined || matching.findIndex((other) => other.firstOf === firstOf) === index,
  );
}

it('is never outweighed by the rules that pay for an event', () => {
  const events = values.flatMap((cabin) =>
    values.flatMap((plan) =>
      values.map((seat) => ({ type: 'booked', data: { cabin, plan, seat } })),
    ),
  );
  const property = fc.property(fc.array(some, { maxLength: 9 }), (drawn) => {
    const rules = drawn.map(ruleOf);
    const bound = sumOf(heaviestTogether(rules, 'booked', pointsOf));
    const index = createRuleIndex(rules.map((rule) => ({ pattern: rule.when, value: rule })));
    for (const event of events) {
      expect(sumOf(paying(index.matching(event)))).toBeLessThanOrEqual(bound);
    }
    expect(heaviestTogether(rules, 'cancelled', pointsOf)).toEqual([]);
  });
  fc.assert(property, { seed: 11, numRuns: 200 });
});
