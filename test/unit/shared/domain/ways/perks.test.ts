import { describe, expect, it } from 'vitest';
import { perksAtEnrolment } from '../../../../../shared/domain/ways/perks.ts';
import { at, WayStage } from './way-stage.ts';

const requirement = { metric: 'orders', atLeast: 2, every: 'quarter' };
const parts = {
  metrics: [{ id: 'orders', when: { type: ['order.placed'] }, of: 'count' }],
  perks: { entitlements: ['lounge'], requirement },
};
const midnight = (day: string) => at(day, '00:00');

function reasons(stage: WayStage): string[] {
  return stage.decisions.map(({ decision }) => decision.explanation.reason);
}

describe('perks', () => {
  it('are granted at enrolment, once', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-02-10');
    const granted = () =>
      perksAtEnrolment({
        ...{ compiled: stage.compiled, snapshot: stage.member(), at: at('2026-02-10') },
      });
    expect(granted()).toHaveLength(2);
    expect(stage.sweep(at('2026-02-10'))).toEqual(['perks:granted']);
    expect(stage.entitlements(at('2026-02-10'))).toEqual(['lounge']);
    expect(granted()).toEqual([]);
  });

  it('lapse at the end of the first whole period without the purchases', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-02-10');
    stage.sweep(midnight('2026-04-02'));
    stage.event('order.placed', '2026-04-03');
    stage.sweep(at('2026-06-30', '22:59'));
    expect(stage.entitlements(at('2026-06-30'))).toEqual(['lounge']);
    // British summer: the quarter ends an hour before midnight of UTC.
    stage.sweep(at('2026-06-30', '23:00'));
    expect(stage.entitlements(at('2026-07-01'))).toEqual([]);
    expect(reasons(stage)).toEqual(['PERKS_GRANTED', 'PERKS_LAPSED']);
  });

  it('judge the period of enrolment where it began with its first day', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-01-01');
    stage.sweep(midnight('2026-04-01'));
    expect(reasons(stage)).toEqual(['PERKS_GRANTED', 'PERKS_LAPSED']);
  });

  it('come back with the purchase that meets the requirement of a later period', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-01-01');
    stage.sweep(midnight('2026-05-01'));
    expect(stage.event('order.placed', '2026-05-02')).toBeUndefined();
    const back = stage.event('order.placed', '2026-05-20');
    expect(back?.explanation).toMatchObject({ reason: 'PERKS_RETURNED' });
    expect(stage.entitlements(at('2026-05-20'))).toEqual(['lounge']);
    stage.sweep(midnight('2026-10-02'));
    expect(reasons(stage).slice(2)).toEqual(['PERKS_KEPT', 'PERKS_LAPSED']);
  });

  it('come back where the sweep that ended them was later than the purchases', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-01-01');
    stage.event('order.placed', '2026-04-20');
    stage.event('order.placed', '2026-05-20');
    stage.sweep(at('2026-05-25'));
    expect(reasons(stage)).toEqual(['PERKS_GRANTED', 'PERKS_LAPSED', 'PERKS_RETURNED']);
    expect(stage.entitlements(at('2026-05-25'))).toEqual(['lounge']);
  });

  it('come back at the end of a period that met the requirement unseen', () => {
    const stage = new WayStage(parts);
    stage.enrol('2026-01-01');
    stage.event('order.placed', '2026-04-20');
    stage.event('order.placed', '2026-05-20');
    stage.sweep(midnight('2027-01-02'));
    expect(reasons(stage)).toEqual([
      ...['PERKS_GRANTED', 'PERKS_LAPSED', 'PERKS_RETURNED', 'PERKS_LAPSED', 'PERKS_STAY_LAPSED'],
    ]);
  });

  it('judge years of membership by whole months', () => {
    const perks = { ...parts.perks, requirement: { ...requirement, every: 'membershipYear' } };
    const stage = new WayStage({ ...parts, perks });
    stage.enrol('2026-03-15');
    stage.event('order.placed', '2026-03-20');
    stage.event('order.placed', '2027-02-20');
    stage.sweep(midnight('2027-03-15'));
    stage.sweep(midnight('2028-03-15'));
    expect(reasons(stage)).toEqual(['PERKS_GRANTED', 'PERKS_KEPT', 'PERKS_LAPSED']);
  });

  it('without a requirement stay', () => {
    const stage = new WayStage({ perks: { entitlements: ['lounge', 'coffee'] } }, '2026-06-01');
    stage.enrol('2026-01-01');
    expect(stage.sweep(at('2027-01-01'))[0]).toBe('perks:granted');
    expect(stage.entitlements(at('2026-05-31'))).toEqual([]);
    expect(stage.entitlements(at('2026-06-30'))).toEqual(['coffee', 'lounge']);
    expect(stage.entitlements(at('2027-01-01'))).toEqual(['lounge']);
  });
});
