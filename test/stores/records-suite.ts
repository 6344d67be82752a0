import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordWrite } from '../../shared/domain/member/decision.ts';
import type { StoredRecord } from '../../shared/domain/member/snapshot.ts';
import { lot } from '../support/points.ts';
import { collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { deliver, entryOf, noon, owner, postingWith, waitingOf } from './ledger-actor.ts';
import { changeFor } from './planner.ts';
import { wideBalance } from './wide-items.ts';

const { program, member } = owner;

type Current = () => Stores;
type Parts = Parameters<typeof postingWith>[0];

let posted = 0;

/** Posts under a new entry. */
async function post(stores: Stores, parts: Parts): Promise<string> {
  posted += 1;
  const entries = [entryOf({ hash: `record${posted}`, kind: 'change' })];
  return (await stores.ledger.post(postingWith({ entries, ...parts }))).kind;
}

export function recordsSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
  });
  const current = () => stores;
  recordTests(current);
  budgetTests(current);
  readTests(current);
  caseTests(current);
  limitTests(current);
}

function recordTests(current: Current): void {
  const id = 'Ünï#1%~';
  const key = `progress#${id}`;
  const value = { done: ['a', { b: 1 }], note: null };
  const write = (next: unknown, version?: number): Promise<string> => {
    const record: RecordWrite = { member, kind: 'progress', id, next };
    const records = [{ ...record, ...(version !== undefined && { version }) }];
    return post(current(), { records });
  };
  const stored = async (): Promise<StoredRecord | undefined> =>
    (await current().ledger.readMember({ program, member })).records.get(key);

  describe('a record', () => {
    it('is written on the version that was read', async () => {
      expect(await write(value)).toBe('posted');
      const first = await stored();
      expect(first).toMatchObject({ kind: 'progress', id, value });
      expect(await write({ done: [] })).toBe('stale');
      expect(await write({ done: [] }, first?.version)).toBe('posted');
      expect(await write({ done: ['late'] }, first?.version)).toBe('stale');
      const next = await stored();
      expect([next?.version, next?.value]).toEqual([(first?.version ?? 0) + 1, { done: [] }]);
    });

    it('is removed on the version that was read', async () => {
      await write(value);
      const first = await stored();
      expect(await write(undefined, (first?.version ?? 0) + 1)).toBe('stale');
      expect(await write(undefined, first?.version)).toBe('posted');
      expect(await stored()).toBeUndefined();
      expect(await write(undefined, first?.version)).toBe('stale');
      await expect(write(undefined)).rejects.toThrow();
    });

    it('of the same name after a removal is another one', async () => {
      await write(value);
      const { version } = (await stored()) ?? { version: 0 };
      await write(undefined, version);
      const postedAt = (noon + 1000) as typeof noon;
      const records: RecordWrite[] = [{ member, kind: 'progress', id, next: 'again' }];
      expect(await post(current(), { records, postedAt })).toBe('posted');
      expect(await write('of the first', version)).toBe('stale');
    });
  });
}

function budgetTests(current: Current): void {
  const draw = (points: bigint, shard = 0) =>
    post(current(), { budgets: [{ budget: 'summer', shard, points, limit: 100n }] });
  const used = async () => {
    const asked = { program, members: [], hashes: [], originals: [] };
    const budgets = [{ budget: 'summer', shards: 3 }];
    return (await current().ledger.readForPosting({ ...asked, budgets })).budgets.get('summer');
  };

  describe('a budget', () => {
    it('gives each shard up to its limit and takes back what was drawn', async () => {
      expect(await used()).toEqual([0n, 0n, 0n]);
      expect(await draw(101n)).toBe('stale');
      expect(await draw(60n)).toBe('posted');
      expect(await draw(41n)).toBe('stale');
      expect(await draw(40n)).toBe('posted');
      expect(await draw(1n)).toBe('stale');
      expect(await draw(70n, 2)).toBe('posted');
      expect(await used()).toEqual([100n, 0n, 70n]);
      expect(await draw(-101n)).toBe('stale');
      expect(await draw(-1n, 1)).toBe('stale');
      expect(await draw(-30n)).toBe('posted');
      expect(await used()).toEqual([70n, 0n, 70n]);
    });

    it('is never overdrawn by many at once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, () => draw(15n)));
      expect(outcomes.filter((kind) => kind === 'posted')).toHaveLength(6);
      expect(await used()).toEqual([90n, 0n, 0n]);
    });
  });
}

function readTests(current: Current): void {
  describe('a member', () => {
    it('is read whole, without history, in one place or beside others', async () => {
      const { ledger, projections } = current();
      await deliver(ledger, { hash: 'e1', kind: 'accrual', points: 5n }, 'd1');
      const miles = { ...owner, unit: 'MILES' };
      await deliver(ledger, { hash: 'e2', kind: 'accrual', points: 7n, owner: miles }, 'd1');
      await deliver(
        ledger,
        { hash: 'e3', kind: 'accrual', points: 9n, owner: { ...owner, member: 'annabel' } },
        'd1',
      );
      const records = (['profile', 'approval', 'survey'] as const).map(
        (kind): RecordWrite => ({ member, kind, id: '0', next: { kind } }),
      );
      await post(current(), { records });
      await projections.putHistory([{ program, member, entry: entryOf({ hash: 'e1' }) }]);
      const whole = await ledger.readMember(owner);
      expect([...whole.balances.keys()].toSorted()).toEqual(['MILES', 'PTS']);
      expect([...whole.records.keys()].toSorted()).toEqual([
        ...['approval#0', 'profile#0', 'survey#0'],
      ]);
      const members = [
        { member, units: ['PTS'], records: true },
        { member: 'annabel', units: ['PTS', 'MILES'], records: false },
        { member: 'nobody', units: ['PTS'], records: true },
      ];
      const asked = { program, members, hashes: ['e1'], originals: [], budgets: [] };
      const state = await ledger.readForPosting(asked);
      expect(state.members.get(member)).toEqual(whole);
      const annabel = state.members.get('annabel');
      expect([...(annabel?.balances.keys() ?? [])]).toEqual(['PTS']);
      expect(state.members.get('nobody')?.balances.size).toBe(0);
      expect([...state.entries.keys()]).toEqual(['e1']);
    });

    it('is listed once, with everybody else of the program', async () => {
      const { ledger, projections } = current();
      const names = Array.from({ length: 60 }, (_, index) => `member ${index} #%é`);
      await projections.putMembers(program, names);
      await projections.putMembers(program, names.slice(0, 20));
      await projections.putMembers('other', ['ben']);
      expect((await collected(ledger.members(program))).toSorted()).toEqual(names.toSorted());
      expect(await collected(ledger.members('other'))).toEqual(['ben']);
      expect(await collected(ledger.members('none'))).toEqual([]);
    });
  });
}

function caseTests(current: Current): void {
  it('a case is opened with what led to it, one for each subject and reason', async () => {
    const cases = [
      { subject: 'e1', reason: 'RETURN_NOT_COVERED' },
      { subject: 'e1', reason: 'RETURN_NOT_COVERED' },
      { subject: 'e1', reason: 'APPROVAL_NEEDED' },
    ];
    expect(await post(current(), { cases })).toBe('posted');
    const guards = { debt: 1n };
    const balances = [changeFor(owner, { guards })];
    expect(await post(current(), { cases: [{ subject: 'e2', reason: 'X' }], balances })).toBe(
      'stale',
    );
    const rows = await collected(current().ledger.cases(program));
    const expected = ['APPROVAL_NEEDED', 'RETURN_NOT_COVERED'].map((reason) => ({
      ...{ program, subject: 'e1', reason, openedAt: noon },
    }));
    expect(rows.toSorted((left, right) => (left.reason < right.reason ? -1 : 1))).toEqual(expected);
  });
}

function limitTests(current: Current): void {
  describe('a posting', () => {
    const into = (index: number) =>
      changeFor(owner, { lots: new Map([[lot('2028-07-01'), BigInt(index)]]) });

    it('never changes an item twice', async () => {
      const twice = 'two actions on one item';
      await expect(post(current(), { balances: [into(1), into(2)] })).rejects.toThrow(twice);
      const record: RecordWrite = { member, kind: 'profile', id: '0', next: 1 };
      await expect(post(current(), { records: [record, record] })).rejects.toThrow(twice);
      const budget = { budget: 'summer', shard: 0, points: 1n, limit: 9n };
      await expect(post(current(), { budgets: [budget, budget] })).rejects.toThrow(twice);
    });

    it('holds a hundred actions', async () => {
      const kind = 'survey' as const;
      const records = Array.from({ length: 99 }, (_, index): RecordWrite => {
        return { member, kind, id: `${index}`, next: index };
      });
      expect(await post(current(), { records })).toBe('posted');
      const more = [...records, { member, kind, id: 'more', next: 1 }];
      await expect(post(current(), { records: more })).rejects.toThrow('more than 100');
    });

    it('may demand that a full balance holds none of its lots and counters', async () => {
      const widths = { program: 4, member: 3, unit: 3, period: 'day' as const, marks: true };
      const full = { lots: 24, vestingDays: 6, counters: 12, valueCounters: 6, metricMonths: 26 };
      const shape = { ...widths, ...full, averageMonths: 0, cooldowns: 4, level: 8 };
      const { lots, vesting, ...wide } = wideBalance(owner, shape);
      const { counters, metrics, cooldowns } = wide;
      const none = <Key>(amounts: ReadonlyMap<Key, bigint>) =>
        new Map([...amounts.keys()].map((key) => [key, 0n] as const));
      const guards = {
        ...{ debt: 0n, lotExactly: none(lots), lotsOpened: 0n, tierVersion: 0n },
        ...{ countersExactly: none(counters), cooldownsExactly: none(cooldowns) },
        ...{ activeUntil: null, warnedThrough: null },
      };
      const removed = { removedLots: [...lots.keys()], removedVesting: [...vesting.keys()] };
      const all = changeFor(owner, { counters, metrics, cooldowns, ...removed, guards });
      expect(await post(current(), { balances: [all] })).toBe('posted');
      expect(await post(current(), { balances: [all] })).toBe('stale');
    });

    it('that waits keeps the whole event', async () => {
      const event = { hash: 'r1', kind: 'return', points: 5n } as const;
      const waiting = [waitingOf(event, 'e1')];
      expect(await post(current(), { waiting })).toBe('posted');
      expect(await collected(current().ledger.waitingFollowUps(program))).toEqual(waiting);
    });
  });
}
