import { expect, it } from 'vitest';
import { viewBalance } from '../../../../../shared/app/members/member-views.ts';
import { lot } from '../../../../support/points.ts';
import { createWorld } from '../../../../support/world.ts';
import { bentProgram } from '../../domain/points/bent-program.ts';
import { put } from '../../domain/points/wallet-world.ts';

const lots = new Map([[lot('2027-01-01'), 70n]]);

it('shows what can be spent in every unit, wallets too', async () => {
  const world = createWorld(bentProgram({ money: { wallets: ['EUR', 'GBP'] } }));
  put(world, 'ann', 'PTS', { lots, pending: 5n });
  put(world, 'ann', 'GBP', { debt: 30n });
  const { program } = world.program;
  const view = await viewBalance(world.dependencies, { program, member: 'ann' });
  const available = new Map([
    ['PTS', 70n],
    ['EUR', 0n],
    ['GBP', -30n],
  ]);
  expect(view).toEqual({ ok: true, value: available });
});

it('reads one item where there is one unit', async () => {
  const world = createWorld(bentProgram({}));
  put(world, 'ann', 'PTS', { lots });
  const { program } = world.program;
  const ledger = {
    ...world.dependencies.ledger,
    readMember: () => Promise.reject(new Error('The member is not read whole.')),
  };
  const view = await viewBalance({ ...world.dependencies, ledger }, { program, member: 'ann' });
  expect(view).toEqual({ ok: true, value: new Map([['PTS', 70n]]) });
});
