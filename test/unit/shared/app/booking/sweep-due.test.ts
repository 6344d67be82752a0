import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { sweepDue } from '../../../../../shared/app/booking/sweep-due.ts';
import { sweepPrograms } from '../../../../../shared/app/booking/sweep-programs.ts';
import type { LedgerStore } from '../../../../../shared/ports/ledger.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { filledLots, owner } from '../../../../support/points.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const yearMs = 366 * 86_400_000;

/** A store that cannot read one member. */
function without(member: string, ledger: LedgerStore): LedgerStore {
  return {
    ...ledger,
    async readForPosting(query) {
      if (query.members.some((asked) => asked.member === member)) throw new Error('down');
      return ledger.readForPosting(query);
    },
  };
}

async function worldOf(...members: readonly string[]): Promise<World> {
  const world = createWorld();
  const events = members.map((member) => delivery({ id: member, member }, member));
  await accrue(world.dependencies, events);
  world.clock.advance(3 * yearMs);
  return world;
}

const lotsOf = async ({ dependencies }: World, member: string) =>
  filledLots(await dependencies.ledger.readBalance({ ...owner, member }));

describe('a sweep', () => {
  it('goes past a member that fails, and takes it up the next time', async () => {
    const world = await worldOf('ann', 'bob', 'cid');
    const { dependencies } = world;
    const failing = { ...dependencies, ledger: without('ann', dependencies.ledger) };
    expect(await sweepDue(failing, owner.program)).toEqual({ members: 3, booked: 2, failed: 1 });
    expect(world.logged.filter((line) => line.startsWith('SWEEP_FAILED'))).toHaveLength(1);
    expect(await lotsOf(world, 'ann')).not.toEqual([]);
    const again = await sweepDue(dependencies, owner.program);
    expect(again).toEqual({ members: 3, booked: 1, failed: 0 });
    for (const member of ['ann', 'bob', 'cid']) expect(await lotsOf(world, member)).toEqual([]);
  });
});

describe('the programs of a schedule', () => {
  it('are all swept, and the one that failed is told at the end', async () => {
    const { dependencies, logged } = createWorld();
    async function* names() {
      yield* ['broken', 'sound'];
    }
    const programs = { ...dependencies.programs, names };
    const swept: string[] = [];
    const sweep = async (program: string) => {
      if (program === 'broken') throw new Error('down');
      swept.push(program);
    };
    const all = sweepPrograms({ ...dependencies, programs }, sweep);
    await expect(all).rejects.toThrow('Some programs could not be swept.');
    expect(swept).toEqual(['sound']);
    expect(logged).toEqual(['PROGRAM_SWEEP_FAILED {"program":"broken"}']);
  });
});
