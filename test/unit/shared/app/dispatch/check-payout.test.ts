import { expect, it } from 'vitest';
import { check } from '../../../../../shared/app/dispatch/check.ts';
import { dispatch } from '../../../../../shared/app/dispatch/dispatch.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { orderOf, task } from '../../../../support/fulfilment.ts';
import { account, payingWorld, program } from '../../../../support/paying.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

it('money on its way is looked up a few times a day, and is a case past its promise', async () => {
  const { bank, choose, dependencies, give, route, world } = payingWorld();
  await give('ann', 'EUR', 2_000n);
  await choose('ann', {}, account);
  const requestedAt = world.clock.now();
  await runPayouts(dependencies, { program, run: 'r', asOf: requestedAt, requestedBy: 'fin' });
  const [id = ''] = world.table.holds.keys();
  await route();
  bank.placing = ['pend'];
  await dispatch(world.dependencies, task(id));
  expect(orderOf(world, id).state).toBe('accepted');
  const look = async (afterMs: number) => {
    world.inbox.messages.splice(0);
    world.clock.reach((requestedAt + afterMs) as typeof requestedAt);
    await check(world.dependencies, { ...task(id), requestedAt });
    return world.inbox.messages.map(({ queue }) => queue);
  };
  const cases = () => [...world.table.cases.values()].map(({ reason }) => reason);
  expect(await look(hourMs)).toEqual(['check']);
  expect(await look(7 * hourMs)).toEqual(['check', 'dispatch']);
  expect(await look(4 * dayMs)).toContain('dispatch');
  expect(cases()).toEqual([]);
  // Promised within five days, given up three days later.
  await look(8 * dayMs);
  expect(cases()).toEqual(['UNSETTLED']);
  expect(orderOf(world, id).cancelled).toBe('late');
});
