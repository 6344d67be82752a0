import { describe, expect, it } from 'vitest';
import {
  type AccrualOutcome,
  accrue,
  type EventDelivery,
} from '../../../../../shared/app/booking/accrue.ts';
import { available, emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { localDateAt } from '../../../../../shared/domain/time.ts';
import { delivery, returned } from '../../../../support/deliveries.ts';
import { owner } from '../../../../support/points.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { createWorld, type World } from '../../../../support/world.ts';

async function send(world: World, ...deliveries: EventDelivery[]): Promise<string[]> {
  return (await accrue(world.dependencies, deliveries)).map(told);
}

function told(outcome: AccrualOutcome): string {
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
}

async function pointsOf(world: World, member = 'ann'): Promise<bigint> {
  const balance = await world.dependencies.ledger.readBalance({ ...owner, member });
  return available(balance, localDateAt(world.clock.now(), world.program.timeZone));
}

describe('an event', () => {
  it('earns once, and is told apart from its own redelivery', async () => {
    const world = createWorld();
    expect(await send(world, delivery())).toEqual(['accrued']);
    expect(await send(world, delivery())).toEqual(['accrued']);
    expect(await send(world, delivery({}, 'd2'))).toEqual(['duplicate']);
    expect(await pointsOf(world)).toBe(1000n);
    expect(world.table.entries.size).toBe(1);
  });

  it.each([
    { amountMinor: 100_001 },
    { member: 'bob' },
    { occurredAt: '2026-03-16T10:00:00Z' },
    { type: 'order.returned' },
    { data: { note: 'another' } },
  ])('with another body under the same id is a conflict: %j', async (parts) => {
    const world = createWorld();
    await send(world, delivery());
    expect(await send(world, delivery(parts, 'd2'))).toEqual(['conflict']);
    expect(await pointsOf(world)).toBe(1000n);
    expect(await pointsOf(world, 'bob')).toBe(0n);
  });

  it('of another source is another event', async () => {
    const world = createWorld();
    await send(world, delivery());
    expect(await send(world, delivery({ source: 'till' }))).toEqual(['accrued']);
    expect(await pointsOf(world)).toBe(2000n);
  });

  it('that earns nothing has its entry all the same', async () => {
    const world = createWorld();
    expect(await send(world, delivery({ amountMinor: 99 }))).toEqual(['accrued']);
    expect(await send(world, delivery({ amountMinor: 99 }, 'd2'))).toEqual(['duplicate']);
    expect([...world.table.entries.values()].map(({ legs }) => legs)).toEqual([[]]);
  });

  it('that is refused writes nothing and may come again corrected', async () => {
    const world = createWorld();
    const refused = [
      delivery({ type: 'order.paid' }),
      delivery({ currency: 'JPY' }),
      delivery({ occurredAt: '2026-06-17T12:00:00Z' }),
      { ...delivery(), program: 'nowhere' },
    ];
    expect(await send(world, ...refused)).toEqual([
      'UNKNOWN_EVENT_TYPE',
      'CURRENCY_NOT_IN_PROGRAM',
      'EVENT_IN_FUTURE',
      'UNKNOWN_PROGRAM',
    ]);
    expect(world.table.entries.size).toBe(0);
    expect(await send(world, delivery())).toEqual(['accrued']);
  });
});

describe('a batch', () => {
  it('gives every delivery its own outcome', async () => {
    const world = createWorld();
    await send(world, delivery({ id: 'old' }));
    const outcomes = await send(
      world,
      delivery({ id: 'old' }, 'd2'),
      delivery({ id: 'new' }),
      delivery({ id: 'new' }, 'd2'),
      delivery({ id: 'new', amountMinor: 5 }, 'd3'),
      delivery({ id: 'bobs', member: 'bob' }),
      delivery({ id: 'bobs', member: 'cem' }, 'd4'),
      delivery({ id: 'bad', currency: 'JPY' }),
      returned('back', 50_000),
    );
    expect(outcomes).toEqual([
      ...['duplicate', 'accrued', 'duplicate', 'conflict', 'accrued', 'conflict'],
      ...['CURRENCY_NOT_IN_PROGRAM', 'returned'],
    ]);
    expect(await pointsOf(world)).toBe(1500n);
    expect((await pointsOf(world, 'bob')) + (await pointsOf(world, 'cem'))).toBe(1000n);
  });

  it('of one member is split where a transaction would not hold it', async () => {
    const world = createWorld();
    const many = Array.from({ length: 150 }, (_, index) => delivery({ id: `o${index}` }));
    expect(new Set(await send(world, ...many))).toEqual(new Set(['accrued']));
    expect(await pointsOf(world)).toBe(150_000n);
  });

  it('leaves the others alone when one member fails', async () => {
    const world = createWorld();
    const { ledger } = world.dependencies;
    const broken: typeof ledger = {
      ...ledger,
      async post(posting) {
        if (posting.entries.some(({ member }) => member === 'bob')) throw new Error('down');
        return ledger.post(posting);
      },
    };
    const outcomes = await accrue({ ...world.dependencies, ledger: broken }, [
      delivery({ id: 'bobs', member: 'bob' }),
      delivery(),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'accrued']);
  });

  it('fails for one program that cannot be loaded, and for no other', async () => {
    const world = createWorld();
    const { programs } = world.dependencies;
    await programs.publish({ from: sinceEver, program: sampleProgram({ program: 'books' }) });
    const broken: typeof programs = {
      ...programs,
      async load(program) {
        if (program === 'books') throw new Error('down');
        return programs.load(program);
      },
    };
    const books = ['b1', 'b2'].map((id) => ({ ...delivery({ id }, id), program: 'books' }));
    const batch = [...books.slice(0, 1), delivery(), ...books.slice(1), delivery({ id: 'A-2' })];
    const outcomes = await accrue({ ...world.dependencies, programs: broken }, batch);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'accrued', 'failed', 'accrued']);
    expect(await pointsOf(world)).toBe(2000n);
    expect(await send(world, ...books)).toEqual(['accrued', 'accrued']);
  });

  it('gives up on a member whose balance never stands still, and writes nothing', async () => {
    const world = createWorld();
    const { ledger } = world.dependencies;
    const restless: typeof ledger = { ...ledger, post: async () => ({ kind: 'stale' }) };
    const outcomes = await accrue({ ...world.dependencies, ledger: restless }, [delivery()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed']);
    expect(await ledger.readBalance(owner)).toEqual(emptyBalance);
  });
});

describe('debt', () => {
  it('is made by a return of what is spent, and paid by the next order', async () => {
    const world = createWorld();
    await send(world, delivery(), returned('back', 150_000));
    expect(await pointsOf(world)).toBe(-500n);
    await send(world, delivery({ id: 'A-2', amountMinor: 70_000 }));
    expect(await pointsOf(world)).toBe(200n);
    const { debt, lots } = await world.dependencies.ledger.readBalance(owner);
    expect([debt, [...lots.values()].filter((points) => points > 0n)]).toEqual([0n, [200n]]);
  });
});
