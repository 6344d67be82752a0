import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Leg } from '../../../../../shared/domain/ledger/entry.ts';
import { holdLegs } from '../../../../../shared/domain/ledger/recipes.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import {
  available,
  type Balance,
  emptyBalance,
  needsSettling,
  spendableLots,
} from '../../../../../shared/domain/points/balance.ts';
import {
  type BalanceChange,
  type BalanceMove,
  balanceChange,
  redeemChange,
} from '../../../../../shared/domain/points/balance-change.ts';
import { applyChange, balanceOf, day, filledLots, lot, owner } from '../../../../support/points.ts';
import { accrualLegs, takeBackLegs } from './movements.ts';

const today = day('2026-06-15');
const [july, august] = [lot('2026-07-01'), lot('2026-08-01')];

function earn(read: Balance, points: bigint, into = july): Leg[] {
  return accrualLegs(read, { ...owner, points }, into, today);
}

function changeOf(read: Balance, legs: readonly Leg[]): BalanceChange {
  const change = balanceChange(read, { legs }, owner);
  if (change === undefined) throw new Error('These legs change nothing.');
  return change;
}

describe('guards', () => {
  it('of a plain credit ask for no debt and an open lot, and nothing else', () => {
    const change = changeOf(balanceOf({ '2026-07-01': 5n }), earn(emptyBalance, 10n));
    expect(change.guards).toEqual({ debt: 0n, notExpiredThrough: july });
    expect(applyChange({ ...emptyBalance, expiredThrough: july }, change)).toBeUndefined();
    expect(applyChange({ ...emptyBalance, debt: 1n }, change)).toBeUndefined();
  });

  it('of what takes points ask that the lots still cover it', () => {
    const read = balanceOf({ '2026-07-01': 100n });
    const change = changeOf(read, takeBackLegs(read, { ...owner, points: 60n }, today));
    expect(applyChange(balanceOf({ '2026-07-01': 60n }), change)).toBeDefined();
    expect(applyChange(balanceOf({ '2026-07-01': 59n }), change)).toBeUndefined();
  });

  it('of what makes a debt ask for every lot as it was read', () => {
    const read = balanceOf({ '2026-07-01': 100n, '2026-06-01': 7n });
    const change = changeOf(read, takeBackLegs(read, { ...owner, points: 101n }, today));
    expect(applyChange(read, change)?.debt).toBe(1n);
    const richer = balanceOf({ '2026-07-01': 101n, '2026-06-01': 7n });
    expect(applyChange(richer, change)).toBeUndefined();
  });

  it('of a redemption ask that no other came between', () => {
    const read = balanceOf({ '2026-07-01': 100n });
    const legs = holdLegs(read, { ...owner, points: 10n }, today) ?? [];
    const change = redeemChange(read, legs, owner);
    const once = applyChange(read, change);
    expect(once?.redeemVersion).toBe(1n);
    expect(once && applyChange(once, change)).toBeUndefined();
  });

  it('leave a balance alone that the legs do not touch', () => {
    const others = accrualLegs(emptyBalance, { ...owner, member: 'bob', points: 5n }, july, today);
    expect(balanceChange(emptyBalance, { legs: others }, owner)).toBeUndefined();
    expect(balanceChange(emptyBalance, { legs: [] }, owner)).toBeUndefined();
  });

  it('see the sum of a batch, not its parts', () => {
    const legs = [...earn(emptyBalance, 50n), ...earn(emptyBalance, 30n, august)];
    const back = takeBackLegs(balanceOf({ '2026-07-01': 50n }), { ...owner, points: 50n }, today);
    const change = changeOf(emptyBalance, [...legs, ...back]);
    expect([...change.lots]).toEqual([[august, 30n]]);
  });
});

const stale = { today, counters: [], metrics: [] };

function vested(read: Balance): BalanceMove {
  const vestOn = lot('2026-06-12');
  const vest = { kind: 'vest', ...owner, points: 8n, vestOn, lot: july } as const;
  return { legs: movementLegs(vest, () => read, today).legs, stale };
}

function expired(read: Balance): BalanceMove {
  const june = lot('2026-06-10');
  const { legs } = movementLegs({ kind: 'expire', ...owner, lot: june }, () => read, today);
  return { legs, expiredThrough: june, stale };
}

describe('two writers who read the same balance', () => {
  const step = fc.record({
    kind: fc.constantFrom('earn', 'return', 'hold', 'vest', 'expire'),
    points: fc.bigInt({ min: 1n, max: 60n }),
    into: fc.constantFrom(july, august, lot('2026-09-01')),
  });
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  function changeFor(read: Balance, { kind, points, into }: Step): BalanceChange | undefined {
    if (kind === 'earn') return changeOf(read, earn(read, points, into));
    if (kind === 'vest') return balanceChange(read, vested(read), owner);
    if (kind === 'expire') return balanceChange(read, expired(read), owner);
    if (kind === 'return') {
      return changeOf(read, takeBackLegs(read, { ...owner, points }, today));
    }
    // What has vested is posted before anything is held.
    if (needsSettling(read, today)) return undefined;
    const legs = holdLegs(read, { ...owner, points }, today);
    return legs && redeemChange(read, legs, owner);
  }

  function worth({ kind, points }: Step): bigint {
    if (kind === 'vest' || kind === 'expire') return 0n;
    return kind === 'earn' ? points : -points;
  }
  const held = fc.bigInt({ min: 0n, max: 60n });

  it('are both right, or the second must read again', () => {
    const property = fc.property(held, held, step, step, (inJuly, inAugust, one, two) => {
      const lots = { '2026-06-10': 9n, '2026-07-01': inJuly, '2026-08-01': inAugust };
      const isDue = one.kind === 'vest' || two.kind === 'vest';
      const vesting = new Map(isDue ? [[lot('2026-06-12'), 8n]] : []);
      const read = { ...balanceOf(lots), vesting };
      const [first, second] = [changeFor(read, one), changeFor(read, two)];
      const after = first && applyChange(read, first);
      const both = after && second && applyChange(after, second);
      if (both === undefined) return;
      expect(available(both, today)).toBe(available(read, today) + worth(one) + worth(two));
      expect(filledLots(both).every(([, points]) => points > 0n)).toBe(true);
      if (both.debt > 0n) expect(spendableLots(both, today)).toEqual([]);
    });
    fc.assert(property, { numRuns: 4000 });
  });
});
