import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuseByPolicy, worthOf } from '../../../../../shared/domain/redemption/policy.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

function programWith(policy: Readonly<Record<string, unknown>>) {
  const redemption = { policies: [{ unit: 'PTS', ...policy }] };
  return sampleProgram({ catalogue: undefined, redemption });
}

const withoutPolicy = sampleProgram({ catalogue: undefined, redemption: {} });

const euro = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

describe('what points may be spent on', () => {
  const code = (policy: object, terms: object) =>
    refuseByPolicy(programWith({ ...policy }), { unit: 'PTS', points: 100n, ...terms })?.code;

  it('is anything, where the program has no policy for the unit', () => {
    expect(refuseByPolicy(withoutPolicy, { unit: 'PTS', points: 1n })).toBeUndefined();
    expect(code({ minimumPoints: 500 }, { unit: 'MILES' })).toBeUndefined();
  });

  it('begins at the minimum', () => {
    expect(code({ minimumPoints: 101 }, {})).toBe('BELOW_MINIMUM');
    expect(code({ minimumPoints: 100 }, {})).toBeUndefined();
  });

  it('goes in steps', () => {
    expect(code({ steps: [25, 100] }, {})).toBeUndefined();
    expect(code({ steps: [25, 101] }, {})).toBe('NOT_A_STEP');
  });

  it('is limited for each order', () => {
    expect(code({ maximumPerOrder: 2 }, {})).toBeUndefined();
    expect(code({ maximumPerOrder: 2 }, { earlierInOrder: 1 })).toBeUndefined();
    expect(code({ maximumPerOrder: 2 }, { earlierInOrder: 2 })).toBe('TOO_MANY_FOR_ORDER');
  });

  it('pays only its share of a price', () => {
    const worth = { currency: 'EUR', amountMinor: 1, points: 3 };
    const policy = { maximumSharePercent: 30, worth };
    expect(code(policy, {})).toBeUndefined();
    expect(code(policy, { points: 90n, price: euro(100n) })).toBeUndefined();
    expect(code(policy, { points: 91n, price: euro(100n) })).toBe('SHARE_OF_PRICE_EXCEEDED');
    const dollars = { amountMinor: 1000n, currency: 'USD' };
    expect(code(policy, { price: dollars })).toBe('REWARD_CURRENCY_MISMATCH');
  });
});

describe('what points are worth', () => {
  const worth = { currency: 'EUR', amountMinor: 1, points: 3 };
  const valuePercents = { by: 'class', rows: { vip: 200, true: 300 } };
  const program = programWith({ worth, valuePercents });

  it('is whole minor units, and more on some items', () => {
    expect(worthOf(program, 'PTS', 5n)).toEqual(euro(1n));
    expect(worthOf(program, 'PTS', 5n, { class: 'vip' })).toEqual(euro(3n));
    expect(worthOf(program, 'PTS', 5n, { class: true })).toEqual(euro(5n));
    expect(worthOf(program, 'PTS', 5n, { class: 'plain' })).toEqual(euro(1n));
    expect(worthOf(withoutPolicy, 'PTS', 5n)).toBeUndefined();
  });

  it('never rises by splitting', () => {
    const points = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const whole = (amount: bigint) => worthOf(program, 'PTS', amount)?.amountMinor ?? 0n;
    const property = fc.property(points, points, (one, other) => {
      expect(whole(one) + whole(other)).toBeLessThanOrEqual(whole(one + other));
    });
    fc.assert(property, { seed: 20_261_122 });
  });
});
