import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/domain/time.ts';
import type { HistoryRow } from '../../shared/ports/stores.ts';
import { seededRandomness, shuffled } from '../faults/seeded-randomness.ts';
import { collected } from './auditor.ts';
import type { Backend, Stores } from './backends.ts';
import { entryOf, noon, owner } from './ledger-actor.ts';
import { holdOf, redemption } from './redemption-actor.ts';

const id = redemption(1);
const { program, member } = owner;

function eventRow(number: number): HistoryRow {
  const hash = `e${number}`;
  const legs = [
    { account: { kind: 'issued' }, unit: 'PTS', amount: BigInt(-number) },
    { account: { kind: 'debt', member }, unit: 'PTS', amount: BigInt(number) },
  ] as const;
  const { delivery: _, ...entry } = entryOf({ hash, legs });
  return { program, member, entry: { ...entry, occurredAt: instantOf(noon + number * 1000) } };
}

function redemptionRow(number: number, state: 'open' | 'captured' | 'released'): HistoryRow {
  const { entry } = holdOf(redemption(number), [], 10n);
  const occurredAt = instantOf(noon + number);
  return {
    ...{ program, member, entry: { ...entry, occurredAt } },
    redemption: { id: redemption(number), state },
  };
}

type Current = () => Stores;

export function rowsSuite(backend: Backend): void {
  let stores: Stores;
  beforeEach(async () => {
    stores = await backend.open();
  });
  const current = () => stores;
  sealedTests(current);
  historyTests(current);
  openTests(current);
}

function sealedTests(current: Current): void {
  describe('a sealed reward', () => {
    const sealed = { program, redemption: id, attempt: 1, kind: 'link', sealed: 'first' } as const;

    it('keeps the first of an attempt, beside those who saw it', async () => {
      expect(await current().codes.read({ program, redemption: id })).toBeUndefined();
      await current().codes.put(sealed);
      await current().codes.put({ ...sealed, kind: 'code', sealed: 'second' });
      const reveal = { program, redemption: id, revealedAt: noon };
      await current().codes.recordReveal({ ...reveal, revealId: 'one' });
      await current().codes.recordReveal({ ...reveal, revealId: 'two' });
      expect(await current().codes.read({ program, redemption: id })).toEqual(sealed);
      expect(await current().codes.read({ program: 'other', redemption: id })).toBeUndefined();
    });

    it('is the one of the last attempt', async () => {
      await current().codes.put({ ...sealed, attempt: 10, sealed: 'tenth' });
      await current().codes.put({ ...sealed, attempt: 9, sealed: 'ninth' });
      expect((await current().codes.read({ program, redemption: id }))?.sealed).toBe('tenth');
    });
  });
}

function pagesOf(current: Current) {
  return (limit: number, before?: string) =>
    current().projections.readHistory({ program, member, limit, ...(before && { before }) });
}

function historyTests(current: Current): void {
  describe('history', () => {
    const page = pagesOf(current);

    it('is the same however often and in whatever order it is projected', async () => {
      const randomness = seededRandomness(7);
      const rows = Array.from({ length: 60 }, (_, index) => eventRow(index));
      const newestFirst = rows.toReversed();
      await current().projections.putHistory(rows);
      expect((await page(100)).rows).toEqual(newestFirst);
      for (let replay = 0; replay < 3; replay += 1) {
        await current().projections.putHistory(shuffled([...rows, ...rows.slice(5)], randomness));
      }
      expect((await page(100)).rows).toEqual(newestFirst);
      const seen: HistoryRow[] = [];
      let before: string | undefined;
      do {
        const { rows: part, next } = await page(25, before);
        seen.push(...part);
        before = next;
      } while (before !== undefined);
      expect(seen).toEqual(newestFirst);
    });

    it('leaves out what only writers need', async () => {
      const { entry } = eventRow(1);
      const metrics = [['abcd2611', 5n]] as const;
      const whole = { ...entry, delivery: 'd1', metrics, newMembers: [member] };
      await current().projections.putHistory([{ program, member, entry: whole }]);
      expect((await page(1)).rows).toEqual([eventRow(1)]);
    });

    it('of another member is not in it', async () => {
      await current().projections.putHistory([{ ...eventRow(1), member: 'ben' }]);
      expect(await page(10)).toEqual({ rows: [] });
      expect(await page(10, 'no cursor of ours')).toEqual({ rows: [] });
    });

    it('is no ledger entry', async () => {
      await current().projections.putHistory([eventRow(1)]);
      await current().projections.openRedemption(redemptionRow(1, 'open'), 0);
      await current().projections.closeRedemption(redemptionRow(1, 'captured'), {
        turn: 1,
        at: noon,
      });
      expect(await collected(current().scan.items())).toEqual([]);
    });
  });
}

function openTests(current: Current): void {
  describe('the list of open redemptions', () => {
    const page = pagesOf(current);

    it('stands first, and has nothing again that was closed', async () => {
      const { projections } = current();
      await projections.putHistory([eventRow(5)]);
      await projections.openRedemption(redemptionRow(1, 'open'), 0);
      await projections.openRedemption(redemptionRow(2, 'open'), 0);
      await projections.openRedemption(redemptionRow(3, 'open'), 0);
      await projections.closeRedemption(redemptionRow(1, 'captured'), { turn: 1, at: noon });
      await projections.closeRedemption(redemptionRow(1, 'captured'), { turn: 1, at: noon });
      await projections.openRedemption(redemptionRow(1, 'open'), 0);
      const all = [3, 2].map((number) => redemptionRow(number, 'open'));
      const settled = redemptionRow(1, 'captured');
      expect(await page(10)).toEqual({ rows: [...all, eventRow(5), settled] });
      const { rows, next } = await page(2);
      expect(rows).toEqual(all);
      expect((await page(2, next)).rows).toEqual([eventRow(5), settled]);
    });

    it('has what was undone again, and stays at the last of its turns', async () => {
      const { projections } = current();
      const [open, captured] = [redemptionRow(1, 'open'), redemptionRow(1, 'captured')];
      const again: HistoryRow = { ...open, entry: { ...open.entry, kind: 'reopen' } };
      const released = redemptionRow(1, 'released');
      const turns = [
        () => projections.openRedemption(open, 0),
        () => projections.closeRedemption(captured, { turn: 1, at: noon }),
        () => projections.openRedemption(again, 2),
        () => projections.closeRedemption(released, { turn: 3, at: noon }),
      ];
      const listed = async () => {
        const { rows } = await page(10);
        return rows.filter(({ redemption: about }) => about?.state === 'open');
      };
      const expected = [[open], [], [again], []];
      for (const [turn, project] of turns.entries()) {
        await project();
        expect(await listed()).toEqual(expected[turn]);
        for (const late of turns.slice(0, turn + 1)) await late();
        expect(await listed()).toEqual(expected[turn]);
      }
    });

    it('has what was undone, whatever came first', async () => {
      const { projections } = current();
      const [open, captured] = [redemptionRow(1, 'open'), redemptionRow(1, 'captured')];
      await projections.openRedemption(open, 2);
      await projections.closeRedemption(captured, { turn: 1, at: noon });
      await projections.openRedemption(open, 0);
      expect((await page(10)).rows).toEqual([open, captured]);
    });
  });
}
