import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../../shared/domain/earning/event.ts';
import type { AwardRecord } from '../../../../../shared/domain/ledger/entry.ts';
import { metricKey, shortKey } from '../../../../../shared/domain/member/figure-key.ts';
import { metricAdds, metricEver, metricOver } from '../../../../../shared/domain/metrics/metric.ts';
import { compiled, day, event, TierMember } from '../tiers/tier-member.ts';

type Happened = Parameters<typeof event>[0];

function addsOf(
  metric: object,
  happened: Happened,
  { awards = [], parts = {} }: { awards?: readonly AwardRecord[]; parts?: object } = {},
): Record<string, bigint> {
  const metrics = [{ id: 'it', when: { type: ['order.placed'] }, of: 'amount', ...metric }];
  const one = event(happened);
  const program = compiled({ metrics, ...parts });
  const adds = metricAdds({ compiled: program, event: one, subject: subjectOf(one), awards });
  return Object.fromEntries(adds.map(({ key, add }) => [key, add]));
}

const february = metricKey('it', day('2026-02-01'));
const order = { on: '2026-02-10', amountMinor: 1050n };
const lines = [
  { sku: 'A', quantity: 1, amountMinor: 800n, category: 'hotel' },
  { sku: 'B', quantity: 1, amountMinor: 250n, category: 'tax' },
];

describe('a metric', () => {
  it('counts amounts in the month of the event in the zone of the program', () => {
    expect(addsOf({}, order)).toEqual({ [february]: 1050n });
    const late = { ...order, on: '2026-01-31T23:30:00Z' };
    expect(addsOf({}, late, { parts: { timeZone: 'Europe/Berlin' } })).toEqual({
      [february]: 1050n,
    });
    expect(addsOf({}, { ...order, type: 'order.returned' })).toEqual({});
  });

  it('counts events, points and fields', () => {
    expect(addsOf({ of: 'count' }, order)).toEqual({ [february]: 1n });
    const nights = { ...order, data: { nights: 3 } };
    expect(addsOf({ of: 'data.nights' }, nights)).toEqual({ [february]: 3n });
    for (const value of [1.5, '3', null, 2 ** 60]) {
      expect(addsOf({ of: 'data.nights' }, { ...order, data: { nights: value } })).toEqual({});
    }
  });

  it('counts points of its unit, and of a split the own part', () => {
    const award = (unit: string, ...parts: [string, bigint][]): AwardRecord => ({
      ...{ rule: 'order-points', unit, basisMinor: 0n, arithmetic: '' },
      points: parts.reduce((sum, [, points]) => sum + points, 0n),
      parts: parts.map(([member, points]) => ({ member, points })),
    });
    const awards = [
      award('PTS', ['ann', 10n]),
      award('PTS', ['ann', 3n], ['bob', 4n]),
      award('MIL', ['ann', 100n]),
    ];
    const parts = {
      units: {
        PTS: { names: { en: { one: 'point', other: 'points' } } },
        MIL: { names: { en: { one: 'mile', other: 'miles' } } },
      },
      expiry: [
        { unit: 'PTS', kind: 'never' },
        { unit: 'MIL', kind: 'never' },
      ],
    };
    expect(addsOf({ of: 'points' }, order, { awards, parts })).toEqual({ [february]: 13n });
    const miles = { of: 'points', unit: 'MIL' };
    expect(addsOf(miles, order, { awards, parts })).toEqual({ [february]: 100n });
  });

  it('leaves out lines, and events without a line that counts', () => {
    const except = { lines: { except: { categories: ['tax'] } } };
    expect(addsOf(except, { ...order, lines })).toEqual({ [february]: 800n });
    const none = { of: 'count', lines: { only: { categories: ['spa'] } } };
    expect(addsOf(none, { ...order, lines })).toEqual({});
  });

  it('leaves out events below its minimum, after the lines are chosen', () => {
    const least = {
      of: 'count',
      lines: { except: { categories: ['tax'] } },
      minimumAmountMinor: { GBP: 801 },
    };
    expect(addsOf(least, { ...order, lines })).toEqual({});
    const reached = { ...least, minimumAmountMinor: { GBP: 800 } };
    expect(addsOf(reached, { ...order, lines })).toEqual({ [february]: 1n });
  });

  it('counts some purchases more than once, exactly, rounded down once', () => {
    const accelerators = [
      { when: { country: ['DE'] }, percent: 150 },
      { when: { type: ['order.placed'] }, percent: 101 },
    ];
    expect(addsOf({ accelerators }, { ...order, country: 'DE' })).toEqual({ [february]: 1590n });
    expect(addsOf({ accelerators }, order)).toEqual({ [february]: 1060n });
  });

  it('of an average counts its reports, those of nothing too', () => {
    const average = { kind: 'average', of: 'data.balance' };
    const report = (balance: number) => ({ ...order, data: { balance } });
    expect(addsOf(average, report(7))).toEqual({ [february]: 7n, [`${february}n`]: 1n });
    expect(addsOf(average, report(0))).toEqual({ [`${february}n`]: 1n });
  });

  it('that a milestone names is counted for all times too', () => {
    const milestone = { id: 'big', kind: 'milestone', metric: 'it', atLeast: 5, reward: {} };
    const parts = { occasions: [{ ...milestone, reward: { points: { unit: 'PTS', amount: 1 } } }] };
    expect(addsOf({}, order, { parts })).toEqual({ [february]: 1050n, [shortKey('it')]: 1050n });
  });
});

describe('a figure over months', () => {
  const metrics = [
    { id: 'spend', when: { type: ['order.placed'] }, of: 'amount' },
    { id: 'balance', when: { type: ['balance.reported'] }, kind: 'average', of: 'data.balance' },
  ];
  const program = compiled({
    metrics,
    occasions: [
      {
        ...{ id: 'big', kind: 'milestone', metric: 'spend', atLeast: 5 },
        reward: { points: { unit: 'PTS', amount: 1 } },
      },
    ],
  });
  const year = { from: day('2026-01-01'), to: day('2027-01-01') };

  it('sums what happened in them, whatever the order', () => {
    const spending = fc.array(
      fc.record({ month: fc.integer({ min: 1, max: 12 }), amount: fc.nat({ max: 10_000 }) }),
    );
    fc.assert(
      fc.property(spending, fc.integer({ min: 1, max: 12 }), (events, split) => {
        const ann = new TierMember(program);
        const monthText = (month: number) => String(month).padStart(2, '0');
        for (const { month, amount } of events) ann.spends(`2026-${monthText(month)}-15`, amount);
        const sum = BigInt(events.reduce((total, { amount }) => total + amount, 0));
        const over = (from: string, to: string) =>
          metricOver(ann.snapshot, program.program, 'spend', { from: day(from), to: day(to) });
        const middle = `2026-${monthText(split)}-01`;
        expect(over(year.from, middle) + over(middle, year.to)).toBe(sum);
        expect(metricEver(ann.snapshot, program.program, 'spend')).toBe(sum);
      }),
      { seed: 20_261_102, numRuns: 50 },
    );
  });

  it('is the mean of all reports, rounded down, and zero without any', () => {
    const ann = new TierMember(program);
    const report = (on: string, balance: number) =>
      ann.happens({ on, type: 'balance.reported', data: { balance } });
    const mean = () => metricOver(ann.snapshot, program.program, 'balance', year);
    expect(mean()).toBe(0n);
    report('2026-01-31', 10);
    report('2026-02-28', 10);
    report('2026-02-28', 12);
    expect(mean()).toBe(10n);
    report('2026-03-31', -40);
    expect(mean()).toBe(-2n);
  });
});
