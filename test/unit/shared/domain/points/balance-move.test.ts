import { describe, expect, it } from 'vitest';
import type { Movement } from '../../../../../shared/domain/member/decision.ts';
import { movementLegs } from '../../../../../shared/domain/member/movement-legs.ts';
import type { TierStanding } from '../../../../../shared/domain/member/standing.ts';
import {
  type Balance,
  emptyBalance,
  neverLot,
} from '../../../../../shared/domain/points/balance.ts';
import {
  type BalanceChange,
  type BalanceMove,
  balanceChange,
} from '../../../../../shared/domain/points/balance-change.ts';
import { laterActivity } from '../../../../../shared/domain/points/balance-move.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { applyChange, balanceOf, day, filledLots, lot, owner } from '../../../../support/points.ts';

const today = day('2026-06-15');
const over = { today, counters: [], metrics: [] };
const amount = { member: owner.member, unit: owner.unit, points: 10n };

function legsOf(read: Balance, ...movements: Movement[]) {
  return movements.flatMap((movement) => movementLegs(movement, () => read, today).legs);
}

function changeOf(read: Balance, move: BalanceMove): BalanceChange {
  const change = balanceChange(read, move, owner);
  if (change === undefined) throw new Error('This move changes nothing.');
  return change;
}

describe('figures', () => {
  const standing = {
    counters: new Map([['capa260601', 40n]]),
    metrics: new Map([['nigh2606', 3n]]),
    cooldowns: new Map([['cool', 1000n]]),
  };
  const read = { ...emptyBalance, standing };

  it('are added without conditions where nobody relied on them', () => {
    const adds = new Map([['nigh2606', 2n]]);
    const change = changeOf(read, { legs: [], metrics: adds, counters: new Map() });
    expect(change.guards).toEqual({ debt: 0n });
    expect(applyChange(read, change)?.standing.metrics).toEqual(new Map([['nigh2606', 5n]]));
  });

  it('must be what a decision relied on, as they were stored', () => {
    const change = changeOf(read, {
      legs: [],
      counters: new Map([['capa260601', 15n]]),
      cooldowns: new Map([['cool', 2000n]]),
      relied: {
        counters: new Set(['capa260601', 'capb260601']),
        metrics: new Set(),
        cooldowns: new Set(['cool']),
      },
    });
    expect(change.guards).toEqual({
      debt: 0n,
      countersExactly: new Map([
        ['capa260601', 40n],
        ['capb260601', 0n],
      ]),
      cooldownsExactly: new Map([['cool', 1000n]]),
    });
    const once = applyChange(read, change);
    expect(once?.standing.cooldowns.get('cool')).toBe(2000n);
    expect(once && applyChange(once, change)).toBeUndefined();
  });

  it('must be as read where one is lowered', () => {
    const change = changeOf(read, { legs: [], metrics: new Map([['nigh2606', -1n]]) });
    expect(change.guards.metricsExactly).toEqual(new Map([['nigh2606', 3n]]));
  });

  it('of the past go with the next write, unless somebody adds to them', () => {
    const stale = { today, counters: ['capa260601'], metrics: ['nigh2606'] };
    expect(balanceChange(read, { legs: [], stale }, owner)).toBeUndefined();
    const change = changeOf(read, { legs: [], metrics: new Map([['nigh2606', 1n]]), stale });
    expect(change).toMatchObject({ removedCounters: ['capa260601'], removedMetrics: [] });
    expect(change.guards.countersExactly).toEqual(new Map([['capa260601', 40n]]));
    expect(applyChange(read, change)?.standing).toMatchObject({
      counters: new Map(),
      metrics: new Map([['nigh2606', 4n]]),
    });
  });

  it('of a tier apply over the version that was read', () => {
    const tier: TierStanding = {
      ...{ level: 'gold', since: instantOf(0), version: 1n, reason: 'qualified', earlier: [] },
    };
    const change = changeOf(read, { legs: [], tier });
    expect(change.guards.tierVersion).toBe(0n);
    const once = applyChange(read, change);
    expect(once?.standing.tier).toEqual(tier);
    expect(once && applyChange(once, change)).toBeUndefined();
  });
});

describe('what is over', () => {
  const read: Balance = {
    ...balanceOf({ '2026-06-01': 0n, '2026-06-10': 6n, '2026-07-01': 0n, '2026-08-01': 20n }),
    vesting: new Map([
      [lot('2026-06-02'), 0n],
      [lot('2026-09-01'), 0n],
    ]),
  };
  const credit = { kind: 'credit', ...amount, lot: lot('2026-08-01') } as const;

  it('and empty goes with the next write; what is not yet posted stays', () => {
    const change = changeOf(read, { legs: legsOf(read, credit), stale: over });
    expect(change.removedLots).toEqual(['260601']);
    expect(change.removedVesting).toEqual(['260602']);
    const after = applyChange(read, change);
    expect([...(after?.lots.keys() ?? [])]).toEqual(['260610', '260701', '260801']);
    const filled = { ...read, lots: new Map([...read.lots, [lot('2026-06-01'), 1n]]) };
    expect(applyChange(filled, change)).toBeUndefined();
  });

  it('by expiry is closed, whole and for ever', () => {
    const june = lot('2026-06-10');
    const expire = { kind: 'expire', member: owner.member, unit: owner.unit, lot: june } as const;
    const move = { legs: legsOf(read, expire), expiredThrough: june, stale: over };
    const change = changeOf(read, move);
    const after = applyChange(read, change);
    expect(after?.expiredThrough).toBe('260610');
    expect(after?.lots.has(june)).toBe(false);
    const more = { ...read, lots: new Map([...read.lots, [june, 7n]]) };
    expect(applyChange(more, change)).toBeUndefined();
    expect(applyChange({ ...read, expiredThrough: lot('2026-07-01') }, change)).toBeUndefined();
  });

  it('never closes what does not expire', () => {
    const change = changeOf(read, { legs: legsOf(read, credit), expiredThrough: neverLot });
    expect(change.expiredThrough).toBeUndefined();
  });

  it('by vesting counts as a lot of its own, so that its day may fill again', () => {
    const vestOn = lot('2026-06-02');
    const vesting = { ...emptyBalance, vesting: new Map([[vestOn, 10n]]) };
    const vest = { kind: 'vest', ...amount, vestOn, lot: lot('2026-08-01') } as const;
    const change = changeOf(vesting, { legs: legsOf(vesting, vest), stale: over });
    expect(change).toMatchObject({ opensLot: true, removedVesting: ['260602'] });
    const after = applyChange(vesting, change);
    expect(after).toMatchObject({ lotsOpened: 1n, vesting: new Map() });
    expect(filledLots(after ?? emptyBalance)).toEqual([['260801', 10n]]);
    const refilled = { ...vesting, vesting: new Map([[vestOn, 11n]]) };
    expect(applyChange(refilled, change)).toBeUndefined();
  });
});

describe('activity', () => {
  const credit = { kind: 'credit', ...amount, lot: neverLot } as const;
  const read = { ...balanceOf({ '2099-12-31': 5n }), activeUntil: lot('2026-08-01') };

  it('puts the end off and never brings it nearer', () => {
    expect(laterActivity(undefined, lot('2026-08-01'))).toBe('260801');
    expect(laterActivity(lot('2026-08-01'), lot('2026-07-01'))).toBe('260801');
    expect(laterActivity(neverLot, lot('2026-07-01'))).toBe('260701');
  });

  it('demands the end that was read, though it does not change it', () => {
    const same = changeOf(read, { legs: legsOf(read, credit), activeUntil: lot('2026-07-01') });
    expect(same.activeUntil).toBeUndefined();
    expect(same.guards.activeUntil).toBe('260801');
    expect(applyChange({ ...read, activeUntil: neverLot }, same)).toBeUndefined();
    const first = changeOf(emptyBalance, { legs: [], activeUntil: lot('2026-07-01') });
    expect(first.guards.activeUntil).toBeNull();
    expect(applyChange(emptyBalance, first)?.activeUntil).toBe('260701');
  });

  it('that fails ends every lot as it was read, and stops the clock', () => {
    const ended = { ...read, activeUntil: lot('2026-06-15') };
    const { member, unit } = owner;
    const legs = legsOf(ended, { kind: 'expire', member, unit, lot: neverLot });
    const change = changeOf(ended, { legs, activeUntil: neverLot, stale: over });
    expect(change.guards).toMatchObject({ lotExactly: ended.lots, lotsOpened: 0n });
    const after = applyChange(ended, change);
    expect(after).toMatchObject({ lots: new Map(), activeUntil: neverLot, lotsOpened: 1n });
  });

  it('that failed over an empty balance does not end what comes later', () => {
    const empty = { ...emptyBalance, lotsOpened: 1n, activeUntil: lot('2026-06-15') };
    const change = changeOf(empty, { legs: legsOf(empty, credit), stale: over });
    expect(change.activeUntil).toBe(neverLot);
    expect(change.guards.activeUntil).toBe('260615');
  });
});

describe('the first points', () => {
  const credit = { kind: 'credit', ...amount, lot: lot('2026-08-01') } as const;

  it('begin the calendar of their unit, without a condition', () => {
    const change = changeOf(emptyBalance, { legs: legsOf(emptyBalance, credit), stale: over });
    expect(change.warnedThrough).toBe('260615');
    expect(change.guards).toEqual({ debt: 0n, notExpiredThrough: lot('2026-08-01') });
    const again = changeOf(applyChange(emptyBalance, change) ?? emptyBalance, {
      legs: legsOf(emptyBalance, credit),
      stale: { ...over, today: day('2026-06-16') },
    });
    expect(again.warnedThrough).toBeUndefined();
  });
});

describe('a merge', () => {
  it('demands all that the other member has, as it was read', () => {
    const bob = { ...owner, member: 'bob' };
    const theirs = balanceOf({ '2026-08-01': 50n, '2026-09-01': 0n });
    const absorb = { kind: 'absorb', ...owner, fromMember: 'bob' } as const;
    const balances = (member: string) => (member === 'bob' ? theirs : emptyBalance);
    const { legs } = movementLegs(absorb, balances, today);
    const change = balanceChange(theirs, { legs }, bob);
    expect(change?.guards).toEqual({ debt: 0n, lotExactly: theirs.lots, lotsOpened: 0n });
    const own = balanceChange(emptyBalance, { legs }, owner);
    expect(own?.guards).toEqual({ debt: 0n, notExpiredThrough: lot('2026-08-01') });
  });
});
