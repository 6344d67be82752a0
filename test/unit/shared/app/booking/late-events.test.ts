import { expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { executeCommands } from '../../../../../shared/app/booking/execute-commands.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { addMs } from '../../../../../shared/domain/time.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { sampleProgram, sampleProgramJson } from '../../../../support/sample-program.ts';
import { createWorld, type World } from '../../../../support/world.ts';

const named = (text: string) => ({ en: text });

/** Gold from 1,000 pounds of one month on, and twice the points with it. */
const tiered = () => {
  const { earning } = sampleProgramJson() as { earning: object };
  const gold = { anyOf: [{ allOf: [{ metric: 'spend', atLeast: 100_000 }] }] };
  return sampleProgram({
    metrics: [{ id: 'spend', of: 'amount', when: { type: ['order.placed'] } }],
    earning: {
      ...earning,
      multipliers: [{ id: 'gold-double', tierPercents: { gold: 200 } }],
    },
    tiers: {
      levels: [
        { id: 'base', names: named('Base') },
        { id: 'gold', names: named('Gold'), qualify: gold },
      ],
      window: { kind: 'rolling', months: 12 },
      up: { when: 'now' },
      down: { when: 'never' },
    },
  });
};

async function earned(world: World, id: string, occurredAt: string): Promise<bigint> {
  const sent = delivery({ id, occurredAt, amountMinor: 100_000 }, `d-${id}`);
  const before = await heldIn(world);
  expect(await accrue(world.dependencies, [sent])).toEqual([{ kind: 'accrued' }]);
  return (await heldIn(world)) - before;
}

function command({ dependencies }: World, parts: Readonly<Record<string, unknown>>) {
  const sender = { source: 'desk', actor: 'clerk', member: 'ann' };
  const reading = readMemberCommand({ ...sender, occurredAt: '2026-03-01T10:00:00Z', ...parts });
  if (!reading.ok) throw new Error(`${reading.failure.code} ${reading.failure.field}`);
  const received = { delivery: 'd', program: owner.program, received: reading.value };
  return executeCommands(dependencies, [received]);
}

async function heldIn({ dependencies }: World): Promise<bigint> {
  const { lots } = await dependencies.ledger.readBalance(owner);
  return [...lots.values()].reduce((sum, points) => sum + points, 0n);
}

it('an event that comes late earns by the tier that was in force when it happened', async () => {
  const world = createWorld(tiered());
  expect(await earned(world, 'to-gold', '2026-05-10T10:00:00Z')).toBe(1000n);
  expect(await earned(world, 'as-gold', '2026-05-11T10:00:00Z')).toBe(2000n);
  expect(await earned(world, 'before', '2026-05-09T10:00:00Z')).toBe(1000n);
});

it('a closed program refuses an event of somebody it does not know, until they enrol', async () => {
  const world = createWorld(sampleProgram({ members: { enrolment: 'closed' } }));
  const send = () => accrue(world.dependencies, [delivery()]);
  const unknown = { code: 'UNKNOWN_MEMBER', field: 'member' };
  expect(await send()).toEqual([{ kind: 'refused', refusal: unknown }]);
  expect(world.table.entries.size).toBe(0);
  const join = { type: 'member.enrolled', data: { kind: 'person' } };
  expect(await command(world, { id: 'join', ...join })).toEqual([{ kind: 'done' }]);
  expect(await send()).toEqual([{ kind: 'accrued' }]);
});

it('an adjustment cannot be dated back to where one person might do more', async () => {
  const world = createWorld(sampleProgram({ members: { secondPersonAbove: 1000 } }));
  const from = addMs(world.clock.now(), 1);
  const program = sampleProgram({ members: { secondPersonAbove: 100 } });
  await world.dependencies.programs.publish({ from, program });
  world.clock.advance(1);
  for (const points of [100, 101]) {
    const data = { unit: 'PTS', points, reason: 'correction' };
    const asked = { id: `p-${points}`, type: 'points.adjusted', data };
    expect(await command(world, asked)).toEqual([{ kind: 'done' }]);
  }
  expect(await heldIn(world)).toBe(100n);
  expect([...world.table.cases.values()]).toMatchObject([{ reason: 'ADJUSTMENT_TO_APPROVE' }]);
});

it('an event that is booked already is a duplicate, however old it has become', async () => {
  const world = createWorld(sampleProgram({ lateDays: 30 }));
  const sent = delivery({ id: 'old', occurredAt: '2026-06-14T10:00:00Z' }, 'first');
  expect(await accrue(world.dependencies, [sent])).toEqual([{ kind: 'accrued' }]);
  world.clock.advance(31 * 86_400_000);
  const again = { ...sent, delivery: 'again' };
  expect(await accrue(world.dependencies, [again])).toEqual([{ kind: 'duplicate' }]);
  const late = delivery({ id: 'new', occurredAt: '2026-06-14T10:00:00Z' }, 'late');
  expect(await accrue(world.dependencies, [late])).toEqual([
    { kind: 'refused', refusal: { code: 'EVENT_TOO_LATE', field: 'occurredAt' } },
  ]);
});

it('an approval names an adjustment by its source and id', async () => {
  const world = createWorld();
  const asked = { id: 'a-1', type: 'points.adjusted' };
  const data = { unit: 'PTS', points: 40, reason: 'correction' };
  expect(await command(world, { ...asked, data })).toEqual([{ kind: 'done' }]);
  expect(await heldIn(world)).toBe(0n);
  const approval = { source: 'desk', id: 'a-1' };
  const answer = { id: 'a-2', type: 'adjustment.approved', actor: 'boss', data: { approval } };
  expect(await command(world, answer)).toEqual([{ kind: 'done' }]);
  expect(await heldIn(world)).toBe(40n);
});
