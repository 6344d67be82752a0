import fc from 'fast-check';
import { type Json, perMajor, placed } from './program-json.ts';

/** A cap as the oracle reads it: its JSON, not the domain's own type. */
export interface CapJson {
  readonly id: string;
  readonly rules?: readonly string[];
  readonly per: 'event' | 'member';
  readonly window?: string;
  readonly points?:
    | number
    | { readonly byTier: Record<string, number>; readonly otherwise: number };
  readonly times?: number;
  readonly by?: { readonly path: string; readonly maximumValues: number };
  readonly beyond: 'cut' | 'nothing';
}

export const ruleIds = ['base', 'kind-a', 'percent'] as const;
const rules = [
  { id: 'base', when: placed, award: perMajor },
  {
    id: 'kind-a',
    when: { ...placed, data: { kind: ['a'] } },
    award: { kind: 'fixed', unit: 'PTS', points: 30 },
  },
  {
    id: 'percent',
    when: placed,
    award: { kind: 'percentage', unit: 'PTS', basisPoints: 500, rounding: 'down' },
  },
];

const windows = ['day', 'week', 'month', 'quarter', 'year', 'membershipYear', 'lifetime'];
const byTier = fc.record({
  byTier: fc.record({ gold: fc.integer({ min: 0, max: 400 }) }),
  otherwise: fc.integer({ min: 1, max: 200 }),
});
const anyLimits = fc
  .record({
    points: fc.option(fc.oneof(fc.integer({ min: 1, max: 300 }), byTier), { nil: undefined }),
    times: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  })
  .map(({ points, times }) =>
    points === undefined && times === undefined ? { times: 2 } : { points, times },
  );
const anyBy = fc.record({
  path: fc.constant('data.shop'),
  maximumValues: fc.integer({ min: 1, max: 3 }),
});
const anyCap = fc.record({
  rules: fc.option(fc.subarray([...ruleIds], { minLength: 1 }), { nil: undefined }),
  limits: anyLimits,
  window: fc.option(fc.constantFrom(...windows), { nil: undefined }),
  by: fc.option(anyBy, { nil: undefined }),
  beyond: fc.constantFrom('cut', 'nothing'),
});

export const anyCaps: fc.Arbitrary<CapJson[]> = fc
  .array(anyCap, { minLength: 1, maxLength: 4 })
  .map((caps) =>
    caps.map(({ limits, window, by, ...rest }, index) => {
      const perMember = window !== undefined;
      const cap = { ...rest, ...limits, id: `cap-${index}`, per: perMember ? 'member' : 'event' };
      const member = { window, ...(by && { by }) };
      return JSON.parse(JSON.stringify(perMember ? { ...cap, ...member } : cap));
    }),
  );

/** Rules under the caps, with two levels that are reached at once. */
export function cappedProgram(caps: readonly CapJson[], timeZone: string): Json {
  const gold = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 60_000 }] }] };
  return {
    timeZone,
    lateDays: 60,
    earning: { rules, caps },
    metrics: [{ id: 'spend', when: placed, of: 'amount' }],
    tiers: {
      levels: [
        { id: 'blue', names: { en: 'Blue' } },
        { id: 'gold', names: { en: 'Gold' }, qualify: gold },
      ],
      window: { kind: 'calendarYear' },
      up: { when: 'now' },
      down: { when: 'never' },
    },
  };
}

/** What a rule gives without caps: no rule of the program is multiplied. */
export function worthOf(rule: string, amountMinor: number): bigint {
  const amount = BigInt(amountMinor);
  if (rule === 'kind-a') return 30n;
  return rule === 'base' ? amount / 100n : (amount * 500n) / 10_000n;
}
