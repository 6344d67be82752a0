import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import {
  isOffered,
  priceReward,
  type RedemptionRequest,
} from '../../../../../shared/domain/redemption/price.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const program = sampleProgram();

function request(parts: Partial<RedemptionRequest> = {}): RedemptionRequest {
  return {
    ...{ member: 'ann', rewardId: 'gift-card-gbp', amountMinor: 500n },
    ...{ currency: 'GBP', country: 'GB' },
    ...parts,
  };
}

function pointsFor(amountMinor: bigint, of: Program = program): bigint | undefined {
  const priced = priceReward(of, request({ amountMinor }));
  return priced.ok ? priced.value.points : undefined;
}

function withReward(parts: Record<string, unknown>): Program {
  const [first, ...others] = program.rewards;
  return sampleProgram({ rewards: [{ ...first, ...parts }, ...others] });
}

describe('the price of a reward', () => {
  it('is 100 points a major unit here', () => {
    const priced = priceReward(program, request());
    expect(priced).toMatchObject({ ok: true, value: { unit: 'PTS', points: 500n } });
    expect(pointsFor(1234n)).toBe(1234n);
  });

  it('is rounded up, once', () => {
    const dear = withReward({ pointsPerMajorUnit: 33, minimumPoints: 1 });
    expect([1n, 3n, 4n, 100n, 101n, 1000n].map((minor) => pointsFor(minor, dear))).toEqual([
      1n,
      1n,
      2n,
      33n,
      34n,
      330n,
    ]);
  });

  it('never gives value away, nor takes a whole point too many', () => {
    const rate = fc.integer({ min: 1, max: 1_000_000_000 });
    const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
    const property = fc.property(rate, amount, (pointsPerMajorUnit, amountMinor) => {
      const bent = withReward({ pointsPerMajorUnit, minimumPoints: 1 });
      const points = pointsFor(amountMinor, bent) ?? 0n;
      const exact = amountMinor * BigInt(pointsPerMajorUnit);
      expect(points * 100n >= exact && (points - 1n) * 100n < exact).toBe(true);
    });
    fc.assert(property);
  });

  it('begins at the minimum', () => {
    expect(pointsFor(500n)).toBe(500n);
    expect(priceReward(program, request({ amountMinor: 499n }))).toEqual({
      ok: false,
      failure: { code: 'BELOW_MINIMUM', field: 'amountMinor' },
    });
  });
});

describe('a reward that cannot be had', () => {
  it.each([
    [{ rewardId: 'gift-card-yen' }, { code: 'UNKNOWN_REWARD', field: 'rewardId' }],
    [{ country: 'DE' }, { code: 'REWARD_NOT_IN_COUNTRY', field: 'country' }],
    [{ country: 'US' }, { code: 'REWARD_NOT_IN_COUNTRY', field: 'country' }],
    [{ currency: 'EUR' }, { code: 'REWARD_CURRENCY_MISMATCH', field: 'currency' }],
  ])('%j is refused: %j', (parts, refusal) => {
    expect(priceReward(program, request(parts))).toEqual({ ok: false, failure: refusal });
  });
});

describe('countries', () => {
  const offered = (country: string) =>
    program.rewards.filter((reward) => isOffered(program, reward, country)).map(({ id }) => id);

  it('each have one reward: their own, or the one for all others', () => {
    expect(offered('GB')).toEqual(['gift-card-gbp']);
    expect(['BG', 'HR', 'DE'].flatMap(offered)).toEqual(Array(3).fill('gift-card-eur'));
    expect(['US', 'JP', 'CH', 'SE'].flatMap(offered)).toEqual(Array(4).fill('gift-card-usd'));
  });

  it('of the euro are the 21 of 2026', () => {
    expect(program.rewards.find(({ currency }) => currency === 'EUR')?.countries).toHaveLength(21);
  });
});
