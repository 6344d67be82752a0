import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/domain/time.ts';
import { dayIn } from './available.ts';
import { CapOracle } from './cap-oracle.ts';
import { anyCaps, cappedProgram } from './cap-programs.ts';
import { programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { anyMix, dealt, hashOf } from './traffic.ts';

const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland'];
const anyOrder = fc.record({
  member: fc.constantFrom('ann', 'bob'),
  hoursAgo: fc.integer({ min: 1, max: 24 * 55 }),
  sameDay: fc.boolean(),
  amountMinor: fc.integer({ min: 1, max: 30_000 }),
  kind: fc.constantFrom('a', 'b'),
  shop: fc.constantFrom('x', 'y', 'z', undefined),
  returned: fc.nat({ max: 4 }),
});

type Order = typeof anyOrder extends fc.Arbitrary<infer Of> ? Of : never;

function eventsOf(orders: readonly Order[], nowMs: number): Sent[] {
  return orders.flatMap(({ hoursAgo, sameDay, kind, shop, returned, ...rest }, index) => {
    const at = instantOf(nowMs - (sameDay ? hoursAgo % 24 : hoursAgo) * (dayMs / 24));
    const data = { kind, ...(shop !== undefined && { shop }) };
    const order = { ...rest, id: `o${index}`, at, data };
    if (returned > 0) return [order];
    return [order, { ...rest, id: `r${index}`, type: 'order.returned', of: `o${index}` }];
  });
}

describe('caps', () => {
  it('are never exceeded, in any order, under repetition and two workers', async () => {
    const property = fc.asyncProperty(
      anyCaps,
      fc.array(anyOrder, { minLength: 4, maxLength: 24 }),
      anyMix,
      fc.constantFrom(...zones),
      async (caps, orders, mix, timeZone) => {
        const stage = new Stage(programOf(cappedProgram(caps, timeZone)));
        const enrolledOn = new Map<string, string>();
        for (const member of ['ann', 'bob']) {
          const at = stage.now() - 400 * dayMs;
          const occurredAt = new Date(at).toISOString();
          await stage.command('member.enrolled', { kind: 'person' }, { member, occurredAt });
          enrolledOn.set(member, dayIn(timeZone, at));
        }
        const events = eventsOf(orders, stage.now());
        await stage.race(mix.seed, dealt(events, mix));
        await stage.sweep();
        await stage.audit();
        const byHash = new Map(events.map((event) => [hashOf(event.id), event]));
        const setting = { caps, timeZone, enrolledOn, events: byHash };
        expect(new CapOracle(setting, stage.postings).findings).toEqual([]);
        expect(stage.table.waiting.size).toBe(0);
      },
    );
    await fc.assert(property, runs(60));
  });
});
