import { describe, expect, it } from 'vitest';
import { emptyDecision } from '../../../../../shared/domain/member/decision.ts';
import { shortKey } from '../../../../../shared/domain/member/figure-key.ts';
import { at, WayStage } from './way-stage.ts';

const reward = { points: { unit: 'PTS', amount: 50 } };
const birthday = { kind: 'birthday', id: 'birthday', reward };
const yearly = { kind: 'anniversary', id: 'years', reward };

function stageWith(occasion: Record<string, unknown>, from?: string): WayStage {
  return new WayStage({ occasions: [occasion] }, from);
}

const days = (ids: readonly string[]) => ids.map((id) => id.split(':').at(-1));

describe('a birthday', () => {
  it.each([
    ['03-05', ['2026-03-05', '2027-03-05']],
    // Told on the day itself, or after it: the next year pays.
    ['03-01', ['2027-03-01']],
    ['02-10', ['2027-02-10']],
    ['02-29', ['2027-02-28', '2028-02-29']],
  ])('on %s is celebrated on %s', (on, expected) => {
    const stage = stageWith(birthday);
    stage.enrol('2026-03-01', { birthday: on });
    const until = at(expected.at(-1) ?? '', '00:00');
    expect(days(stage.sweep(until))).toEqual(expected);
    expect(stage.points()).toBe(BigInt(50 * expected.length));
    expect(stage.sweep(until)).toEqual([]);
  });

  it('comes at the start of the local day, however late the sweep is', () => {
    const stage = stageWith(birthday);
    stage.enrol('2026-03-01', { birthday: '07-01' });
    expect(stage.sweep(at('2026-06-30', '22:59'))).toEqual([]);
    stage.sweep(at('2026-12-01'));
    expect(stage.decisions).toMatchObject([
      {
        at: at('2026-06-30', '23:00'),
        decision: { kind: 'accrual', awards: [{ rule: 'occasion:birthday', lot: '280801' }] },
      },
    ]);
  });

  it('is not celebrated twice within a year by moving it', () => {
    const stage = stageWith(birthday);
    stage.enrol('2026-01-01', { birthday: '12-20' });
    stage.sweep(at('2026-12-31'));
    stage.enrol('2026-01-01', { birthday: '01-05', birthdaySetAt: at('2026-12-31') });
    expect(days(stage.sweep(at('2028-06-01')))).toEqual(['2028-01-05']);
  });

  it('that passed before the program knew of birthdays is none', () => {
    const stage = stageWith(birthday, '2026-06-01');
    stage.enrol('2020-01-01', { birthday: '05-31' });
    expect(days(stage.sweep(at('2028-01-01')))).toEqual(['2027-05-31']);
    const same = stageWith(birthday, '2026-06-01');
    same.enrol('2020-01-01', { birthday: '06-01' });
    expect(days(same.sweep(at('2026-06-02')))).toEqual(['2026-06-01']);
  });

  it('nobody told is none, nor is that of somebody who became another member', () => {
    const stage = stageWith(birthday);
    expect(stage.sweep(at('2030-01-01'))).toEqual([]);
    stage.enrol('2026-01-01');
    expect(stage.sweep(at('2030-01-01'))).toEqual([]);
    stage.enrol('2026-01-01', { birthday: '05-05', mergedInto: 'ben' });
    expect(stage.sweep(at('2030-01-01'))).toEqual([]);
  });
});

describe('an anniversary', () => {
  it('comes each year, on 28 February for a leap day', () => {
    const stage = stageWith(yearly);
    stage.enrol('2024-02-29');
    const expected = ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'];
    expect(days(stage.sweep(at('2028-03-01')))).toEqual(expected);
  });

  it('comes only in the years that are listed', () => {
    const stage = stageWith({ ...yearly, years: [5, 1] });
    stage.enrol('2020-05-05');
    expect(days(stage.sweep(at('2040-01-01')))).toEqual(['2021-05-05', '2025-05-05']);
  });
});

describe('a milestone', () => {
  const parts = {
    metrics: [{ id: 'nights', when: { type: ['stay.ended'] }, of: 'data.nights' }],
    occasions: [{ kind: 'milestone', id: 'hundred', metric: 'nights', atLeast: 100, reward }],
    eventTypes: ['stay.ended'],
  };
  const stay = (stage: WayStage, day: string, nights: number) =>
    stage.event('stay.ended', day, { data: { nights } });

  it('is reached once, over all years, with the event that reaches it', () => {
    const stage = new WayStage(parts);
    expect(stay(stage, '2021-01-01', 99)).toBeUndefined();
    const last = stay(stage, '2026-01-01', 1);
    expect(last?.awards).toMatchObject([{ rule: 'occasion:hundred', points: 50n }]);
    expect(stay(stage, '2026-01-02', 500)).toBeUndefined();
    expect(stage.sweep(at('2027-01-01'))).toEqual([]);
  });

  it('that two events at once have passed is found by the sweep', () => {
    const stage = new WayStage(parts);
    for (const add of [60n, 60n]) {
      const unseen = emptyDecision('accrual', { reason: 'EARNED' });
      stage.apply({ ...unseen, metrics: [{ key: shortKey('nights'), add }] }, 'ann');
    }
    expect(stage.sweep(at('2026-02-01'))).toEqual(['milestone:hundred']);
    expect(stage.points()).toBe(50n);
    expect(stage.decisions).toMatchObject([{ at: at('2026-02-01', '00:00') }]);
  });
});
