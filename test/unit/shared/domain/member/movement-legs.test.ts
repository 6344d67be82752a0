import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBalanced, type LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import type { Movement } from '../../../../../shared/domain/member/decision.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import {
  applyLegs,
  type Balance,
  emptyBalance,
  neverLot,
  spendableLots,
} from '../../../../../shared/domain/points/balance.ts';
import { balanceOf, day, lot, owner } from '../../../../support/points.ts';
import { told } from '../points/movements.ts';

const today = day('2026-06-15');
const later = lot('2028-07-01');
const { member, unit } = owner;

function legsOf(movement: Movement, balance: Balance, other = emptyBalance): string[] {
  const { legs } = movementLegs(movement, (of) => (of === member ? balance : other), today);
  assertBalanced(legs);
  return told(legs);
}

describe('a credit', () => {
  const credit = { kind: 'credit', member, unit, points: 120n, lot: later } as const;

  it('goes from where it comes into its lot', () => {
    expect(legsOf(credit, emptyBalance)).toEqual(['issued -120 PTS', 'lot 280701 120 PTS']);
    expect(legsOf({ ...credit, from: 'migrated' }, emptyBalance)[0]).toBe('migrated -120 PTS');
    expect(legsOf({ ...credit, points: 0n }, emptyBalance)).toEqual([]);
  });

  it('pays debt first', () => {
    const indebted = { ...emptyBalance, debt: 50n };
    expect(legsOf(credit, indebted)).toEqual([
      'issued -120 PTS',
      'debt 50 PTS',
      'lot 280701 70 PTS',
    ]);
    expect(legsOf({ ...credit, points: 30n }, indebted)).toEqual(['issued -30 PTS', 'debt 30 PTS']);
  });

  it('is breakage at once where its lot is over, and pays no debt', () => {
    const over = ['issued -120 PTS', 'breakage 120 PTS'];
    expect(legsOf(credit, { ...emptyBalance, debt: 50n, expiredThrough: later })).toEqual(over);
    expect(legsOf({ ...credit, lot: lot('2026-06-15') }, emptyBalance)).toEqual(over);
  });
});

describe('a take', () => {
  const balance = balanceOf({ '2026-06-01': 900n, '2026-07-01': 40n, '2026-08-01': 50n });
  const take = { kind: 'take', member, unit, points: 60n, uncovered: 'debt' } as const;

  it('is from what goes first, and the rest a debt', () => {
    expect(legsOf(take, balance)).toEqual([
      'lot 260701 -40 PTS',
      'lot 260801 -20 PTS',
      'issued 60 PTS',
    ]);
    expect(legsOf({ ...take, points: 100n, to: 'adjusted' }, balance)).toEqual([
      'lot 260701 -40 PTS',
      'lot 260801 -50 PTS',
      'debt -10 PTS',
      'adjusted 100 PTS',
    ]);
    expect(legsOf({ ...take, points: 0n }, balance)).toEqual([]);
  });

  it('is from the lot that it prefers, as long as that is open', () => {
    expect(legsOf({ ...take, prefer: lot('2026-08-01') }, balance)).toEqual([
      'lot 260801 -50 PTS',
      'lot 260701 -10 PTS',
      'issued 60 PTS',
    ]);
    expect(legsOf({ ...take, prefer: lot('2026-06-01') }, balance)).toEqual(legsOf(take, balance));
  });

  it('tells what nothing covers where that is to be no debt', () => {
    const asked = { ...take, points: 100n, uncovered: 'case' } as const;
    const { legs, uncovered } = movementLegs(asked, () => balance, today);
    expect(told(legs)).toEqual(['lot 260701 -40 PTS', 'lot 260801 -50 PTS', 'issued 90 PTS']);
    expect(uncovered).toBe(10n);
    expect(movementLegs(asked, () => emptyBalance, today)).toEqual({ legs: [], uncovered: 100n });
    expect(movementLegs(take, () => emptyBalance, today).uncovered).toBe(0n);
  });
});

describe('points that wait', () => {
  const vestOn = lot('2026-07-01');
  const waiting = { member, unit, points: 60n, vestOn };
  const balance = { ...emptyBalance, vesting: new Map([[vestOn, 60n]]), debt: 10n };

  it('are issued, and paid out or given up as they were', () => {
    expect(legsOf({ kind: 'pend', ...waiting }, balance)).toEqual([
      'issued -60 PTS',
      'pending 260701 60 PTS',
    ]);
    const pending = { ...emptyBalance, pending: 60n };
    const unnamed = { kind: 'unpend', member, unit, points: 60n, to: 'breakage' } as const;
    expect(legsOf(unnamed, pending)).toEqual(['pending -60 PTS', 'breakage 60 PTS']);
  });

  it('pay debt when they vest, also into a lot that has gone since', () => {
    const vested = ['pending 260701 -60 PTS', 'debt 10 PTS'];
    const vest = { kind: 'vest', ...waiting, lot: later } as const;
    expect(legsOf(vest, balance)).toEqual([...vested, 'lot 280701 50 PTS']);
    const gone = { ...vest, lot: lot('2026-06-01') };
    expect(legsOf(gone, balance)).toEqual([...vested, 'lot 260601 50 PTS']);
    expect(legsOf(gone, { ...balance, expiredThrough: lot('2026-06-01') })).toEqual([
      'pending 260701 -60 PTS',
      'breakage 60 PTS',
    ]);
  });
});

describe('a lot', () => {
  const balance = balanceOf({ '2026-06-15': 40n, '2026-07-01': 7n });

  it('goes whole', () => {
    const expire = { kind: 'expire', member, unit, lot: lot('2026-06-15') } as const;
    expect(legsOf(expire, balance)).toEqual(['lot 260615 -40 PTS', 'breakage 40 PTS']);
    expect(legsOf({ ...expire, lot: later }, balance)).toEqual([]);
  });

  it('is extended into another', () => {
    const extend = { kind: 'extend', member, unit, points: 5n, lot: lot('2026-07-01') } as const;
    expect(legsOf({ ...extend, toLot: later }, balance)).toEqual([
      'lot 260701 -5 PTS',
      'lot 280701 5 PTS',
    ]);
  });
});

describe('a merge', () => {
  const absorb = { kind: 'absorb', member, unit, fromMember: 'bob' } as const;
  const bob = {
    ...balanceOf({ '2026-06-01': 9n, '2026-07-01': 40n, '2026-08-01': 50n }),
    ...{ pending: 3n, vesting: new Map([[later, 4n]]) },
  };

  it('takes over all that is not over on either side, then pays what is owed', () => {
    const ann = { ...emptyBalance, debt: 60n, expiredThrough: lot('2026-07-01') };
    expect(legsOf(absorb, ann, bob)).toEqual([
      ...['lot 260601 -9 PTS', 'breakage 9 PTS', 'lot 260701 -40 PTS', 'breakage 40 PTS'],
      ...['lot 260801 -50 PTS', 'lot 260801 50 PTS', 'pending 280701 -4 PTS'],
      ...['pending 280701 4 PTS', 'pending -3 PTS', 'pending 3 PTS'],
      ...['lot 260801 -50 PTS', 'debt 50 PTS'],
    ]);
  });

  it('takes over a debt, and pays it', () => {
    const ann = balanceOf({ '2026-08-01': 50n });
    expect(legsOf(absorb, ann, { ...emptyBalance, debt: 20n })).toEqual([
      ...['debt 20 PTS', 'debt -20 PTS', 'lot 260801 -20 PTS', 'debt 20 PTS'],
    ]);
  });

  it('does not revive what inactivity has ended', () => {
    const ended = {
      ...emptyBalance,
      lots: new Map([[neverLot, 8n]]),
      activeUntil: lot('2026-06-15'),
    };
    expect(legsOf(absorb, emptyBalance, ended)).toEqual(['lot 991231 -8 PTS', 'breakage 8 PTS']);
  });

  const lots = fc.constantFrom('2026-06-01', '2026-07-01', '2026-08-01', '2099-12-31');
  const points = fc.bigInt({ min: 0n, max: 90n });
  const anyBalance = fc
    .record({ lots: fc.array(fc.tuple(lots, points)), debt: points, pending: points, vest: points })
    .map(
      ({ lots: held, debt, pending, vest }): Balance => ({
        ...balanceOf(Object.fromEntries(held), { debt, pending }),
        vesting: new Map<LotKey, bigint>([[later, vest]]),
      }),
    );

  it('leaves nothing behind, loses nothing, and owes nothing beside what can be spent', () => {
    const property = fc.property(anyBalance, anyBalance, (ann, from) => {
      const { legs } = movementLegs(absorb, (of) => (of === member ? ann : from), today);
      assertBalanced(legs);
      const left = applyLegs(from, legs, { member: 'bob', unit });
      const merged = applyLegs(ann, legs, { member, unit });
      expect([...left.lots.values(), ...left.vesting.values()].every((n) => n === 0n)).toBe(true);
      expect([left.debt, left.pending]).toEqual([0n, 0n]);
      expect(merged.pending).toBe(ann.pending + from.pending);
      if (merged.debt > 0n) expect(spendableLots(merged, today)).toEqual([]);
    });
    fc.assert(property, { seed: 260615 });
  });
});
