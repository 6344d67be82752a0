import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExpired } from '../../../../../../shared/domain/points/balance.ts';
import { lotFor } from '../../../../../../shared/domain/points/expiry.ts';
import { lotCount } from '../../../../../../shared/domain/program/checks/lot-count.ts';
import type { Expiry, Program } from '../../../../../../shared/domain/program/schema.ts';
import { addDays, type LocalDate, startOfDay } from '../../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../../support/sample-program.ts';
import { type Bends, toldOf } from './whole-program.ts';

const small = fc.integer({ min: 1, max: 6 });
const expiries: fc.Arbitrary<Expiry> = fc.oneof(
  fc.constant({ unit: 'PTS', kind: 'never' } as const),
  fc.record({
    unit: fc.constant('PTS'),
    kind: fc.constant('daysAfter' as const),
    days: fc.integer({ min: 1, max: 100 }),
  }),
  ...(['monthsAfter', 'monthsAfterEndOfMonth'] as const).map((kind) =>
    fc.record({ unit: fc.constant('PTS'), kind: fc.constant(kind), months: small }),
  ),
  small.map((quarters) => ({ unit: 'PTS', kind: 'endOfQuarter', quarters }) as const),
  fc.constantFrom(1, 2).map((years) => ({ unit: 'PTS', kind: 'endOfYear', years }) as const),
  small.map((months) => {
    return { unit: 'PTS', kind: 'fixedDate', on: '02-28', monthsAhead: months * 3 } as const;
  }),
);

/** Lots that somebody who earns every day has open on a day, with one of tomorrow. */
function openOn(program: Program, today: LocalDate): number {
  const lots = new Set<string>();
  for (let day = addDays(today, -1150); day <= addDays(today, 1); day = addDays(day, 1)) {
    const lot = lotFor(program, 'PTS', startOfDay(day, program.timeZone));
    if (!isExpired(lot, today)) lots.add(lot);
  }
  return lots.size;
}

describe('the number of lots', () => {
  it('is never more than is counted on, and seldom much less', () => {
    const days = fc
      .integer({ min: 0, max: 1500 })
      .map((n) => addDays('2024-01-01' as LocalDate, n));
    const period = fc.constantFrom('day', 'month');
    const base = sampleProgram({ timeZone: 'UTC' });
    const property = fc.property(expiries, period, days, (expiry, rounded, today) => {
      const program: Program = { ...base, expiry: [expiry], period: rounded as 'day' | 'month' };
      const { lots } = lotCount(program, expiry);
      const open = openOn(program, today);
      expect(open).toBeLessThanOrEqual(lots);
      expect(lots - open).toBeLessThanOrEqual(8);
    });
    fc.assert(property, { seed: 3, numRuns: 15 });
  });
});

type Case = readonly [finding: string, bends: Bends];
const monthsAfter = { unit: 'PTS', kind: 'monthsAfter', months: 24 };

describe('a balance that may outgrow a write unit', () => {
  it.each<Case>([
    [
      "/period: a member's balance in PTS could take",
      { '/expiry/0': monthsAfter, '/period': 'day' },
    ],
    ['734 lots = 8808 + ', { '/expiry/0': monthsAfter, '/period': 'day' }],
    ['set `period` to `month`', { '/expiry/0': monthsAfter, '/period': 'day' }],
    ['/expiry/0: ', { '/expiry/0': { ...monthsAfter, months: 120 } }],
    ['/earning/caps/2: ', { '/earning/caps/2/by/maximumValues': 50 }],
    ['cap films has 102 of them: lower `lateDays`', { '/earning/caps/2/by/maximumValues': 50 }],
    ['/earning/caps/0: ', { '/earning/caps/0/window': 'day', '/lateDays': 100 }],
    ['metric sum is kept for 40 months', { '/tiers/window/months': 36 }],
    [
      '/period: ',
      {
        '/earning/rules/2/vestAfterDays': 90,
        '/period': 'day',
        '/earning/rules/2/tiers': ['gold'],
      },
    ],
  ])('is told: %s', (finding, bends) => {
    expect(toldOf(bends)).toContainEqual(expect.stringContaining(finding));
  });

  it('is none where lots end with months, and figures are few', () => {
    expect(toldOf({ '/expiry/0': monthsAfter, '/earning/caps': [] })).toEqual([]);
  });
});

describe('an entry that may need two write units', () => {
  const rule = (index: number, parts: object = {}) => ({
    ...{ id: `bonus-number-${index}`, when: { type: ['lead.won'] } },
    award: { kind: 'fixed', unit: 'PTS', points: 10 },
    ...parts,
  });
  const told = (rules: readonly object[]) => {
    const more = rules.map((each, index) => [`/earning/rules/${5 + index}`, each] as const);
    return toldOf(Object.fromEntries(more));
  };
  const twenty = (parts: (index: number) => object) =>
    Array.from({ length: 20 }, (_, index) => rule(index, parts(index)));

  it('is told, with the rules and what would help', () => {
    const [finding, ...others] = told(twenty(() => ({})));
    expect(finding).toContain(
      '/earning/rules: one event of type lead.won could be paid by 20 rules',
    );
    expect(finding).toContain('bonus-number-0 ');
    expect(finding).toContain('`firstOf` group');
    expect(others).toEqual([]);
    const shared = { split: { by: 'data.planners', maximumMembers: 12 } };
    expect(told([rule(0, shared)])).toContainEqual(expect.stringContaining('fewer members share'));
  });

  it.each<[string, (index: number) => object]>([
    ['only one of a group pays', () => ({ firstOf: 'bonus', segments: ['new'] })],
    [
      'they ask for different values',
      (index) => ({ when: { type: ['lead.won'], data: { plan: [`p-${index}`] } } }),
    ],
    [
      'they ask for different values in any of two fields',
      (index) => ({
        when: { type: ['lead.won'], data: { plan: [`p-${index % 5}`], seat: [`s-${index}`] } },
      }),
    ],
    [
      'their times do not meet',
      (index) => ({ between: { from: `${2026 + index}-01-01`, to: `${2027 + index}-01-01` } }),
    ],
    [
      'they are of different types',
      (index) => ({ when: { type: [index % 2 ? 'plan.paid' : 'plan.started'], id: [`${index}`] } }),
    ],
  ])('is none where %s', (_, parts) => {
    expect(told(twenty(parts))).toEqual([]);
  });
});
