import { describe, expect, it } from 'vitest';
import { targetsDue } from '../../../../../shared/domain/tiers/target.ts';
import { at, compiled, TierMember } from './tier-member.ts';

function program(target: object): TierMember['compiled'] {
  return compiled({
    metrics: [
      {
        id: 'sales',
        when: { type: ['order.placed'] },
        of: 'amount',
        accelerators: [{ when: { data: { focus: [true] } }, percent: 200 }],
      },
    ],
    targets: [
      {
        ...{ id: 'quarterly', metric: 'sales', period: 'quarter', goal: 500_000 },
        award: { unit: 'PTS', points: 1, per: 100, counts: 'all' },
        ...target,
      },
    ],
  });
}

/** Of the last four quarters and ten per cent, between 5,000 and 30,000 dollars. */
const growing = {
  goal: { averageOfLast: 4, plusPercent: 10, floor: 500_000, cap: 3_000_000 },
};

describe('a target', () => {
  it('pays nothing below the goal, all of it from the goal on', () => {
    const ann = new TierMember(program({})).spends('2026-02-01', 499_999);
    const [missed] = ann.sweep('2026-04-01', targetsDue);
    expect(missed?.decision).toMatchObject({
      kind: 'change',
      movements: [],
      explanation: { rule: 'quarterly', reason: 'TARGET_MISSED' },
    });
    const bob = new TierMember(program({})).spends('2026-02-01', 500_000);
    const [reached] = bob.sweep('2026-04-01', targetsDue);
    expect(reached).toMatchObject({
      at: at('2026-04-01T00:00:00Z'),
      id: 'target:quarterly:2026-01-01:ann',
      decision: {
        kind: 'accrual',
        movements: [{ kind: 'credit', member: 'ann', unit: 'PTS', points: 5000n, lot: '280501' }],
        awards: [{ rule: 'quarterly', points: 5000n, arithmetic: '500000*1/100=5000' }],
        explanation: {
          reason: 'TARGET_REACHED',
          inputs: { period: '2026-01-01', sales: '500000', goal: '500000' },
        },
      },
    });
  });

  it('is judged once for each period that is over, in order; for none without figures', () => {
    const ann = new TierMember(program({})).spends('2026-02-01', 500_000);
    expect(ann.sweep('2026-03-31', targetsDue)).toEqual([]);
    ann.spends('2026-08-01', 600_000);
    const done = ann.sweep('2027-06-01', targetsDue).map(({ id }) => id);
    expect(done).toEqual(['target:quarterly:2026-01-01:ann', 'target:quarterly:2026-07-01:ann']);
    expect(ann.spends('2026-02-02', 500_000).sweep('2027-06-01', targetsDue)).toEqual([]);
    expect(new TierMember(program({})).sweep('2027-06-01', targetsDue)).toEqual([]);
  });

  it('grows with what was sold before, and never beyond its floor and cap', () => {
    const goalAfter = (amounts: readonly number[]) => {
      const ann = new TierMember(program(growing));
      const months = ['2025-02-01', '2025-05-01', '2025-08-01', '2025-11-01', '2026-02-01'];
      for (const [index, on] of months.entries()) ann.spends(on, amounts[index] ?? 0);
      return ann.sweep('2026-04-01', targetsDue).at(-1)?.decision.explanation.inputs?.goal;
    };
    expect(goalAfter([1_000_000, 1_000_000, 1_000_000, 1_000_001, 1])).toBe('1100001');
    expect(goalAfter([0, 0, 0, 1_000_000, 1])).toBe('500000');
    expect(goalAfter([9_000_000, 9_000_000, 0, 0, 1])).toBe('3000000');
  });

  it('may pay only what lies above the goal, up to a cap', () => {
    const above = { unit: 'PTS', points: 3, per: 200, counts: 'aboveGoal', cap: 2000 };
    const paid = (amount: number) => {
      const ann = new TierMember(program({ award: above })).spends('2026-02-01', amount);
      return ann.sweep('2026-04-01', targetsDue)[0]?.decision.awards[0];
    };
    expect(paid(500_000)).toBeUndefined();
    expect(paid(500_199)).toMatchObject({ points: 2n, arithmetic: '(500199-500000)*3/200=2' });
    expect(paid(900_000)).toMatchObject({
      points: 2000n,
      arithmetic: '(900000-500000)*3/200=6000 cap=2000',
    });
  });

  it('is reached sooner by what counts twice', () => {
    const ann = new TierMember(program({}));
    ann.happens({ on: '2026-02-01', amountMinor: 250_000n, data: { focus: true } });
    expect(ann.sweep('2026-04-01', targetsDue)[0]?.decision.kind).toBe('accrual');
  });
});
