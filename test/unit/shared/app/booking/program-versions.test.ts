import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { route } from '../../../../../shared/app/dispatch/route.ts';
import { viewBalance } from '../../../../../shared/app/members/member-views.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { addMs, formatInstant } from '../../../../../shared/domain/time.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { drain, expectSettled, task } from '../../../../support/fulfilment.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const dayMs = 86_400_000;

/** A world whose program has another version from tomorrow on. */
async function worldWithNext(parts: Record<string, unknown>): Promise<World> {
  const world = createWorld();
  const from = addMs(world.clock.now(), dayMs);
  await world.dependencies.programs.publish({ from, program: sampleProgram(parts) });
  return world;
}

async function ask(world: World, key: string): Promise<string> {
  const result = await redeem(world.dependencies, redemption(key));
  return result.ok ? result.value.hold.redemption : result.failure.code;
}

describe('a redemption', () => {
  it('ends by the version of its own instant, though the reward has left the program', async () => {
    const world = await worldWithNext({ rewards: [] });
    await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
    const id = await ask(world, 'before');
    world.clock.advance(2 * dayMs);
    expect(await ask(world, 'after')).toBe('UNKNOWN_REWARD');
    await route(world.dependencies, task(id));
    await drain(world);
    expect(await expectSettled(world, id)).toBe('captured');
  });

  it('is refused where no version is in force yet', async () => {
    const world = createWorld();
    const { clock, dependencies, program } = world;
    world.table.programs.set(program.program, [{ from: addMs(clock.now(), dayMs), program }]);
    expect(await ask(world, 'early')).toBe('UNKNOWN_PROGRAM');
    const member = { program: program.program, member: 'ann' };
    expect(await viewBalance(dependencies, member)).toMatchObject({ ok: false });
    clock.advance(dayMs);
    expect(await viewBalance(dependencies, member)).toMatchObject({ ok: true });
  });
});

it('an event is judged by the version in force when it happened, whenever it comes', async () => {
  const world = await worldWithNext({ currencies: ['EUR'], rewards: [] });
  const { clock } = world;
  const today = formatInstant(clock.now());
  clock.advance(2 * dayMs);
  const events = [
    delivery({ id: 'now', occurredAt: formatInstant(clock.now()) }),
    delivery({ id: 'late', occurredAt: today }),
  ];
  const outcomes = await accrue(world.dependencies, events);
  expect(outcomes).toMatchObject([
    { kind: 'refused', refusal: { code: 'CURRENCY_NOT_IN_PROGRAM' } },
    { kind: 'accrued' },
  ]);
});
