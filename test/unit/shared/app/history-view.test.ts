import { describe, expect, it } from 'vitest';
import * as memory from '../../../../shared/adapters/memory/projection-store.ts';
import { viewHistory } from '../../../../shared/app/history-view.ts';
import { project } from '../../../../shared/app/project.ts';
import { available } from '../../../../shared/domain/points/balance.ts';
import { localDateAt } from '../../../../shared/domain/time.ts';
import { drain, expectSettled, requested } from '../../../support/fulfilment.ts';
import { owner } from '../../../support/points.ts';
import type { World } from '../../../support/world.ts';

const asked = { program: owner.program, member: owner.member };

/** The lines of ann's history, as one reader of the stream has left them. */
async function linesOf(world: World, turn: 'forwards' | 'backwards' = 'forwards') {
  const store = memory.createMemoryProjectionStore(world.table);
  const entries = [...world.table.entries.values()];
  await project(store, turn === 'forwards' ? entries : entries.reverse());
  await project(store, entries);
  const { lines } = await viewHistory(store, asked);
  return lines.map(({ kind, points, redemption }) => [kind, points, redemption?.state]);
}

async function pointsOf(world: World): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance(owner);
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

const earned = ['accrual', '1500', undefined];

describe('the history of a member', () => {
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
