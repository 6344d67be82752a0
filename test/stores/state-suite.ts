import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Leg } from '../../shared/domain/ledger/entry.ts';
import type { TierStanding } from '../../shared/domain/member/standing.ts';
import type { BalanceChange } from '../../shared/domain/points/balance-change.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { day, lot } from '../support/points.ts';
import { audit, collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { entryOf, noon, owner, postingWith } from './ledger-actor.ts';
import { changeFor, changeOf, earned, moved, pended } from './planner.ts';

type Parts = Parameters<typeof changeFor>[1];
type Current = () => Stores;

let posted = 0;

/** Posts a change of ann's balance under a new entry. */
async function post(stores: Stores, balance: BalanceChange, legs: readonly Leg[] = []) {
  posted += 1;
  const entries = [entryOf({ hash: `state${posted}`, legs })];
  const outcome = await stores.ledger.post(postingWith({ entries, balances: [balance] }));
  return outcome.kind;
}

const change = (stores: Stores, parts: Parts) => post(stores, changeFor(owner, parts));
const read = ({ ledger }: Stores) => ledger.readBalance(owner);
const [first, second] = [lot('2026-07-01'), lot('2026-08-15')];

/** Legs, and the change that they make to the balance as it is. */
async function postLegs(stores: Stores, legs: readonly Leg[], more: Parts = {}) {
  return post(stores, changeOf(await read(stores), legs, owner, more), legs);
}

const earn = async (stores: Stores, points: bigint, into = first) =>
  postLegs(stores, earned(await read(stores), owner, points, into));

export function stateSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
  });
  afterEach(async () => {
    await audit(stores.scan);
  });
  const current = () => stores;
  pendingTests(current);
  expiryTests(current);
  figureTests(current);
  tierTests(current);
  markTests(current);
}

function pendingTests(current: Current): void {
  describe('points that are not spendable yet', () => {
    const pend = (points: bigint, vestOn?: typeof first) =>
      postLegs(current(), [moved('issued', owner.unit, -points), pended(owner, points, vestOn)]);

    it('wait for an event or for a day, and never more leave than are there', async () => {
      expect(await pend(30n)).toBe('posted');
      expect(await pend(50n, second)).toBe('posted');
      expect(await pend(5n, second)).toBe('posted');
      const balance = await read(current());
      expect([balance.pending, [...balance.vesting]]).toEqual([30n, [[second, 55n]]]);
      expect(await change(current(), { pending: -31n })).toBe('stale');
      expect(await change(current(), { vesting: new Map([[second, -56n]]) })).toBe('stale');
      expect(await change(current(), { vesting: new Map([[first, -1n]]) })).toBe('stale');
    });

    it('vest into a lot, and the day goes with its last points', async () => {
      await pend(50n, second);
      const legs = [pended(owner, -50n, second), { ...lotLeg(50n), unit: owner.unit }];
      expect(await postLegs(current(), legs, { removedVesting: [first, second] })).toBe('posted');
      const { lots, vesting } = await read(current());
      expect([[...lots], [...vesting]]).toEqual([[[first, 50n]], []]);
    });

    it('are not removed while they are there', async () => {
      await pend(50n, second);
      expect(await change(current(), { removedVesting: [second] })).toBe('stale');
      const vesting = new Map([[second, -20n]]);
      expect(await change(current(), { vesting, removedVesting: [second] })).toBe('stale');
    });
  });
}

function lotLeg(amount: bigint, of = first): Leg {
  return { account: { kind: 'lot', member: owner.member, lot: of }, unit: owner.unit, amount };
}

function expiryTests(current: Current): void {
  describe('an expiry', () => {
    const expire = (points: bigint) =>
      postLegs(current(), [lotLeg(-points), moved('breakage', owner.unit, points)], {
        ...{ removedLots: [first], expiredThrough: first },
      });

    it('takes a lot whole, and closes it and all before it', async () => {
      await earn(current(), 40n);
      await earn(current(), 2n, second);
      expect(await expire(39n)).toBe('stale');
      expect(await expire(40n)).toBe('posted');
      const balance = await read(current());
      expect([...balance.lots]).toEqual([[second, 2n]]);
      expect(balance.expiredThrough).toBe(first);
      expect(await earn(current(), 5n)).toBe('stale');
      expect(await earn(current(), 5n, lot('2026-06-30'))).toBe('stale');
      expect(await earn(current(), 5n, lot('2026-07-02'))).toBe('posted');
    });

    it('never opens what a later one has closed', async () => {
      expect(await change(current(), { expiredThrough: second })).toBe('posted');
      expect(await change(current(), { expiredThrough: first })).toBe('stale');
      expect(await change(current(), { expiredThrough: second })).toBe('posted');
      expect((await read(current())).expiredThrough).toBe(second);
    });

    it('that is planned too late meets the credit before it', async () => {
      await earn(current(), 40n);
      const plan = changeOf(await read(current()), [lotLeg(-40n)], owner, {
        ...{ removedLots: [first], expiredThrough: first },
      });
      await earn(current(), 1n);
      expect(await post(current(), plan)).toBe('stale');
    });

    it('leaves lots that hold nothing to whoever comes next', async () => {
      await earn(current(), 4n);
      await postLegs(current(), [lotLeg(-4n), moved('issued', owner.unit, 4n)]);
      expect([...(await read(current())).lots]).toEqual([[first, 0n]]);
      expect(await change(current(), { removedLots: [first, second] })).toBe('posted');
      expect([...(await read(current())).lots]).toEqual([]);
    });

    it('cannot remove a lot that a guard wants to hold more', async () => {
      const guards = { debt: 0n, lotExactly: new Map([[first, 3n]]) };
      const broken = changeFor(owner, { removedLots: [first], guards });
      await expect(post(current(), broken)).rejects.toThrow('used up');
    });
  });
}

function figureTests(current: Current): void {
  const standing = async () => (await read(current())).standing;

  describe('figures', () => {
    it('are added up, and a decision that relied on one is stale once it has changed', async () => {
      const key = 'abcd261101.efgh';
      const counters = new Map([[key, 5n]]);
      const relied = (count: bigint): Parts => ({
        counters,
        guards: { debt: 0n, countersExactly: new Map([[key, count]]) },
      });
      expect(await change(current(), relied(0n))).toBe('posted');
      expect(await change(current(), relied(0n))).toBe('stale');
      expect(await change(current(), relied(5n))).toBe('posted');
      expect(await change(current(), { counters, metrics: new Map([['mont2611', 7n]]) })).toBe(
        'posted',
      );
      const figures = await standing();
      expect([...figures.counters]).toEqual([[key, 15n]]);
      expect([...figures.metrics]).toEqual([['mont2611', 7n]]);
      const metricsExactly = new Map([['mont2611', 8n]]);
      expect(await change(current(), { guards: { debt: 0n, metricsExactly } })).toBe('stale');
    });

    it('of past windows are removed, but not those that the change adds to', async () => {
      const [past, next] = ['abcd261101', 'abcd261201'];
      const counters = new Map([[past, 5n]]);
      await change(current(), { counters, metrics: new Map([['mont2611', 7n]]) });
      await change(current(), {
        counters: new Map([[next, 1n]]),
        ...{ removedCounters: [past, next, 'never'], removedMetrics: ['mont2611'] },
      });
      const figures = await standing();
      expect([[...figures.counters], [...figures.metrics]]).toEqual([[[next, 1n]], []]);
    });

    it('of a cooldown are replaced', async () => {
      const cooldown = (at: bigint, was: bigint): Parts => ({
        cooldowns: new Map([['abcd', at]]),
        guards: { debt: 0n, cooldownsExactly: new Map([['abcd', was]]) },
      });
      expect(await change(current(), cooldown(1_800_000_000n, 0n))).toBe('posted');
      expect(await change(current(), cooldown(1_800_000_500n, 0n))).toBe('stale');
      expect(await change(current(), cooldown(1_800_000_500n, 1_800_000_000n))).toBe('posted');
      expect([...(await standing()).cooldowns]).toEqual([['abcd', 1_800_000_500n]]);
    });
  });
}

function tierTests(current: Current): void {
  const tier: TierStanding = {
    ...{ level: 'gold', since: noon, version: 1n, reason: 'qualified' },
    earlier: [{ level: 'silver-2', since: instantOf(noon - 1) }],
    ...{ reviewedOn: day('2026-12-31'), graceUntil: day('2027-03-31') },
    ...{ overrideUntil: day('2027-06-01'), heldUntil: day('2028-02-29') },
  };

  describe('a tier', () => {
    const put = (next: TierStanding) =>
      change(current(), { tier: next, guards: { debt: 0n, tierVersion: next.version - 1n } });

    it('reads back whole, and follows only the one before it', async () => {
      expect(await put(tier)).toBe('posted');
      expect((await read(current())).standing.tier).toEqual(tier);
      expect(await put(tier)).toBe('stale');
      const { graceUntil: _, overrideUntil: __, ...rest } = tier;
      const next: TierStanding = { ...rest, version: 2n, reason: 'review', earlier: [] };
      expect(await put(next)).toBe('posted');
      expect((await read(current())).standing.tier).toEqual(next);
    });
  });
}

function markTests(current: Current): void {
  describe('marks', () => {
    it('of activity and of warnings are replaced where they are as they were read', async () => {
      const mark = (name: 'activeUntil' | 'warnedThrough', was: typeof first | null) =>
        change(current(), { [name]: second, guards: { debt: 0n, [name]: was } });
      for (const name of ['activeUntil', 'warnedThrough'] as const) {
        expect(await mark(name, first)).toBe('stale');
        expect(await mark(name, null)).toBe('posted');
        expect(await mark(name, null)).toBe('stale');
        expect(await mark(name, second)).toBe('posted');
        expect((await read(current()))[name]).toBe(second);
      }
    });

    it('a change of nothing is a check, and makes no balance', async () => {
      expect(await change(current(), {})).toBe('posted');
      expect(await change(current(), { guards: { debt: 1n } })).toBe('stale');
      expect(await collected(current().scan.balances())).toEqual([]);
    });
  });
}
