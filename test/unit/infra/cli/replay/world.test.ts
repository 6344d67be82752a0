import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodEndFrom } from '../../../../../infra/cli/replay/period-ends.ts';
import { timeIn } from '../../../../../infra/cli/replay/replay-time.ts';
import { ReplayWorld } from '../../../../../infra/cli/replay/world.ts';
import { sweepDue } from '../../../../../shared/app/booking/sweep-due.ts';
import { sweepFollowUps } from '../../../../../shared/app/booking/sweep-follow-ups.ts';
import { readMemberCommand } from '../../../../../shared/contracts/commands.ts';
import { readCustomerEvent } from '../../../../../shared/contracts/events.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { addMs, formatInstant, type Instant } from '../../../../../shared/domain/time.ts';
import { richProgram } from './rich-program.ts';

const program = richProgram();
const laterProgram = richProgram({
  expiry: [
    { unit: 'PTS', kind: 'monthsAfterEndOfMonth', months: 2 },
    { unit: 'CASH', kind: 'never' },
  ],
});
const dayMs = 86_400_000;

function at(text: string): Instant {
  const instant = timeIn(text, program.timeZone);
  if (instant === undefined) throw new Error(`${text} is no time.`);
  return instant;
}

const start = at('2026-01-10');

function newWorld(of = program, end?: Instant): ReplayWorld {
  return new ReplayWorld({ from: sinceEver, program: of }, start, end);
}

async function pay(world: ReplayWorld, id: string, facts: Record<string, unknown> = {}) {
  const occurredAt = formatInstant(world.now);
  const event = { id, source: 'test', type: 'order.paid', member: 'anna', occurredAt };
  const read = readCustomerEvent({ ...event, amountMinor: 10_000, currency: 'EUR', ...facts });
  if (!read.ok) throw new Error(read.failure.code);
  return world.deliverEvent(read.value);
}

async function enrol(world: ReplayWorld, member: string, birthday: string) {
  const facts = { id: `enrol-${member}`, source: 'test', actor: 'shop', member };
  const occurredAt = formatInstant(world.now);
  const data = { kind: 'person', birthday };
  const read = readMemberCommand({ ...facts, type: 'member.enrolled', occurredAt, data });
  if (!read.ok) throw new Error(read.failure.code);
  return world.deliverCommand(read.value);
}

/** Everything that was ever written, but for the names of deliveries. */
function written({ table }: ReplayWorld) {
  const { entries, balances, records, cases } = table;
  return { entries, balances, records, cases };
}

interface Happening {
  readonly afterDays: number;
  readonly kind: 'pay' | 'late' | 'fee' | 'early return' | 'enrol' | 'version';
  readonly member: string;
  readonly amountMinor: number;
}

const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    afterDays: fc.integer({ min: 0, max: 70 }),
    kind: fc.constantFrom('pay', 'pay', 'pay', 'late', 'fee', 'early return', 'enrol', 'version'),
    member: fc.constantFrom('anna', 'ben'),
    amountMinor: fc.integer({ min: 1, max: 25_000 }),
  }),
  { maxLength: 14 },
);

async function happen(world: ReplayWorld, happening: Happening, index: number): Promise<void> {
  const { kind, member, amountMinor } = happening;
  const id = `${index}`;
  const facts = { member, amountMinor };
  if (kind === 'pay') await pay(world, id, facts);
  if (kind === 'late') {
    const occurredAt = formatInstant(addMs(world.now, -60 * dayMs));
    await pay(world, id, { ...facts, occurredAt });
  }
  if (kind === 'fee') await pay(world, id, { ...facts, type: 'fee.paid' });
  if (kind === 'early return') {
    const refersTo = { source: 'test', id: `${index + 1}` };
    await pay(world, id, { ...facts, type: 'order.returned', refersTo });
  }
  if (kind === 'enrol') await enrol(world, member, '07-20');
  if (kind === 'version') {
    await world.publish({ from: addMs(world.now, 40 * dayMs), program: laterProgram });
  }
}

describe('the replay world', () => {
  it('runs the schedules as if it had stopped at every period end', async () => {
    const play = async (list: readonly Happening[], period: 'day' | 'month') => {
      const of = richProgram({ period });
      const end = addMs(start, 900 * dayMs);
      const [quick, thorough] = [newWorld(of, end), newWorld(of)];
      for (const [index, happening] of [...list.entries(), [list.length, undefined] as const]) {
        const until = happening ? addMs(quick.now, happening.afterDays * dayMs) : end;
        await quick.advanceTo(until);
        await stopEverywhere(thorough, until);
        if (happening === undefined) continue;
        await happen(quick, happening, index);
        await happen(thorough, happening, index);
      }
      expect(written(quick)).toEqual(written(thorough));
    };
    const histories = fc.asyncProperty(happenings, fc.constantFrom('day', 'month'), play);
    await fc.assert(histories, { numRuns: 10, seed: 20_261_122 });
  });

  it('books what was due at the instant it was due', async () => {
    const world = newWorld();
    await enrol(world, 'anna', '07-20');
    await world.advanceTo(at('2027-01-01'));
    const [birthday] = [...world.table.entries.values()].filter(({ kind }) => kind === 'accrual');
    expect(birthday).toMatchObject({ occurredAt: at('2026-07-20'), postedAt: at('2026-07-20') });
  });

  it('does not go back', async () => {
    const world = newWorld();
    await expect(world.advanceTo(addMs(start, -1))).rejects.toThrow('Time does not go back.');
  });

  it('says why a version is not taken', async () => {
    const world = newWorld();
    const [finding] = await world.publish({ from: addMs(start, -dayMs), program: laterProgram });
    expect(finding?.message).toContain('is past');
  });
});

async function stopEverywhere(world: ReplayWorld, until: Instant): Promise<void> {
  for (;;) {
    const { program: current } = await world.compiled();
    const end = periodEndFrom(addMs(world.now, 1), current);
    if (end > until) break;
    await world.advanceTo(end);
    await sweepFollowUps(world.dependencies, world.program);
    await sweepDue(world.dependencies, world.program);
  }
  await world.advanceTo(until);
}

describe('period ends', () => {
  const zone = 'Europe/Berlin';
  it.each([
    ['day', '2026-03-28T12:00', '2026-03-29'],
    ['day', '2026-03-29', '2026-03-29'],
    ['day', '2026-03-29T00:00:01', '2026-03-30'],
    ['month', '2026-03-01', '2026-03-01'],
    ['month', '2026-03-01T00:00:01', '2026-04-01'],
    ['month', '2026-12-31T23:59:59', '2027-01-01'],
  ] as const)('of a %s from %s: %s', (period, from, end) => {
    const [instant, expected] = [timeIn(from, zone), timeIn(end, zone)];
    expect(periodEndFrom(instant as Instant, { period, timeZone: zone })).toBe(expected);
  });
});
