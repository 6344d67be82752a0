import { describe, expect, it } from 'vitest';
import type { AwardRecord } from '../../../../../shared/domain/ledger/entry.ts';
import { at, compiled, levels, TierMember } from './tier-member.ts';

/** Nights of stays above 50 dollars, or what was spent on them; status lasts to 28 February. */
const nightsOrDollars = compiled({
  currencies: ['USD'],
  metrics: [
    {
      id: 'nights',
      when: { type: ['stay.completed'] },
      of: 'data.nights',
      minimumAmountMinor: { USD: 5001 },
    },
    { id: 'dollars', when: { type: ['stay.completed'] }, of: 'amount' },
  ],
  tiers: {
    levels: levels('nights', {
      blue: undefined,
      silver: eitherOf(7, 500_000),
      gold: eitherOf(15, 1_000_000),
    }),
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'review', every: 'year', on: '03-01', step: 'all' },
  },
});

function eitherOf(nights: number, dollars: number): object {
  const anyOf = [
    { allOf: [{ metric: 'nights', atLeast: nights }] },
    { allOf: [{ metric: 'dollars', atLeast: dollars }] },
  ];
  return { qualify: { anyOf } };
}

describe('seven nights or five thousand dollars in a year, kept until the end of February', () => {
  const stay = (on: string, nights: number, amountMinor: number) => ({
    ...{ on, type: 'stay.completed', currency: 'USD', amountMinor: BigInt(amountMinor) },
    data: { nights },
  });

  it('is silver from the seventh night on, and not before', () => {
    const ann = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 6, 60_000));
    expect(ann.level).toBe('blue');
    ann.happens(stay('2026-05-01', 1, 10_000));
    expect(ann.levelAt('2026-05-01T11:59:59Z')).toBe('blue');
    expect(ann.levelAt('2026-05-01')).toBe('silver');
    expect(ann.explained.at(-1)?.explanation).toEqual({
      reason: 'TIER_QUALIFIED',
      inputs: { from: 'blue', to: 'silver', nights: '7', dollars: '70000' },
    });
  });

  it('is silver by dollars alone, and gold at once when both levels are passed', () => {
    const ann = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 1, 500_000));
    expect(ann.level).toBe('silver');
    const bob = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 1, 1_000_000));
    expect(bob.level).toBe('gold');
  });

  it('does not count a night of fifty dollars', () => {
    const ann = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 7, 5000));
    expect(ann.level).toBe('blue');
    expect(ann.happens(stay('2026-04-02', 7, 5001)).level).toBe('silver');
  });

  it('keeps the level of a year to the end of the next February but one, and no longer', () => {
    const ann = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 15, 90_000));
    expect(ann.sweep('2027-12-31').map(({ decision }) => decision.explanation.reason)).toEqual([
      'TIER_KEPT',
    ]);
    ann.sweep('2028-03-02');
    expect(ann.levelAt('2028-02-29T23:59:59Z')).toBe('gold');
    expect(ann.levelAt('2028-03-01T00:00:00Z')).toBe('blue');
  });

  it('keeps what the running year has earned already', () => {
    const ann = new TierMember(nightsOrDollars).happens(stay('2026-04-01', 15, 90_000));
    ann.sweep('2027-03-01');
    ann.happens(stay('2028-01-10', 7, 90_000)).sweep('2028-03-01');
    expect(ann.level).toBe('silver');
  });
});

/** Three months' average of a balance: up each month, down once a year with three months' grace. */
const averageBalance = compiled({
  currencies: ['USD'],
  metrics: [
    { id: 'balance', when: { type: ['balance.reported'] }, kind: 'average', of: 'data.balance' },
  ],
  tiers: {
    levels: levels('balance', { none: undefined, gold: 20_000, platinum: 50_000, honors: 100_000 }),
    window: { kind: 'rolling', months: 3 },
    up: { when: 'review', every: 'month' },
    down: { when: 'review', every: 'membershipYear', graceMonths: 3, step: 'all' },
  },
});

describe('the average of a balance over three months', () => {
  const enrolled = '2025-06-01T00:00:00Z';
  const reports = (member: TierMember, balances: Readonly<Record<string, number>>) => {
    for (const [on, balance] of Object.entries(balances)) {
      member.happens({ on, type: 'balance.reported', data: { balance } });
    }
    return member;
  };

  it('lifts at the first review after it is reached, not with the report', () => {
    const ann = reports(new TierMember(averageBalance, enrolled), {
      '2026-01-31': 10_000,
      '2026-02-28': 20_000,
      '2026-03-31': 30_000,
    });
    expect(ann.level).toBe('none');
    expect(ann.sweep('2026-04-01')).toHaveLength(1);
    expect(ann.levelAt('2026-03-31T23:59:59Z')).toBe('none');
    expect(ann.levelAt('2026-04-01T00:00:00Z')).toBe('gold');
  });

  it('is not lost before the anniversary, and then only after three months of grace', () => {
    const ann = reports(new TierMember(averageBalance, enrolled), {
      '2025-06-30': 60_000,
      '2025-12-31': 1000,
      '2026-03-31': 1000,
      '2026-05-31': 1000,
      '2026-08-31': 1000,
    });
    ann.sweep('2026-05-31');
    expect(ann.level).toBe('platinum');
    ann.sweep('2026-08-31');
    expect(ann.tier).toMatchObject({ level: 'platinum', graceUntil: '2026-09-01' });
    ann.sweep('2026-09-01');
    expect(ann.tier).toMatchObject({ level: 'none', since: at('2026-09-01T00:00:00Z') });
    expect(ann.tier?.graceUntil).toBeUndefined();
  });

  it('stays when it is earned again within the grace', () => {
    const ann = reports(new TierMember(averageBalance, enrolled), {
      '2025-06-30': 60_000,
      '2026-05-31': 1000,
      '2026-07-31': 99_999,
    });
    ann.sweep('2026-07-31');
    expect(ann.level).toBe('platinum');
    ann.sweep('2026-09-01');
    expect(ann.tier).toMatchObject({ level: 'platinum' });
    expect(ann.tier?.graceUntil).toBeUndefined();
  });
});

const earnedInYear = compiled({
  metrics: [{ id: 'earned', when: { type: ['order.placed'] }, of: 'points', unit: 'PTS' }],
  tiers: {
    levels: levels('earned', { enthusiast: undefined, advocate: 500, vip: 1000 }),
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'review', every: 'year', step: 'all' },
  },
});

describe('points earned in the year', () => {
  const award = (points: bigint): AwardRecord => ({
    ...{ rule: 'order-points', unit: 'PTS', points, basisMinor: 0n, arithmetic: '' },
    parts: [{ member: 'ann', points }],
  });

  it('count once earned: no balance is asked, so spending them demotes nobody', () => {
    const ann = new TierMember(earnedInYear);
    ann.happens({ on: '2026-02-01' }, [award(400n)]).happens({ on: '2026-03-01' }, [award(100n)]);
    expect(ann.level).toBe('advocate');
    ann.happens({ on: '2026-04-01' }, [award(500n)]).sweep('2026-12-31');
    expect(ann.level).toBe('vip');
    ann.sweep('2027-01-01');
    expect(ann.level).toBe('vip');
    ann.sweep('2028-01-01');
    expect(ann.level).toBe('enthusiast');
  });
});

describe('one big deal', () => {
  const program = compiled({
    metrics: [{ id: 'spend', when: { type: ['order.placed'] }, of: 'amount' }],
    tiers: {
      levels: levels('spend', { bronze: undefined, silver: 100_000, gold: 300_000, black: {} }),
      window: { kind: 'calendarYear' },
      up: { when: 'now' },
      down: { when: 'review', every: 'year', step: 'one' },
      overrideMonths: 12,
      placements: [
        { when: { amountMinor: [{ numeric: ['>=', 50_000] }] }, level: 'gold' },
        { when: { amountMinor: [{ numeric: ['>=', 40_000] }] }, level: 'silver' },
      ],
    },
  });

  it('places directly on the highest level that it names', () => {
    const ann = new TierMember(program).spends('2026-02-01', 49_999);
    expect(ann.tier).toMatchObject({ level: 'silver', reason: 'placed' });
    ann.spends('2026-03-01', 50_000);
    expect(ann.tier).toMatchObject({ level: 'gold', reason: 'placed', since: at('2026-03-01') });
    expect(ann.tier?.earlier).toEqual([{ level: 'silver', since: at('2026-02-01') }]);
  });

  it('never places lower', () => {
    const ann = new TierMember(program).spends('2026-02-01', 60_000).spends('2026-03-01', 40_000);
    expect(ann.tier).toMatchObject({ level: 'gold', version: 1n });
  });

  it('comes down one step a review, even where nothing at all was earned', () => {
    const ann = new TierMember(program).spends('2026-02-01', 60_000);
    ann.sweep('2027-01-01');
    expect(ann.level).toBe('silver');
    ann.sweep('2028-01-01');
    expect(ann.level).toBe('bronze');
    expect(ann.sweep('2030-01-01')).toEqual([]);
  });
});
