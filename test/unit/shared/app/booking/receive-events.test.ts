import { describe, expect, it } from 'vitest';
import {
  type IncomingEvent,
  receiveEvents,
} from '../../../../../shared/app/booking/receive-events.ts';
import { readCustomerEvent } from '../../../../../shared/contracts/events.ts';
import type { PublishedEvent } from '../../../../../shared/ports/runtime.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { createWorld, type World } from '../../../../support/world.ts';

function incoming(parts: Readonly<Record<string, unknown>>, name: string): IncomingEvent {
  const { program, received } = delivery(parts, name);
  return { delivery: name, program, reading: { ok: true, value: received } };
}

async function receive(world: World, events: readonly IncomingEvent[]) {
  const told: PublishedEvent[] = [];
  const publisher = { publish: async (some: readonly PublishedEvent[]) => void told.push(...some) };
  const failed = await receiveEvents({ ...world.dependencies, publisher }, events);
  return { failed, told: told.map(({ type, detail }) => [type, detail.delivery, detail.code]) };
}

describe('receiving events', () => {
  it('tells of what changed nothing, by delivery, and fails none of it', async () => {
    const world = createWorld();
    const unread = readCustomerEvent({ member: '' });
    const events = [
      incoming({ id: 'a' }, 'd1'),
      { delivery: 'd2', program: 'online-retail', reading: unread },
      incoming({ id: 'a' }, 'd3'),
      incoming({ id: 'a', amountMinor: 1 }, 'd4'),
      incoming({ id: 'b', currency: 'JPY' }, 'd5'),
    ];
    const { failed, told } = await receive(world, events);
    expect(failed).toEqual([]);
    expect(told).toEqual([
      ['event.refused.v1', 'd2', 'FIELD_MISSING'],
      ['event.duplicate.v1', 'd3', undefined],
      ['event.conflict.v1', 'd4', undefined],
      ['event.refused.v1', 'd5', 'CURRENCY_NOT_IN_PROGRAM'],
    ]);
    expect(world.table.entries.size).toBe(1);
  });

  it('returns the positions of what failed, in the batch as it came', async () => {
    const world = createWorld();
    const { ledger } = world.dependencies;
    const broken: typeof ledger = {
      ...ledger,
      async post(posting) {
        if (posting.entries.some(({ member }) => member === 'bob')) throw new Error('down');
        return ledger.post(posting);
      },
    };
    const failing = { ...world, dependencies: { ...world.dependencies, ledger: broken } };
    const unread = readCustomerEvent(null);
    const events = [
      { delivery: 'd0', program: 'online-retail', reading: unread },
      incoming({ id: 'a' }, 'd1'),
      incoming({ id: 'b', member: 'bob' }, 'd2'),
    ];
    const { failed, told } = await receive(failing, events);
    expect(failed).toEqual([2]);
    expect(told).toEqual([['event.refused.v1', 'd0', 'MALFORMED_JSON']]);
  });
});
