import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { Books } from './books.ts';
import { anAward, anEvent, aRule, pointsIn, programWith } from './fixtures.ts';

type Json = Record<string, unknown>;

const names = { en: 'Level' };
const metrics = [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }];
const tiers = {
  levels: [
    { id: 'blue', names },
    { id: 'gold', names, qualify: { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 1000 }] }] } },
  ],
  window: { kind: 'calendarYear' },
  up: { when: 'now' },
  down: { when: 'never' },
};
const segments = [{ kind: 'listed', id: 'staff' }];

/** What an event of 100 points earns on a level. */
function earnedOn(level: string, earning: Json): bigint {
  const program = programWith({ rules: [aRule()], ...earning }, { tiers, metrics, segments });
  const books = new Books(program);
  const balance = books.balance('ann');
  const since = instantOf(0);
  const tier = { level, since, version: 1n, reason: 'qualified' as const, earlier: [] };
  balance.standing = { ...balance.standing, tier };
  return pointsIn(books.book(anEvent()));
}

function byLevel(earning: Json): bigint[] {
  return ['blue', 'gold'].map((level) => earnedOn(level, earning));
}

describe('the level of a member', () => {
  it('multiplies', () => {
    const multipliers = [{ id: 'bonus', tierPercents: { gold: 150 } }];
    expect(byLevel({ multipliers })).toEqual([100n, 150n]);
  });

  it('decides who may earn by a rule', () => {
    expect(byLevel({ rules: [aRule({ tiers: ['gold'] })] })).toEqual([0n, 100n]);
  });

  it('decides a rate', () => {
    const points = { by: 'tier', rows: { gold: 3 }, otherwise: 2 };
    expect(byLevel({ rules: [aRule({ award: anAward({ points }) })] })).toEqual([200n, 300n]);
  });

  it('decides how much a cap leaves', () => {
    const points = { byTier: { gold: 90 }, otherwise: 40 };
    expect(byLevel({ caps: [{ id: 'each', per: 'event', points }] })).toEqual([40n, 90n]);
  });

  it('decides what a promotion gives', () => {
    const between = { from: '2026-01-01', to: '2027-01-01' };
    const promotions = [{ id: 'gift', between, points: 5, tiers: ['gold'] }];
    expect(byLevel({ promotions })).toEqual([100n, 105n]);
  });
});

describe('a segment', () => {
  function earnedBy(listed: string[], earning: Json): bigint {
    const program = programWith({ rules: [aRule()], ...earning }, { segments });
    const books = new Books(program);
    const next = { kind: 'person', enrolledAt: 0, segments: listed, participants: {} };
    const decision = books.book(anEvent({ id: 'first', type: 'app.opened' }));
    const records = [{ member: 'ann', kind: 'profile' as const, id: '0', next }];
    books.apply({ ...decision, records }, anEvent({ id: 'first', type: 'app.opened' }));
    return pointsIn(books.book(anEvent()));
  }

  it('decides who may earn, what multiplies, and what a promotion gives', () => {
    const between = { from: '2026-01-01', to: '2027-01-01' };
    for (const [earning, points] of [
      [{ rules: [aRule({ segments: ['staff'] })] }, [0n, 100n]],
      [{ multipliers: [{ id: 'twice', segment: 'staff', percent: 200 }] }, [100n, 200n]],
      [{ promotions: [{ id: 'gift', between, points: 5, segments: ['staff'] }] }, [100n, 105n]],
    ] as const) {
      expect([earnedBy([], earning), earnedBy(['staff'], earning)]).toEqual(points);
    }
  });
});
