import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Offer } from '../../../../../shared/domain/catalogue/offer.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { rateOf } from '../../../../../shared/domain/rates/rate.ts';
import { priceOffer, type RateOf } from '../../../../../shared/domain/redemption/price.ts';
import { refusal } from '../../../../../shared/domain/refusal.ts';
import { failure, success } from '../../../../../shared/domain/result.ts';
import { day } from '../../../../support/points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const seed = 20_261_122;

function offer(parts: Partial<Offer> = {}): Offer {
  return {
    ...{ rewardId: 'card', kind: 'eGiftCard', name: 'A card', currency: 'GBP', countries: [] },
    ...{ unit: 'PTS', price: { kind: 'perMajorUnit', points: 100 }, minimumPoints: 1n },
    ...{ sources: [], promisedMinutes: 60 },
    ...parts,
  };
}

/** Points of which so many are worth so many cents. */
function program(redemption: Readonly<Record<string, unknown>> = {}): Program {
  const worth = { currency: 'EUR', amountMinor: 1, points: 2 };
  const given = { policies: [{ unit: 'PTS', worth }], ...redemption };
  return sampleProgram({ catalogue: undefined, redemption: given });
}

/** One pound is 1.25 euros; one yen is 1/160 of one. */
const rates: RateOf = (from, to) => {
  const parts = { from, to, asOf: day('2026-06-15'), source: 'ecb', path: [from, to] };
  if (from === 'GBP') return success(rateOf({ numerator: 5n, denominator: 4n }, parts));
  if (from === 'JPY') return success(rateOf({ numerator: 1n, denominator: 160n }, parts));
  return failure(refusal('RATE_STALE'));
};

function pointsOf(asked: Parameters<typeof priceOffer>[1], of = program()): bigint | string {
  const priced = priceOffer(of, asked, rates);
  return priced.ok ? priced.value.points : priced.failure.code;
}

const byWorth = (marginBasisPoints: number) => ({ kind: 'byWorth', marginBasisPoints }) as const;

describe('a price for each major unit', () => {
  it('is rounded up, once', () => {
    const dear = offer({ price: { kind: 'perMajorUnit', points: 33 } });
    const prices = [1n, 3n, 4n, 100n, 101n, 1000n].map((amountMinor) =>
      pointsOf({ offer: dear, amountMinor }),
    );
    expect(prices).toEqual([1n, 1n, 2n, 33n, 34n, 330n]);
  });

  it('never gives value away, nor takes a whole point too many', () => {
    const rate = fc.integer({ min: 1, max: 1_000_000_000 });
    const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
    const property = fc.property(rate, amount, (points, amountMinor) => {
      const price = { kind: 'perMajorUnit', points } as const;
      const found = BigInt(pointsOf({ offer: offer({ price }), amountMinor }));
      const exact = amountMinor * BigInt(points);
      expect(found * 100n >= exact && (found - 1n) * 100n < exact).toBe(true);
    });
    fc.assert(property, { seed });
  });

  it('begins at the minimum', () => {
    const least = offer({ minimumPoints: 500n });
    expect(pointsOf({ offer: least, amountMinor: 500n })).toBe(500n);
    expect(priceOffer(program(), { offer: least, amountMinor: 499n }, rates)).toEqual(
      failure({ code: 'BELOW_MINIMUM', field: 'amountMinor' }),
    );
  });

  it('keeps to the policy of its unit, and names the field', () => {
    const stepped = program({ policies: [{ unit: 'PTS', steps: [1000] }] });
    const price = (amountMinor: bigint) =>
      priceOffer(stepped, { offer: offer(), amountMinor }, rates);
    expect(price(1000n)).toMatchObject({ ok: true, value: { points: 1000n } });
    expect(price(1100n)).toEqual(failure({ code: 'NOT_A_STEP', field: 'amountMinor' }));
  });
});

describe('a price for the thing', () => {
  it('is the same whatever its face value', () => {
    const fixed = offer({ price: { kind: 'fixed', points: 750 } });
    expect([0n, 1n, 10_000n].map((amountMinor) => pointsOf({ offer: fixed, amountMinor }))).toEqual(
      [750n, 750n, 750n],
    );
  });
});

describe('a price by worth', () => {
  it('is what the points are worth, at the rate of the day, and a margin, rounded up once', () => {
    // 10.00 GBP = 12.50 EUR = 1,250 cents = 2,500 points; 3 % more are 2,575.
    expect(pointsOf({ offer: offer({ price: byWorth(0) }), amountMinor: 1000n })).toBe(2500n);
    expect(pointsOf({ offer: offer({ price: byWorth(300) }), amountMinor: 1000n })).toBe(2575n);
    // 100 yen = 0.625 EUR = 62.5 cents = 125 points; 1 % more are 126.25.
    const yen = offer({ currency: 'JPY', price: byWorth(100) });
    expect(pointsOf({ offer: yen, amountMinor: 100n })).toBe(127n);
  });

  it('tells the rate and the margin that it was made with', () => {
    const asked = { offer: offer({ price: byWorth(300) }), amountMinor: 1000n };
    expect(priceOffer(program(), asked, rates)).toMatchObject({
      ok: true,
      value: {
        marginBasisPoints: 300,
        rate: { from: 'GBP', to: 'EUR', rate: { numerator: 5n, denominator: 4n }, source: 'ecb' },
      },
    });
  });

  it('needs no rate in its own currency, and is refused without one in another', () => {
    const euro = offer({ currency: 'EUR', price: byWorth(0) });
    expect(priceOffer(program(), { offer: euro, amountMinor: 1000n }, rates)).toEqual(
      success({ unit: 'PTS', points: 2000n, marginBasisPoints: 0 }),
    );
    const krona = offer({ currency: 'SEK', price: byWorth(0) });
    expect(pointsOf({ offer: krona, amountMinor: 1000n })).toBe('RATE_STALE');
  });

  it('grows with the amount and the margin', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
    const margin = fc.integer({ min: 0, max: 9999 });
    const currency = fc.constantFrom('GBP', 'JPY', 'EUR');
    const property = fc.property(amount, margin, currency, (amountMinor, points, money) => {
      const price = (minor: bigint, basisPoints: number) => {
        const asked = offer({ currency: money, price: byWorth(basisPoints) });
        return BigInt(pointsOf({ offer: asked, amountMinor: minor }));
      };
      const found = price(amountMinor, points);
      expect(price(amountMinor + 1n, points) >= found).toBe(true);
      expect(price(amountMinor, points + 1) >= found).toBe(true);
      expect(found > 0n).toBe(true);
    });
    fc.assert(property, { seed });
  });
});

describe('a part in cash', () => {
  const cash = { cash: { maximumPercent: 60 } };
  const ten = { offer: offer({ price: byWorth(0) }), amountMinor: 1000n };

  function part(points: bigint, redemption: Readonly<Record<string, unknown>> = cash) {
    const priced = priceOffer(program(redemption), { ...ten, points }, rates);
    if (!priced.ok) return priced.failure;
    return { points: priced.value.points, cash: priced.value.cash?.amountMinor };
  }

  it('is the price in money less the worth of the points, rounded up', () => {
    // 2,500 points are 10.00 GBP; 2,000 are 8.00, and 2,001 are 8.004.
    expect(part(2000n)).toEqual({ points: 2000n, cash: 200n });
    expect(part(2001n)).toEqual({ points: 2001n, cash: 200n });
    expect(part(2499n)).toEqual({ points: 2499n, cash: 1n });
    expect(part(2500n)).toEqual({ points: 2500n, cash: undefined });
  });

  it('is at most what the program says', () => {
    expect(part(1000n)).toEqual({ points: 1000n, cash: 600n });
    expect(part(999n)).toEqual({ code: 'CASH_SHARE_EXCEEDED', field: 'points' });
    expect(part(2501n)).toEqual({ code: 'FIELD_INVALID', field: 'points' });
    expect(part(2000n, {})).toEqual({ code: 'CASH_NOT_OFFERED', field: 'points' });
  });

  it('is asked for where points pay only a share', () => {
    const worth = { currency: 'EUR', amountMinor: 1, points: 2 };
    const shared = { ...cash, policies: [{ unit: 'PTS', worth, maximumSharePercent: 80 }] };
    expect(part(2500n, shared)).toEqual({ code: 'SHARE_OF_PRICE_EXCEEDED', field: 'points' });
    expect(part(2001n, shared)).toEqual({ code: 'SHARE_OF_PRICE_EXCEEDED', field: 'points' });
    expect(part(2000n, shared)).toEqual({ points: 2000n, cash: 200n });
  });

  it('and points together are never worth less than the price', () => {
    const points = fc.bigInt({ min: 1n, max: 2499n });
    const property = fc.property(points, (asked) => {
      const found = part(asked, { cash: { maximumPercent: 99 } });
      if ('code' in found) return;
      // In hundredths of a penny: a point is 0.4 p.
      const paid = asked * 40n + (found.cash ?? 0n) * 100n;
      expect(paid >= 100_000n && paid < 100_000n + 100n).toBe(true);
    });
    fc.assert(property, { seed });
  });
});
