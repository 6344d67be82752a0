import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perMajor, placed, programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { accountsIn, statesIn } from './state.ts';
import { anyMix, batchesOf, mixed } from './traffic.ts';

const people = ['ann', 'bob', 'cem'] as const;
const anyOrder = fc.record({
  member: fc.constantFrom(...people),
  amountMinor: fc.integer({ min: 100, max: 20_000 }),
  who: fc.option(fc.constantFrom(['ann', 'bob'], ['bob', 'cem'], ['ann', 'cem']), {
    nil: undefined,
  }),
  returned: fc.nat({ max: 2 }),
  activated: fc.boolean(),
  /** Before the merge, while it runs, or after it. */
  when: fc.constantFrom(0, 1, 2),
  returnedWhen: fc.constantFrom(0, 1, 2),
});
type Order = typeof anyOrder extends fc.Arbitrary<infer Of> ? Of : never;

const anyPlace = fc.constantFrom(
  {},
  { vestAfterDays: 14 },
  { pending: { until: [{ when: { type: ['trip.completed'] } }] } },
  { pending: { until: [{ when: { type: ['trip.completed'] } }], forfeitAfterDays: 30 } },
);

function merging(place: object) {
  const split = { split: { by: 'data.who', maximumMembers: 3 } };
  return programOf({
    earning: { rules: [{ id: 'base', when: placed, award: perMajor, ...split, ...place }] },
    metrics: [{ id: 'spend', when: placed, of: 'amount' }],
  });
}

interface Timed {
  readonly when: number;
  readonly sent: Sent;
}

function eventsOf(orders: readonly Order[]): Timed[] {
  return orders.flatMap((order, index) => {
    const { member, amountMinor, who, returned, activated, when, returnedWhen } = order;
    const id = `o${index}`;
    const data = who && { who: who.map((name) => ({ member: name, share: 1 })) };
    const later = Math.max(when, returnedWhen);
    const placedOne = { when, sent: { id, member, amountMinor, ...(data && { data }) } };
    const about = { member, of: id };
    const back: Timed[] = Array.from({ length: returned }, (_, part) => ({
      when: later,
      sent: {
        ...about,
        id: `${id}-r${part}`,
        type: 'order.returned',
        amountMinor: amountMinor - part,
      },
    }));
    const done = { when: later, sent: { ...about, id: `${id}-a`, type: 'trip.completed' } };
    return [placedOne, ...back, ...(activated ? [done] : [])];
  });
}

/** What nobody merged would have, all members together. */
async function apart(place: object, events: readonly Timed[]): Promise<Stage> {
  const stage = new Stage(merging(place));
  for (const when of [0, 1, 2]) {
    const now = events.filter((event) => event.when === when);
    for (const { sent } of now) await stage.send([sent]);
  }
  await settled(stage);
  return stage;
}

async function settled(stage: Stage): Promise<void> {
  for (let days = 0; days <= 45; days += 15) {
    stage.reach(stage.now() + days * dayMs);
    await stage.sweep();
  }
  await stage.sweep();
  await stage.audit();
}

function allPoints(stage: Stage): bigint {
  return Object.values(statesIn(stage.table)).reduce((sum, { lots, debt, pending, vesting }) => {
    const held = [...Object.values(lots), ...Object.values(vesting), pending];
    return sum + held.reduce((all, points) => all + BigInt(points), 0n) - BigInt(debt);
  }, 0n);
}

describe('a merge in the middle of traffic', () => {
  it('loses no point, makes none, and leaves nothing behind', async () => {
    const orders = fc.array(anyOrder, { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(anyPlace, orders, anyMix, async (place, all, mix) => {
      const events = eventsOf(all);
      const stage = new Stage(merging(place));
      for (const member of people) {
        await stage.command('member.enrolled', { kind: 'person' }, { member });
      }
      const sentAt = (when: number) =>
        events.filter((event) => event.when === when).map(({ sent }) => sent);
      for (const sent of sentAt(0)) await stage.send([sent]);
      const batches = batchesOf(mixed(sentAt(1), mix), mix.batch);
      const body = { type: 'member.merged', member: 'ann', data: { from: 'bob' } };
      const [told] = await Promise.all([
        stage.racingCommand(mix.seed, body),
        stage.race(mix.seed + 1, [batches]),
      ]);
      expect(told.kind).toBe('done');
      for (const sent of sentAt(2)) await stage.send([sent]);
      await settled(stage);
      const states = statesIn(stage.table);
      const left = states['bob PTS'];
      expect([left?.lots ?? {}, left?.debt ?? '0', left?.pending ?? '0']).toEqual([{}, '0', '0']);
      expect(left?.vesting ?? {}).toEqual({});
      const without = await apart(place, events);
      expect(allPoints(stage)).toBe(allPoints(without));
      expect(accountsIn(stage.table)).toEqual(accountsIn(without.table));
    });
    await fc.assert(property, runs(60));
  });
});

describe('adjustments', () => {
  const anyAdjustment = fc.record({
    points: fc.integer({ min: -300, max: 300 }).filter((points) => points !== 0),
    asked: fc.constantFrom('staff-1', 'staff-2', 'ann'),
    decided: fc.constantFrom('staff-1', 'staff-2', 'ann'),
    word: fc.constantFrom('adjustment.approved', 'adjustment.approved', 'adjustment.rejected'),
    times: fc.integer({ min: 1, max: 3 }),
  });

  it('above the limit need two persons, and are booked once', async () => {
    const property = fc.asyncProperty(fc.array(anyAdjustment, { maxLength: 8 }), async (all) => {
      const limit = 100;
      const members = { ...programOf({}).members, secondPersonAbove: limit };
      const stage = new Stage(programOf({ members }));
      let expected = 0n;
      for (const { points, asked, decided, word, times } of all) {
        const data = { unit: 'PTS', points, reason: 'correction', intoDebt: true };
        const told = await stage.command('points.adjusted', data, { actor: asked });
        expect(told.kind).toBe(asked === 'ann' ? 'refused' : 'done');
        if (asked === 'ann') continue;
        if (Math.abs(points) <= limit) {
          expected += BigInt(points);
          continue;
        }
        const [record] = [...stage.table.records.values()].filter(
          ({ record: { kind } }) => kind === 'approval',
        );
        const approval = record?.record.id ?? '';
        const decide = () => stage.command(word, { approval }, { actor: decided });
        const outcomes = await Promise.all(Array.from({ length: times }, decide));
        const done = outcomes.filter(({ kind }) => kind === 'done').length;
        const isOther = decided !== asked && (decided !== 'ann' || word.endsWith('rejected'));
        expect(done).toBe(isOther ? 1 : 0);
        if (isOther && word.endsWith('approved')) expected += BigInt(points);
        if (!isOther) {
          await stage.command('adjustment.rejected', { approval }, { actor: 'staff-3' });
        }
      }
      expect(allPoints(stage)).toBe(expected);
      await stage.audit();
    });
    await fc.assert(property, runs(40));
  });
});

describe('references of merged members', () => {
  it('in splits and returns reach whoever holds their points', async () => {
    const stage = new Stage(merging({}));
    await stage.send([{ id: 'o1', member: 'bob' }]);
    await stage.command('member.merged', { from: 'bob' });
    const who = [
      { member: 'bob', share: 1 },
      { member: 'cem', share: 1 },
    ];
    await stage.send([{ id: 'o2', member: 'cem', data: { who } }]);
    await stage.send([{ id: 'r1', member: 'bob', of: 'o1', type: 'order.returned' }]);
    await stage.sweep();
    const states = statesIn(stage.table);
    expect(Object.values(states['ann PTS']?.lots ?? {})).toEqual(['50']);
    expect(Object.values(states['cem PTS']?.lots ?? {})).toEqual(['50']);
    await stage.audit();
  });
});
