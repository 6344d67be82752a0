import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../../../../../shared/domain/program/parse.ts';
import { reward } from '../../../../../support/offers.ts';
import { sampleProgramJson } from '../../../../../support/sample-program.ts';

type Parts = Readonly<Record<string, unknown>>;

const worth = { currency: 'GBP', amountMinor: 1, points: 1 };
const policies = [{ unit: 'PTS', worth }];

function told(rewards: readonly unknown[], redemption: Parts = {}, parts: Parts = {}): string[] {
  const json = { ...sampleProgramJson(), catalogue: undefined, ...parts, rewards, redemption };
  const read = parseProgram(json);
  if ('program' in read) return [];
  return read.findings.map(({ pointer, message }) => `${pointer}: ${message}`);
}

const without = { pointsPerMajorUnit: undefined };

describe('the price of a reward', () => {
  it('is one of three', () => {
    expect(told([reward()])).toEqual([]);
    expect(told([reward(without)])).toEqual([
      '/rewards/0: has no price: one of pointsPerMajorUnit, points, marginBasisPoints',
    ]);
    expect(told([reward({ points: 5, amountsMinor: [500] })])).toEqual([
      '/rewards/0/points: is a second price: `pointsPerMajorUnit` is one already',
    ]);
  });

  it('for the thing is for one face value, or none', () => {
    const thing = { ...without, points: 500 };
    const finding = 'is one price for the thing: give `amountsMinor` its one face value';
    expect(told([reward({ ...thing, amountsMinor: [500] })])).toEqual([]);
    expect(told([reward({ ...thing, kind: 'perk' })])).toEqual([]);
    expect(told([reward(thing)])).toEqual([`/rewards/0/points: ${finding}`]);
    const two = reward({ ...thing, kind: 'perk', amountsMinor: [500, 600] });
    expect(told([two])).toEqual([`/rewards/0/points: ${finding}`]);
  });

  it('by worth needs the worth', () => {
    const byWorth = reward({ ...without, marginBasisPoints: 100 });
    expect(told([byWorth], { policies })).toEqual([]);
    expect(told([byWorth])).toEqual([
      '/rewards/0/marginBasisPoints: needs a `worth` of PTS in `redemption.policies`: ' +
        'it makes the price',
    ]);
    const catalogue = { unit: 'PTS', marginBasisPoints: 0 };
    expect(told([], { policies }, { catalogue })).toEqual([]);
    expect(told([], {}, { catalogue })[0]).toContain('/catalogue/unit: needs a `worth` of PTS');
  });
});

describe('the rules of redemptions', () => {
  const limit = { id: 'l', unit: 'PTS', window: 'day' };

  it('limit something, under names of their own', () => {
    expect(told([reward()], { limits: [{ ...limit, maximumTimes: 1 }] })).toEqual([]);
    expect(told([reward()], { limits: [limit] })).toEqual([
      '/redemption/limits/0: limits nothing: give it `maximumPoints` or `maximumTimes`',
    ]);
    const twice = [
      { ...limit, maximumTimes: 1 },
      { ...limit, maximumPoints: 1 },
    ];
    expect(told([reward()], { limits: twice })[0]).toContain('/redemption/limits/1/id: is the id');
    const other = [{ ...limit, unit: 'MILES', maximumTimes: 1 }];
    expect(told([reward()], { limits: other })[0]).toContain('the program has no unit `MILES`');
  });

  it('look back at no more redemptions than a balance keeps', () => {
    const fast = (times: number) => [{ id: 'fast', velocity: { times, hours: 24 } }];
    expect(told([reward()], { reviews: fast(20) })).toEqual([]);
    expect(told([reward()], { reviews: fast(21) })[0]).toBe(
      '/redemption/reviews/0/velocity/times: must be at most 20',
    );
  });

  it('take cash only for points that are worth something', () => {
    const cash = { maximumPercent: 50 };
    expect(told([reward()], { cash, policies })).toEqual([]);
    expect(told([reward()], { cash })).toEqual([
      '/redemption/cash: needs a policy with `worth`: what a point pays in money',
    ]);
  });

  it('name tiers and segments that there are', () => {
    expect(told([reward({ tiers: ['gold'], segments: ['vip'] })])).toEqual([
      expect.stringContaining('/rewards/0/segments/0: the program has no segment `vip`'),
      expect.stringContaining('/rewards/0/tiers/0: the program has no tier level `gold`'),
    ]);
  });
});
