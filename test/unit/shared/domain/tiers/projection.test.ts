import { describe, expect, it } from 'vitest';
import { tierProjection } from '../../../../../shared/domain/tiers/projection.ts';
import { compiled, day, levels, TierMember } from './tier-member.ts';

const metrics = [
  { id: 'spend', when: { type: ['order.placed'] }, of: 'amount' },
  { id: 'orders', when: { type: ['order.placed'] }, of: 'count' },
];
const goldByEither = {
  qualify: {
    anyOf: [
      { allOf: [{ metric: 'spend', atLeast: 3000 }] },
      { allOf: [{ metric: 'orders', atLeast: 4 }] },
    ],
  },
};

function program(tiers: object = {}): TierMember['compiled'] {
  return compiled({
    metrics,
    tiers: {
      levels: levels('spend', { bronze: undefined, silver: 1000, gold: goldByEither, black: {} }),
      ...{ window: { kind: 'membershipYear' }, up: { when: 'now' }, down: { when: 'never' } },
      placements: [{ when: { type: ['stay.completed'] }, level: 'black' }],
      ...tiers,
    },
  });
}

function projected(member: TierMember, on: string) {
  const { snapshot } = member;
  return tierProjection({ compiled: member.compiled, snapshot, on: day(on) });
}

describe('the way to the next level', () => {
  it('tells what is missing, the nearest way first, and until when', () => {
    const ann = new TierMember(program(), '2025-04-20').spends('2025-05-01', 1750);
    expect(projected(ann, '2025-05-01')).toEqual({
      level: 'silver',
      next: {
        level: 'gold',
        ways: [
          [{ metric: 'spend', atLeast: 3000n, missing: 1250n }],
          [{ metric: 'orders', atLeast: 4n, missing: 3n }],
        ],
        by: '2026-03-31',
      },
    });
    ann.spends('2025-05-02', 1).spends('2025-05-03', 1);
    expect(projected(ann, '2025-05-03')?.next?.ways[0]?.[0]?.metric).toBe('orders');
  });

  it('names the review that gives the level, and the month in which figures roll on', () => {
    const up = { when: 'review', every: 'quarter' };
    const of = program({ up, window: { kind: 'rolling', months: 12 } });
    const ann = new TierMember(of).spends('2026-02-10', 400);
    expect(projected(ann, '2026-02-10')?.next).toEqual({
      level: 'silver',
      ways: [[{ metric: 'spend', atLeast: 1000n, missing: 600n }]],
      by: '2026-02-28',
      reviewOn: '2026-04-01',
    });
  });

  it('ends where a level takes a person, and does not begin without tiers', () => {
    const ann = new TierMember(program()).spends('2026-02-01', 3000);
    expect(projected(ann, '2026-02-01')).toEqual({ level: 'gold' });
    expect(projected(new TierMember(compiled({})), '2026-02-01')).toBeUndefined();
  });

  it('tells how long a grace lasts', () => {
    const down = { when: 'review', every: 'year', graceMonths: 2, step: 'all' };
    const of = program({ down, window: { kind: 'calendarYear' } });
    const ann = new TierMember(of).spends('2026-02-01', 1000);
    ann.sweep('2028-01-02');
    expect(projected(ann, '2028-01-02')).toMatchObject({
      level: 'silver',
      graceUntil: '2028-03-01',
    });
  });
});
