import { describe, expect, it } from 'vitest';
import * as memory from '../../../../../shared/adapters/memory/projection-store.ts';
import { project } from '../../../../../shared/app/booking/project.ts';
import { viewHistory } from '../../../../../shared/app/members/history-view.ts';
import type { AwardRecord, Leg, LotKey } from '../../../../../shared/domain/ledger/entry.ts';
import { available } from '../../../../../shared/domain/points/balance.ts';
import { instantOf, type LocalDate, localDateAt } from '../../../../../shared/domain/time.ts';
import { drain, expectSettled, requested } from '../../../../support/fulfilment.ts';
import { owner } from '../../../../support/points.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const asked = { program: owner.program, member: owner.member };

/** The lines of ann's history, as one reader of the stream has left them. */
async function linesOf(world: World, turn: 'forwards' | 'backwards' = 'forwards') {
  const store = memory.createMemoryProjectionStore(world.table);
  const entries = [...world.table.entries.values()];
  await project(store, turn === 'forwards' ? entries : entries.reverse());
  await project(store, entries);
  const { lines } = await viewHistory(store, asked);
  return lines.map(({ kind, amounts, redemption }) => [kind, amounts.PTS, redemption?.state]);
}

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

const earned = ['accrual', '1500', undefined];

describe('the history of a member', () => {
  it('tells a split only by the member’s own part, and how it was worked out', async () => {
    const world = createWorld();
    const store = memory.createMemoryProjectionStore(world.table);
    const legOf = (member: string, amount: bigint): Leg => {
      return { account: { kind: 'lot', member, lot: '300101' as LotKey }, unit: 'PTS', amount };
    };
    const award: AwardRecord = {
      ...{ rule: 'event', unit: 'PTS', points: 100n, basisMinor: 100n, arithmetic: '100*1/1' },
      parts: [
        { member: 'ann', points: 60n },
        { member: 'ben', points: 40n },
      ],
    };
    const issued: Leg = { account: { kind: 'issued' }, unit: 'PTS', amount: -100n };
    await project(store, [
      {
        key: { at: 'event', program: owner.program, hash: 'h', part: '0' },
        ...{ kind: 'accrual', program: owner.program, member: 'ann', bodyHash: 'b' },
        ...{ occurredAt: instantOf(1), postedAt: instantOf(1), explanation: { reason: 'R' } },
        legs: [issued, legOf('ann', 60n), legOf('ben', 40n)],
        awards: [award],
      },
    ]);
    for (const [member, points] of [
      ['ann', '60'],
      ['ben', '40'],
    ] as const) {
      const { lines } = await viewHistory(store, { program: owner.program, member });
      expect(lines).toMatchObject([{ amounts: { PTS: points } }]);
      const told = member === 'ann' ? ['event'] : undefined;
      expect(lines[0]?.awards?.map(({ rule }) => rule)).toEqual(told);
    }
  });

  it('tells how money was converted, and what of it went to a charity', async () => {
    const world = createWorld();
    const store = memory.createMemoryProjectionStore(world.table);
    const lot = { kind: 'lot', member: 'ann', lot: '991231' as LotKey } as const;
    const donated = { charity: 'food-bank', points: 40n };
    await project(store, [
      {
        key: { at: 'event', program: owner.program, hash: 'h', part: '0' },
        ...{ kind: 'accrual', program: owner.program, member: 'ann', bodyHash: 'b' },
        ...{ occurredAt: instantOf(1), postedAt: instantOf(1), explanation: { reason: 'R' } },
        legs: [{ account: lot, unit: 'EUR', amount: 98n }],
        awards: [
          {
            ...{ rule: 'cash', unit: 'EUR', points: 138n, basisMinor: 100n, arithmetic: '1' },
            ...{ parts: [{ member: 'ann', points: 98n }], donated },
          },
        ],
        exchanges: [
          {
            ...{ from: 'USD', fromMinor: 150n, to: 'EUR', toMinor: 138n, wholeMinor: 138n },
            rate: { numerator: 200n, denominator: 217n },
            ...{ asOf: '2026-03-13' as LocalDate, source: 'ecb', rounding: 'halfUp' },
          },
        ],
      },
    ]);
    const { lines } = await viewHistory(store, asked);
    expect(lines).toMatchObject([
      {
        amounts: { EUR: '98' },
        awards: [{ donated: { charity: 'food-bank', points: '40' } }],
        exchanges: [
          {
            ...{ from: 'USD', fromMinor: '150', to: 'EUR', toMinor: '138', rate: '200/217' },
            ...{ asOf: '2026-03-13', source: 'ecb', rounding: 'halfUp' },
          },
        ],
      },
    ]);
  });

  it('shows an open redemption with the points that it holds', async () => {
    const { world } = await requested();
    expect(await linesOf(world)).toEqual([['hold', '-1000', 'open'], earned]);
  });

  it.each([
    ['captured', 'accept', 'capture', '-1000'],
    ['released', { reject: 'permanent' }, 'release', '0'],
  ] as const)('shows a redemption once when it is %s', async (state, answer, kind, points) => {
    for (const turn of ['forwards', 'backwards'] as const) {
      const { world, id } = await requested();
      await linesOf(world);
      world.provider.placing = [answer];
      await drain(world);
      expect(await expectSettled(world, id)).toBe(state);
      const lines = await linesOf(world, turn);
      expect(lines.filter(([, , redemption]) => redemption !== undefined)).toEqual([
        [kind, points, state],
      ]);
      expect(lines).toContainEqual(earned);
      const sum = lines.reduce((all, [, part]) => all + BigInt(part ?? 0), 0n);
      expect(sum).toBe(await pointsOf(world));
    }
  });
});
