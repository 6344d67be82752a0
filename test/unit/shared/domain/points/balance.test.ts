import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  applyLegs,
  available,
  dayOfLot,
  emptyBalance,
  isExpired,
  lotExpiringOn,
  needsSettling,
  spendableLots,
} from '../../../../../shared/domain/points/balance.ts';
import { balanceOf, day, filledLots, lot, owner } from '../../../../support/points.ts';

const today = day('2026-06-15');

describe('lots', () => {
  it('are named by the first day on which they are gone', () => {
    expect(lotExpiringOn(day('2028-04-01'))).toBe('280401');
    expect(dayOfLot(lot('2028-04-01'))).toBe('2028-04-01');
    expect(() => lotExpiringOn(day('1999-12-31'))).toThrow('outside 2000-2099');
    expect(() => lotExpiringOn(day('2100-01-01'))).toThrow('outside 2000-2099');
  });

  it('can be spent until the day before', () => {
    expect(isExpired(lot('2026-06-16'), today)).toBe(false);
    expect(isExpired(lot('2026-06-15'), today)).toBe(true);
    expect(isExpired(lot('2026-06-14'), today)).toBe(true);
  });
});

describe('available points', () => {
  it('are unexpired lots less debt', () => {
    const balance = balanceOf({ '2026-06-15': 500n, '2026-07-01': 70n, '2027-01-01': 5n });
    expect(available(balance, today)).toBe(75n);
    expect(available({ ...balance, debt: 100n }, today)).toBe(-25n);
    expect(available(emptyBalance, today)).toBe(0n);
  });

  it('are spent first-expiring first, and empty lots not at all', () => {
    const balance = balanceOf({
      '2027-01-01': 5n,
      '2026-06-15': 500n,
      '2026-07-01': 70n,
      '2026-08-01': 0n,
    });
    expect(spendableLots(balance, today)).toEqual([
      [lot('2026-07-01'), 70n],
      [lot('2027-01-01'), 5n],
    ]);
  });
});

describe('points that have vested', () => {
  const balance = {
    ...balanceOf({ '2026-07-01': 70n }, { debt: 5n }),
    vesting: new Map([
      [lot('2026-06-15'), 30n],
      [lot('2026-06-16'), 400n],
    ]),
  };

  it('are available from their day on, whether or not they are posted', () => {
    expect(available(balance, today)).toBe(95n);
    expect(available(balance, day('2026-06-14'))).toBe(65n);
    expect(available(balance, day('2026-06-16'))).toBe(495n);
  });

  it('must be posted before lots can give them', () => {
    expect(spendableLots(balance, today)).toEqual([[lot('2026-07-01'), 70n]]);
    expect(needsSettling(balance, today)).toBe(true);
    expect(needsSettling(balance, day('2026-06-14'))).toBe(false);
  });
});

describe('points of somebody who is no longer active', () => {
  const activeUntil = lot('2026-06-15');
  const balance = { ...balanceOf({ '2099-12-31': 70n }), activeUntil };

  it('are gone on the day, and must be posted as gone before anything else', () => {
    expect(available(balance, day('2026-06-14'))).toBe(70n);
    expect(available(balance, today)).toBe(0n);
    expect(spendableLots(balance, today)).toEqual([]);
    expect(needsSettling(balance, today)).toBe(true);
    expect(needsSettling({ ...emptyBalance, activeUntil }, today)).toBe(false);
  });

  it('may have paid a debt before: what vested then did', () => {
    const vesting = new Map([
      [lot('2026-06-01'), 30n],
      [lot('2026-06-15'), 8n],
    ]);
    expect(available({ ...balance, vesting }, today)).toBe(8n);
    expect(available({ ...balance, vesting, debt: 20n }, today)).toBe(8n);
    expect(available({ ...balance, vesting, debt: 50n }, today)).toBe(-12n);
  });
});

describe('allocation', () => {
  it('takes whole lots until the rest fits', () => {
    const lots = spendableLots(balanceOf({ '2026-07-01': 70n, '2027-01-01': 50n }), today);
    expect(allocate(lots, 100n)).toEqual({
      parts: [
        [lot('2026-07-01'), 70n],
        [lot('2027-01-01'), 30n],
      ],
      uncovered: 0n,
    });
    expect(allocate(lots, 0n)).toEqual({ parts: [], uncovered: 0n });
    expect(allocate(lots, 130n).uncovered).toBe(10n);
  });

  it('adds up, takes no more than a lot has, and no later lot before an earlier is empty', () => {
    const held = fc.array(fc.bigInt({ min: 1n, max: 1000n }), { maxLength: 12 });
    const property = fc.property(held, fc.bigInt({ min: 0n, max: 9000n }), (amounts, points) => {
      const lots = amounts.map((amount, i) => [lot(`2027-01-${10 + i}`), amount] as const);
      const { parts, uncovered } = allocate(lots, points);
      const taken = parts.reduce((sum, [, part]) => sum + part, 0n);
      expect(taken + uncovered).toBe(points);
      parts.forEach(([key, part], index) => {
        expect(key).toBe(lots[index]?.[0]);
        if (index < parts.length - 1 || uncovered > 0n) expect(part).toBe(amounts[index]);
        expect(part > 0n && part <= (amounts[index] ?? 0n)).toBe(true);
      });
    });
    fc.assert(property);
  });
});

describe('posting legs', () => {
  const toLot = (amount: bigint, member = 'ann') =>
    ({ account: { kind: 'lot', member, lot: lot('2027-01-01') }, unit: 'PTS', amount }) as const;

  it('moves the lots and the debt of their member and unit only', () => {
    const legs = [
      toLot(100n),
      toLot(7n, 'bob'),
      { ...toLot(9n), unit: 'MILES' },
      { account: { kind: 'debt', member: 'ann' }, unit: 'PTS', amount: -30n } as const,
      { account: { kind: 'issued' }, unit: 'PTS', amount: -70n } as const,
    ];
    const after = applyLegs(emptyBalance, legs, owner);
    expect(filledLots(after)).toEqual([['270101', 100n]]);
    expect(after.debt).toBe(30n);
  });

  it('moves what waits: for a day, or for an event', () => {
    const vestOn = lot('2026-07-01');
    const pending = { kind: 'pending', member: 'ann' } as const;
    const legs = [
      { account: pending, unit: 'PTS', amount: 7n },
      { account: { ...pending, vestOn }, unit: 'PTS', amount: 9n },
      { account: { ...pending, member: 'bob' }, unit: 'PTS', amount: 11n },
    ];
    const after = applyLegs(emptyBalance, legs, owner);
    expect(after.pending).toBe(7n);
    expect([...after.vesting]).toEqual([[vestOn, 9n]]);
    const [first, second] = legs.map((leg) => [{ ...leg, amount: -10n }]);
    expect(() => applyLegs(after, first ?? [], owner)).toThrow('below zero');
    expect(() => applyLegs(after, second ?? [], owner)).toThrow('below zero');
  });

  it('throws rather than overdraw a lot or overpay a debt', () => {
    const balance = balanceOf({ '2027-01-01': 99n }, { debt: 1n });
    expect(() => applyLegs(balance, [toLot(-100n)], owner)).toThrow('below zero');
    const overpaid = { account: { kind: 'debt', member: 'ann' }, unit: 'PTS', amount: 2n } as const;
    expect(() => applyLegs(balance, [overpaid], owner)).toThrow('Debt would fall below zero');
  });
});
