import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filledLots, lot } from '../support/points.ts';
import { audit, collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import {
  balanceIn,
  deliver,
  entryOf,
  noon,
  owner,
  postingOf,
  postingWith,
  readState,
  type TestEvent,
  waitingOf,
} from './ledger-actor.ts';

const earned = (hash: string, points: bigint, more: Partial<TestEvent> = {}): TestEvent => ({
  ...{ hash, kind: 'accrual', points },
  ...more,
});
const returned = (hash: string, points: bigint, original?: string): TestEvent => ({
  ...{ hash, kind: 'return', points },
  ...(original !== undefined && { original }),
});

type Current = () => Stores;

const read = (stores: Stores, hashes: string[] = [], originals: string[] = []) =>
  readState(stores.ledger, hashes, { originals });
const waitingIn = ({ ledger }: Stores) => collected(ledger.waitingFollowUps(owner.program));

export function ledgerSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
  });
  afterEach(async () => {
    await audit(stores.scan);
  });
  const current = () => stores;
  eventTests(current);
  batchTests(current);
  creditTests(current);
  returnTests(current);
  waitTests(current);

  it('keeps members and programs apart', async () => {
    const others = [
      { ...owner, member: 'ben' },
      { ...owner, program: 'shop-2' },
      { ...owner, unit: 'MILES' },
    ];
    for (const [index, other] of others.entries()) {
      await deliver(stores.ledger, earned(`e${index}`, 5n, { owner: other }), 'd1');
    }
    expect(filledLots(await stores.ledger.readBalance(owner))).toEqual([]);
    expect((await read(stores)).members.get(owner.member)?.balances.size).toBe(0);
  });
}

function eventTests(current: Current): void {
  describe('an event', () => {
    it('is posted once, and every later delivery meets the first', async () => {
      const event = earned('e1', 120n);
      expect(await deliver(current().ledger, event, 'd1')).toBe('posted');
      expect(await deliver(current().ledger, event, 'd1')).toBe('own');
      expect(await deliver(current().ledger, event, 'd2')).toBe('duplicate');
      expect(await deliver(current().ledger, { ...event, bodyHash: 'x' }, 'd3')).toBe('conflict');
      const balance = await current().ledger.readBalance(owner);
      expect(filledLots(balance)).toEqual([['280701', 120n]]);
    });

    it('that was planned before another delivery won is told what stands there', async () => {
      const stale = await read(current(), ['e1']);
      await deliver(current().ledger, earned('e1', 120n), 'd1');
      const outcome = await current().ledger.post(postingOf(stale, earned('e1', 120n), 'd2'));
      expect(outcome.kind).toBe('entriesExist');
      if (outcome.kind !== 'entriesExist') return;
      const first = outcome.existing.get('e1');
      expect(first?.delivery).toBe('d1');
      expect((await read(current(), ['e1'])).entries.get('e1')).toEqual(first);
    });

    it('reads back exactly as it was written', async () => {
      const awkward = { program: 'shop', member: 'Ämé#C#%23"|,', unit: 'PTS' };
      const event = earned('e-_1', 12_345_678_901_234_567_890n, { owner: awkward });
      await deliver(current().ledger, event, 'd1');
      const state = await readState(current().ledger, ['e-_1'], { owner: awkward });
      const posted = state.entries.get('e-_1');
      const legs = posted?.legs ?? [];
      expect(posted).toEqual(entryOf({ hash: 'e-_1', owner: awkward, legs }));
      expect(legs).toHaveLength(2);
      expect(balanceIn(state, awkward).lots.get(lot('2028-07-01'))).toBe(
        12_345_678_901_234_567_890n,
      );
    });

    it('that earns nothing leaves its entry and no balance', async () => {
      expect(await deliver(current().ledger, earned('e1', 0n), 'd1')).toBe('posted');
      expect(await deliver(current().ledger, earned('e1', 0n), 'd2')).toBe('duplicate');
      expect(await collected(current().scan.balances())).toEqual([]);
    });

    it('is found among more than a hundred keys', async () => {
      const hashes = Array.from({ length: 130 }, (_, index) => `e${index}`);
      const state = await read(current());
      const entries = hashes.slice(0, 98).map((hash) => entryOf({ hash }));
      await current().ledger.post(postingWith({ entries }));
      const found = await read(current(), hashes, ['e3']);
      expect([...found.entries.keys()].sort()).toEqual(hashes.slice(0, 98).sort());
      expect(found.members).toEqual(state.members);
    });
  });
}

function batchTests(current: Current): void {
  describe('a batch', () => {
    it('is posted whole or not at all, and names every entry that stands already', async () => {
      await deliver(current().ledger, earned('e1', 1n), 'd1');
      await deliver(current().ledger, earned('e3', 1n), 'd1');
      const entries = ['e1', 'e2', 'e3'].map((hash) => entryOf({ hash, delivery: 'd2' }));
      const outcome = await current().ledger.post(postingWith({ entries }));
      expect(outcome.kind === 'entriesExist' && [...outcome.existing.keys()]).toEqual(['e1', 'e3']);
      expect((await read(current(), ['e2'])).entries.size).toBe(0);
    });
  });
}

function creditTests(current: Current): void {
  describe('credits', () => {
    it('commute: plans of one and the same state all fit', async () => {
      const state = await read(current());
      const events = Array.from({ length: 8 }, (_, index) => earned(`e${index}`, 10n));
      const outcomes = await Promise.all(
        events.map((event) => current().ledger.post(postingOf(state, event, 'd1'))),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(events.map(() => 'posted'));
      expect(filledLots(await current().ledger.readBalance(owner))).toEqual([['280701', 80n]]);
    });

    it('pay a debt first, and a plan made before the debt is stale', async () => {
      const before = await read(current());
      await deliver(current().ledger, returned('r1', 30n), 'd1');
      expect((await current().ledger.readBalance(owner)).debt).toBe(30n);
      const planned = postingOf(before, earned('e1', 100n), 'd1');
      expect(await current().ledger.post(planned)).toEqual({ kind: 'stale' });
      expect(await deliver(current().ledger, earned('e1', 100n), 'd1')).toBe('posted');
      const balance = await current().ledger.readBalance(owner);
      expect([filledLots(balance), balance.debt]).toEqual([[['280701', 70n]], 0n]);
    });
  });
}

function returnTests(current: Current): void {
  describe('a return', () => {
    it('is stale when the lot no longer covers it', async () => {
      await deliver(current().ledger, earned('e1', 50n), 'd1');
      const state = await read(current());
      await deliver(current().ledger, returned('r1', 40n), 'd1');
      const planned = postingOf(state, returned('r2', 40n), 'd1');
      expect(await current().ledger.post(planned)).toEqual({ kind: 'stale' });
    });

    it('that makes a debt is stale when any lot has changed', async () => {
      await deliver(current().ledger, earned('e1', 50n), 'd1');
      const state = await read(current());
      await deliver(current().ledger, earned('e2', 1n), 'd1');
      const planned = postingOf(state, returned('r1', 60n), 'd1');
      expect(await current().ledger.post(planned)).toEqual({ kind: 'stale' });
      expect(await deliver(current().ledger, returned('r1', 60n), 'd1')).toBe('posted');
      expect((await current().ledger.readBalance(owner)).debt).toBe(9n);
    });

    it('never takes more than the original earned, also when two race', async () => {
      await deliver(current().ledger, earned('e1', 100n), 'd1');
      await deliver(current().ledger, earned('e2', 100n), 'd1');
      const delivered = await Promise.all([
        deliver(current().ledger, returned('r1', 60n, 'e1'), 'd1'),
        deliver(current().ledger, returned('r2', 60n, 'e1'), 'd1'),
      ]);
      expect(delivered).toEqual(['posted', 'posted']);
      const state = await read(current(), [], ['e1']);
      expect(state.followUps.get('e1')).toMatchObject({ version: 2, returnedMinor: 100n });
      expect(filledLots(balanceIn(state))).toEqual([['280701', 100n]]);
      expect(state.entries.get('e1')?.kind).toBe('accrual');
    });
  });
}

function waitTests(current: Current): void {
  describe('an early return', () => {
    it('before its original waits, and is stale once its original stands', async () => {
      const state = await read(current(), ['r2'], ['e1']);
      expect(await deliver(current().ledger, returned('r1', 40n, 'e1'), 'd1')).toBe('posted');
      expect(await waitingIn(current())).toEqual([waitingOf(returned('r1', 40n), 'e1')]);
      await deliver(current().ledger, earned('e1', 100n), 'd1');
      const planned = postingOf(state, returned('r2', 40n, 'e1'), 'd1');
      expect(await current().ledger.post(planned)).toEqual({ kind: 'stale' });
    });

    it('that waited is applied once', async () => {
      await deliver(current().ledger, returned('r1', 40n, 'e1'), 'd1');
      await deliver(current().ledger, earned('e1', 100n), 'd1');
      const [waiting] = await waitingIn(current());
      if (!waiting) throw new Error('Nothing waits.');
      const state = await read(current(), [], ['e1']);
      const { entries, ...rest } = postingOf(state, returned('r1', 40n, 'e1'), 'sweep');
      const key = { at: 'event', program: owner.program, hash: 'r1', part: 'A' } as const;
      const late = { ...rest, entries: entries.map((entry) => ({ ...entry, key })) };
      const applied = { ...late, settled: [waiting] };
      expect(await current().ledger.post(applied)).toEqual({ kind: 'posted' });
      const again = await current().ledger.post(applied);
      expect(again.kind === 'entriesExist' && again.existing.get('r1')?.delivery).toBe('sweep');
      expect(await waitingIn(current())).toEqual([]);
      expect(filledLots(await current().ledger.readBalance(owner))).toEqual([['280701', 60n]]);
    });

    it('that waited too long becomes a case, once', async () => {
      await deliver(current().ledger, returned('r1', 40n, 'e1'), 'd1');
      const [waiting] = await waitingIn(current());
      if (!waiting) throw new Error('Nothing waits.');
      const reason = 'FOLLOW_UP_WITHOUT_ORIGINAL';
      await current().ledger.openFollowUpCase(waiting, noon, reason);
      await current().ledger.openFollowUpCase(waiting, noon, reason);
      expect(await waitingIn(current())).toEqual([]);
      const settled = await current().ledger.post(postingWith({ settled: [waiting] }));
      expect(settled).toEqual({ kind: 'stale' });
      const { program } = owner;
      const opened = { program, subject: 'r1', reason, openedAt: noon };
      expect(await collected(current().ledger.cases(program))).toEqual([opened]);
    });
  });
}
