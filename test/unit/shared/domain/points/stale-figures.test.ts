import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../../shared/domain/calendar.ts';
import { figureKey, metricKey, shortKey } from '../../../../../shared/domain/member/figure-key.ts';
import { metricMonths } from '../../../../../shared/domain/metrics/retention.ts';
import { type Balance, emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import { staleFigures } from '../../../../../shared/domain/points/stale-figures.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { day } from '../../../../support/points.ts';
import { compiledProgram } from './bent-program.ts';

const windows = ['day', 'week', 'month', 'quarter', 'year', 'membershipYear'] as const;
const earning = {
  rules: [],
  caps: [...windows, 'lifetime'].map((window) => ({
    ...{ id: `cap-${window.toLowerCase()}`, per: 'member', points: 100, window },
  })),
};
const metrics = [{ id: 'nights', when: { type: ['stay'] }, of: 'count' }];
const compiled = compiledProgram({ earning, metrics, lateDays: 10 });

function staleAt(now: string, keys: readonly string[], program = compiled) {
  const figures = new Map(keys.map((key) => [key, 1n]));
  const standing = { ...emptyBalance.standing, counters: figures, metrics: figures };
  const balance: Balance = { ...emptyBalance, standing };
  return staleFigures({ compiled: program, balance, now: instantOf(Date.parse(now)) });
}

describe('counters', () => {
  const key = (window: string, start: string) =>
    figureKey(`cap-${window.toLowerCase()}`, day(start));

  it.each([
    ['day', '2026-06-01', '2026-06-12', '2026-06-13'],
    ['week', '2026-06-01', '2026-06-18', '2026-06-19'],
    ['month', '2026-06-01', '2026-07-11', '2026-07-12'],
    ['quarter', '2026-04-01', '2026-07-11', '2026-07-12'],
    ['year', '2026-01-01', '2027-01-11', '2027-01-12'],
    ['membershipYear', '2026-03-15', '2027-03-25', '2027-03-26'],
  ])('of a %s stay as long as events of it may come', (window, start, last, first) => {
    const counter = key(window, start);
    const keys = [counter, `${counter}n`, `${counter}.abcd`, `${counter}.abcdn`];
    expect(staleAt(`${last}T12:00:00Z`, keys).counters).toEqual([]);
    expect(staleAt(`${first}T12:00:00Z`, keys).counters).toEqual(keys);
  });

  it('of a lifetime, or of what the program does not name, stay', () => {
    const keys = [figureKey('cap-lifetime', undefined), figureKey('other', day('2001-01-01'))];
    expect(staleAt('2030-01-01T00:00:00Z', [...keys, `${keys[0]}.2601`]).counters).toEqual([]);
  });

  it('stay where events of any age are accepted', () => {
    const any = compiledProgram({ earning, metrics });
    expect(staleAt('2030-01-01T00:00:00Z', [key('day', '2026-06-01')], any).counters).toEqual([]);
  });
});

describe('metrics', () => {
  it('stay as long as anything looks back to their month', () => {
    const months = metricMonths(compiled.program).get('nights') ?? 0;
    expect(months).toBeGreaterThan(0);
    const kept = metricKey('nights', addMonths(day('2026-06-01'), 1 - months));
    const gone = metricKey('nights', addMonths(day('2026-06-01'), -months));
    const others = [
      shortKey('nights'),
      `${shortKey('nights')}n`,
      metricKey('x', day('2001-01-01')),
    ];
    const keys = [kept, `${kept}n`, ...others, gone, `${gone}n`];
    expect(staleAt('2026-06-15T00:00:00Z', keys)).toMatchObject({
      today: '2026-06-15',
      metrics: [gone, `${gone}n`],
    });
  });
});
