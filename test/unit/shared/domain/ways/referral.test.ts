import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { entitlements, WayStage } from './way-stage.ts';

const types = ['lead.referred', 'lead.qualified', 'lead.won'];
const reward = (amount: number) => ({ points: { unit: 'PTS', amount } });
const referral = {
  id: 'data.referral',
  stages: [
    { id: 'referred', when: { type: ['lead.referred'] }, reward: reward(10) },
    { id: 'qualified', when: { type: ['lead.qualified'] }, reward: reward(50) },
    {
      ...{ id: 'won', when: { type: ['lead.won'] }, withinDays: 60 },
      reward: { ...reward(500), entitlements: ['lounge'] },
    },
  ],
};

function stageWith(more: Record<string, unknown> = {}): WayStage {
  return new WayStage({
    entitlements,
    eventTypes: types,
    referral: { ...referral, ...more },
    lateDays: 90,
  });
}

const named = (id: unknown) => ({ data: { referral: id } });

describe('a referral', () => {
  it('pays each stage once, and tells the days to close', () => {
    const stage = stageWith();
    stage.event('lead.referred', '2026-01-10', named('r1'));
    const won = stage.event('lead.won', '2026-02-09', named('r1'));
    expect(won?.awards).toMatchObject([{ rule: 'referral:won', points: 500n, basisMinor: 0n }]);
    expect(stage.event('lead.won', '2026-02-10', named('r1'))).toBeUndefined();
    expect(stage.points()).toBe(510n);
    const [record] = recordsOf(stage.member(), 'referral');
    expect(record).toMatchObject({
      id: 'r1',
      value: { daysToClose: 30, paid: ['referred', 'won'] },
    });
  });

  it('pays a stage that arrives before the referral when that is known', () => {
    const stage = stageWith();
    stage.event('lead.won', '2026-02-09', named('r1'));
    expect(stage.points()).toBe(0n);
    const late = stage.event('lead.referred', '2026-01-10', named('r1'));
    expect(late?.awards.map(({ rule }) => rule)).toEqual(['referral:referred', 'referral:won']);
    expect(stage.points()).toBe(510n);
  });

  it.each([
    ['2026-03-11', 510n, undefined],
    ['2026-03-12', 10n, { referral: 'REFERRAL_TOO_LATE' }],
    ['2026-01-09', 10n, { referral: 'BEFORE_REFERRAL' }],
  ])('won on %s makes %s points', (day, points, inputs) => {
    const stage = stageWith();
    stage.event('lead.referred', '2026-01-10', named('r1'));
    expect(stage.event('lead.won', day, named('r1'))?.explanation.inputs).toEqual(inputs);
    expect(stage.points()).toBe(points);
  });

  it.each([
    [undefined, 'REFERRAL_ID_MISSING'],
    ['', 'REFERRAL_ID_MISSING'],
    ['someone@example.com', 'REFERRAL_ID_MISSING'],
    ['ann', 'SELF_REFERRAL'],
  ])('named %s pays nothing and says why', (id, reason) => {
    const stage = stageWith();
    const decision = stage.event('lead.referred', '2026-01-10', named(id));
    expect(decision?.explanation.inputs).toEqual({ referral: reason });
    expect(decision?.records).toEqual([]);
  });

  it('pays for so many of a year, by the day on which each pays for the first time', () => {
    const stage = stageWith({ maximumPerYear: 2 });
    const days = ['2026-01-01', '2026-05-01', '2026-12-31', '2027-01-01'];
    for (const [index, day] of days.entries()) stage.event('lead.referred', day, named(index));
    expect(stage.points()).toBe(30n);
    const full = stage.event('lead.qualified', '2026-12-31', named(2));
    expect(full?.explanation.inputs).toEqual({ referral: 'REFERRAL_LIMIT' });
    // One that pays already goes on, and what was forgone does not come back.
    stage.event('lead.qualified', '2026-12-31', named(0));
    expect(stage.points()).toBe(80n);
    stage.event('lead.won', '2027-01-31', named(2));
    expect(stage.points()).toBe(580n);
    expect(stage.event('lead.referred', '2027-02-01', named(4))?.awards).toEqual([]);
  });

  it('relies on the count of the year, so that two at once cannot both be the last', () => {
    const stage = stageWith({ maximumPerYear: 1 });
    const decision = stage.event('lead.referred', '2026-01-01', named('r1'));
    expect(decision?.counters).toMatchObject([{ add: 1n, read: 0n }]);
  });

  it('ends the same in whatever order its events arrive', () => {
    const events = types.flatMap((type) => [
      { type, day: '2026-01-10' },
      { type, day: '2026-02-20' },
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 6 }), (order) => {
        const stage = stageWith();
        for (const { type, day } of order) stage.event(type, day, named('r1'));
        expect(stage.points()).toBe(560n);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
