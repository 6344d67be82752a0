import { describe, expect, it } from 'vitest';
import { metricMonths } from '../../../../../shared/domain/metrics/retention.ts';
import { compiled, levels } from '../tiers/tier-member.ts';

const tiers = {
  levels: levels('it', { low: undefined, high: 5 }),
  ...{ window: { kind: 'calendarYear' }, up: { when: 'now' }, down: { when: 'never' } },
};
const yearly = { when: 'review', every: 'year', step: 'all' };

function monthsFor(parts: object): number | undefined {
  const metrics = [{ id: 'it', when: { type: ['order.placed'] }, of: 'amount' }];
  return metricMonths(compiled({ metrics, ...parts }).program).get('it');
}

describe('how many months a metric is kept', () => {
  it.each([
    ['this month, where nothing asks for it', {}, 1],
    ['a year, and a month for a late sweep', { tiers }, 13],
    ['longer where events may come late', { tiers, lateDays: 60 }, 16],
    ['to the review of the year before', { tiers: { ...tiers, down: yearly } }, 14],
    ['to a review in March', { tiers: { ...tiers, down: { ...yearly, on: '03-01' } } }, 16],
    ['to the end of the grace', { tiers: { ...tiers, down: { ...yearly, graceMonths: 3 } } }, 17],
    ['two years, where a level may be set', { tiers: { ...tiers, overrideMonths: 6 } }, 25],
    ['a window that rolls', { tiers: { ...tiers, window: { kind: 'rolling', months: 3 } } }, 5],
    [
      'all periods of a goal',
      {
        targets: [
          {
            ...{ id: 'goal', metric: 'it', period: 'quarter' },
            goal: { averageOfLast: 4, plusPercent: 10, floor: 1 },
            award: { unit: 'PTS', points: 1, per: 1, counts: 'all' },
          },
        ],
      },
      17,
    ],
    [
      'a period of perks',
      {
        entitlements: { chat: { names: { en: 'Chat' }, kind: 'perk' } },
        perks: {
          entitlements: ['chat'],
          requirement: { metric: 'it', atLeast: 1, every: 'quarter' },
        },
      },
      5,
    ],
  ])('%s', (_, parts, months) => {
    expect(monthsFor(parts)).toBe(months);
  });
});
