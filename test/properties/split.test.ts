import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perMajor, placed, programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { dayMs, Stage } from './stage.ts';
import { accountsIn, statesIn } from './state.ts';

const anyWho = fc.uniqueArray(
  fc.record({
    member: fc.constantFrom('ann', 'bob', 'cem', 'dia', 'eve'),
    share: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 1_000_000_000 })),
  }),
  { minLength: 1, maxLength: 5, selector: ({ member }) => member },
);
const anyPlace = fc.constantFrom(
  {},
  { pending: { until: [{ when: { type: ['trip.completed'] } }] } },
  { pending: { until: [{ when: { type: ['trip.completed'] } }], forfeitAfterDays: 5 } },
  { vestAfterDays: 3 },
);
const anyCap = fc.option(fc.integer({ min: 1, max: 250 }), { nil: undefined });

function splitting(place: object, points: number | undefined) {
  const split = { by: 'data.who', maximumMembers: 5 };
  return programOf({
    earning: {
      rules: [{ id: 'base', when: placed, award: perMajor, split, ...place }],
      caps: points === undefined ? [] : [{ id: 'most', per: 'event', points }],
    },
  });
}

describe('a split', () => {
  it('shares out the capped total: no point more, no point less', async () => {
    const anyAmount = fc.integer({ min: 100, max: 30_000 });
    const property = fc.asyncProperty(
      ...[anyPlace, anyCap, anyWho, anyAmount],
      async (place, points, who, amountMinor) => {
        const stage = new Stage(splitting(place, points));
        await stage.send([{ id: 'it', amountMinor, data: { who } }]);
        const worth = BigInt(Math.floor(amountMinor / 100));
        const total = points === undefined || worth < BigInt(points) ? worth : BigInt(points);
        const [entry] = stage.table.entries.values();
        const [award] = entry?.awards ?? [];
        const parts = award?.parts ?? [];
        expect(award?.points).toBe(total);
        expect(parts.reduce((sum, part) => sum + part.points, 0n)).toBe(total);
        expect(accountsIn(stage.table)['PTS issued']).toBe(`${-total}`);
        const shares = who.reduce((sum, { share }) => sum + BigInt(share), 0n);
        for (const { member, share } of who) {
          const part = parts.find((one) => one.member === member)?.points ?? 0n;
          const exact = (total * BigInt(share)) / shares;
          expect([exact, exact + 1n]).toContain(part);
        }
        await stage.audit();
        await stage.send([{ id: 'done', type: 'trip.completed', of: 'it' }]);
        stage.reach(stage.now() + 6 * dayMs);
        await stage.sweep();
        await stage.audit();
        const held = Object.values(statesIn(stage.table)).flatMap(({ lots }) =>
          Object.values(lots),
        );
        expect(held.reduce((sum, lot) => sum + BigInt(lot), 0n)).toBe(total);
      },
    );
    await fc.assert(property, runs(60));
  });

  it('that waits is forfeited by everybody who was to have a part of it', async () => {
    const property = fc.asyncProperty(anyWho, async (who) => {
      const when = { type: ['trip.completed'] };
      const stage = new Stage(
        splitting({ pending: { until: [{ when }], forfeitAfterDays: 5 } }, undefined),
      );
      await stage.send([{ id: 'it', data: { who } }]);
      stage.reach(stage.now() + 6 * dayMs);
      // An event of its own member finds it due as well as a sweep does.
      const told = who.length % 2 === 0 ? await stage.send([{ id: 'x', amountMinor: 1 }]) : [];
      expect(told.filter(({ kind }) => kind !== 'accrued')).toEqual([]);
      await stage.sweep();
      await stage.audit();
      expect(statesIn(stage.table)).toEqual({});
      expect(accountsIn(stage.table)).toMatchObject({
        'PTS breakage': '100',
        'PTS issued': '-100',
      });
    });
    await fc.assert(property, runs(20));
  });
});
