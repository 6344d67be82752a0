import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBalanced, type Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { amountOf, payoutAmounts, restOf } from '../../../../../shared/domain/payout/amounts.ts';
import { paidLegs, returnedLegs } from '../../../../../shared/domain/payout/legs.ts';
import { type Rate, rateOf } from '../../../../../shared/domain/rates/rate.ts';
import { runs } from '../../../../properties/runs.ts';
import { day } from '../../../../support/points.ts';
import { railOf } from './rails.ts';

const currencies = ['EUR', 'JPY', 'KWD', 'USD'] as const;
const ratio = fc.record({
  numerator: fc.bigInt({ min: 1n, max: 10n ** 9n }),
  denominator: fc.bigInt({ min: 1n, max: 10n ** 9n }),
});

function rateBetween(from: string, to: string, value: { numerator: bigint; denominator: bigint }) {
  return rateOf(value, {
    ...{ from, to, asOf: day('2026-03-13'), source: 'ecb', path: [from, to] },
  });
}

const anyPayout = fc
  .record({
    from: fc.constantFrom(...currencies),
    to: fc.constantFrom(...currencies),
    grossMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    rate: ratio,
    rateBack: ratio,
    bearer: fc.constantFrom('member', 'program'),
    basisPoints: fc.integer({ min: 0, max: 10_000 }),
    fixed: fc.integer({ min: 1, max: 10_000 }),
    chargedMinor: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    donatedPercent: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100 })),
  })
  .map(
    ({
      from,
      to,
      grossMinor,
      bearer,
      basisPoints,
      fixed,
      chargedMinor,
      donatedPercent,
      ...rates
    }) => {
      const fixedMinor = Object.fromEntries(currencies.map((each) => [each, fixed]));
      const rail = railOf({ fee: { bearer, basisPoints, fixedMinor } });
      const isSame = from === to;
      const gross = { amountMinor: grossMinor, currency: from };
      const rate = isSame ? undefined : rateBetween(from, to, rates.rate);
      const amounts = payoutAmounts(gross, { rail, donatedPercent, rate });
      const charge = { provider: 'wise', charge: { amountMinor: chargedMinor, currency: to } };
      const rateBack: Rate | undefined = isSame ? undefined : rateBetween(to, from, rates.rateBack);
      return { amounts, charge, rateBack };
    },
  );

function total(legs: readonly Leg[], kind: string, unit: string): bigint {
  const own = legs.filter((leg) => leg.account.kind === kind && leg.unit === unit);
  return own.reduce((sum, { amount }) => sum + amount, 0n);
}

describe('the legs of any payout', () => {
  it('balance, take all that is held, and share it between member and fee', () => {
    fc.assert(
      fc.property(anyPayout, ({ amounts, charge }) => {
        const { gross, net, feeMinor, bearer } = amounts;
        const legs = paidLegs(amounts, charge, 'food-bank');
        assertBalanced(legs);
        expect(total(legs, 'donation', gross.currency)).toBe(amounts.donatedMinor);
        expect(total(legs, 'held', gross.currency)).toBe(-gross.amountMinor);
        expect(total(legs, 'redeemed', net.currency)).toBe(net.amountMinor);
        const borne = bearer === 'member' ? feeMinor : 0n;
        expect(net.amountMinor + borne).toBe(amountOf(amounts).amountMinor);
        expect(net.amountMinor).toBeGreaterThanOrEqual(0n);
      }),
      runs(300),
    );
  });

  it('come back to the cent, and what the rate has moved is the program’s', () => {
    fc.assert(
      fc.property(anyPayout, ({ amounts, charge, rateBack }) => {
        const paid = paidLegs(amounts, charge, 'food-bank');
        const { legs, exchange, resultMinor } = returnedLegs(paid, amounts, rateBack);
        assertBalanced(legs);
        const { gross, net } = amounts;
        expect(total(legs, 'held', gross.currency)).toBe(restOf(amounts));
        expect(total(legs, 'donation', gross.currency)).toBe(0n);
        expect(total([...paid, ...legs], 'redeemed', net.currency)).toBe(0n);
        expect(total([...paid, ...legs], 'payoutFee', net.currency)).toBe(0n);
        expect(total([...paid, ...legs], 'providerPayable', net.currency)).toBe(0n);
        expect(total(legs, 'fxResult', gross.currency)).toBe(resultMinor);
        expect((exchange?.toMinor ?? restOf(amounts)) - restOf(amounts)).toBe(resultMinor);
      }),
      runs(300),
    );
  });

  it('undo themselves where no rate of the return is known', () => {
    fc.assert(
      fc.property(anyPayout, ({ amounts, charge }) => {
        const paid = paidLegs(amounts, charge, 'food-bank');
        const { legs, resultMinor } = returnedLegs(paid, amounts, undefined);
        assertBalanced(legs);
        expect(resultMinor).toBe(0n);
        for (const { account, unit } of paid) {
          if (account.kind === 'donation') continue;
          const left = account.kind === 'held' ? -amounts.donatedMinor : 0n;
          expect(total([...paid, ...legs], account.kind, unit)).toBe(left);
        }
      }),
      runs(300),
    );
  });
});
