import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../../../shared/domain/member/snapshot.ts';
import { at, WayStage } from './way-stage.ts';

const gift = {
  ...{ id: 'surprise', when: { type: ['order.placed'] }, entitlements: ['cake'] },
  everyDays: 90,
};

describe('a gift', () => {
  it.each([
    ['2026-03-31', 1],
    ['2026-04-01', 2],
    // An event that comes late brings none close before the last one.
    ['2025-12-20', 1],
  ])('after one on 1 January: on %s there are %s', (day, count) => {
    const stage = new WayStage({ gifts: [gift] });
    const decision = stage.event('order.placed', '2026-01-01');
    expect(decision).toMatchObject({ movements: [], awards: [], explanation: { reason: 'GIFT' } });
    stage.event('order.placed', day);
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(count);
  });

  it('without days between comes each time', () => {
    const stage = new WayStage({ gifts: [{ ...gift, everyDays: undefined }] });
    for (let order = 0; order < 3; order += 1) stage.event('order.placed', '2026-01-01');
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(3);
    expect(stage.entitlements(at('2026-01-02'))).toEqual(['cake']);
  });

  it('may be given by a person, and counts as one', () => {
    const stage = new WayStage({ gifts: [gift] });
    stage.event('order.placed', '2026-06-01');
    stage.command('gift.given', { gift: 'surprise', reason: 'a kind word' }, { day: '2026-06-15' });
    expect(recordsOf(stage.member(), 'entitlement')).toHaveLength(2);
    expect(stage.event('order.placed', '2026-09-12')).toBeUndefined();
    expect(stage.event('order.placed', '2026-09-13')).toBeDefined();
    expect(stage.command('gift.given', { gift: 'none' })).toMatchObject({ code: 'UNKNOWN_WAY' });
    const own = stage.command('gift.given', { gift: 'surprise' }, { actor: 'ann' });
    expect(own).toMatchObject({ code: 'SAME_PERSON' });
  });
});
