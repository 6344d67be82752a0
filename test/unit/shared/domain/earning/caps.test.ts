import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capKeys } from '../../../../../shared/domain/earning/caps.ts';
import type { Cap } from '../../../../../shared/domain/program/schema.ts';
import { addMs, type LocalDate } from '../../../../../shared/domain/time.ts';
import { Books } from './books.ts';
import { anAward, anEvent, aRule, at, pointsIn, programWith } from './fixtures.ts';

type Json = Record<string, unknown>;

const dayMs = 86_400_000;
const start = at('2026-03-02T08:00:00Z');
const second = aRule({ id: 'second', award: anAward({ points: 2 }) });

function books(caps: Json[], rules: Json[] = [aRule()]): Books {
  return new Books(programWith({ rules, caps }));
}

/** What events of 100 points each earn, so many days after the start. */
function onDays(target: Books, days: readonly number[], parts: Json = {}): bigint[] {
  return days.map((day, index) =>
    pointsIn(
      target.book(
        anEvent({ id: `A-${index}`, occurredAt: addMs(start, day * dayMs + index), ...parts }),
      ),
    ),
  );
}

describe('a cap', () => {
  it('on an event cuts later rules first', () => {
    const target = books([{ id: 'each', per: 'event', points: 150 }], [aRule(), second]);
    const { awards } = target.book(anEvent());
    expect(awards.map(({ points }) => points)).toEqual([100n, 50n]);
    expect(awards[1]?.arithmetic).toBe('10000*2/100=200 each=50');
  });

  it('on a member lasts for its window', () => {
    const daily = { id: 'daily', per: 'member', window: 'day', points: 150 };
    expect(onDays(books([daily]), [0, 0, 0, 1])).toEqual([100n, 50n, 0n, 100n]);
    const weekly = { ...daily, window: 'week' };
    expect(onDays(books([weekly]), [0, 6, 7])).toEqual([100n, 50n, 100n]);
    const lifetime = { ...daily, id: 'ever', window: 'lifetime' };
    expect(onDays(books([lifetime]), [0, 300, 301])).toEqual([100n, 50n, 0n]);
  });

  it('is shared by a group of rules and leaves the others alone', () => {
    const extras = { id: 'extras', per: 'member', window: 'year', points: 250, rules: ['second'] };
    const target = books([extras], [aRule(), second]);
    expect(onDays(target, [0, 0, 0])).toEqual([300n, 150n, 100n]);
  });

  it('limits times', () => {
    const twice = { id: 'twice', per: 'member', window: 'month', times: 2 };
    expect(onDays(books([twice]), [0, 1, 2, 40])).toEqual([100n, 100n, 0n, 100n]);
  });

  it('gives nothing rather than a part where it says so, and tells that', () => {
    const whole = { id: 'whole', per: 'member', window: 'day', points: 150, beyond: 'nothing' };
    const target = books([whole]);
    expect(onDays(target, [0])).toEqual([100n]);
    const { explanation, counters } = target.book(anEvent({ id: 'B', occurredAt: start }));
    expect(explanation).toMatchObject({ rule: 'base', reason: 'CAP_REACHED' });
    expect(counters).toEqual([]);
  });

  it('that is tightest wins, whichever stands first', () => {
    const caps = [
      { id: 'loose', per: 'event', points: 90 },
      { id: 'tight', per: 'member', window: 'day', points: 40 },
    ];
    expect(onDays(books(caps), [0])).toEqual([40n]);
    expect(onDays(books(caps.toReversed()), [0])).toEqual([40n]);
  });

  it('counts each value of a field, and no more values than it may', () => {
    const by = { path: 'data.film', maximumValues: 2 };
    const target = books([{ id: 'film', per: 'member', window: 'day', points: 100, by }]);
    const watch = (film: string) => onDays(target, [0], { id: film, data: { film } })[0];
    expect(['a', 'b', 'c', 'a'].map(watch)).toEqual([100n, 100n, 0n, 0n]);
  });

  it('counts only points of its unit', () => {
    const cap = { id: 'miles', per: 'event', unit: 'MIL', points: 15 };
    const units = { PTS: { names: {} }, MIL: { names: {} } };
    const names = { en: { one: 'one', other: 'many' } };
    const named = Object.fromEntries(Object.keys(units).map((unit) => [unit, { names }]));
    const rules = [aRule(), aRule({ id: 'miles', award: anAward({ unit: 'MIL' }) })];
    const expiry = ['PTS', 'MIL'].map((unit) => ({ unit, kind: 'never' }));
    const program = programWith({ rules, caps: [cap] }, { units: named, expiry });
    const decision = new Books(program).book(anEvent());
    expect([pointsIn(decision), pointsIn(decision, 'MIL')]).toEqual([100n, 15n]);
  });

  it('names the counters that it relied on, as they were read', () => {
    const cap: Json = { id: 'daily', per: 'member', window: 'day', points: 150, times: 5 };
    const target = books([cap]);
    onDays(target, [0]);
    const keys = capKeys(cap as unknown as Cap, '2026-03-02' as LocalDate);
    const { counters, awards } = target.book(anEvent({ id: 'B', occurredAt: start }));
    expect(counters).toEqual([
      { key: keys.points, add: 50n, read: 100n },
      { key: keys.times, add: 1n, read: 1n },
    ]);
    expect(awards[0]).toMatchObject({ pointCounters: [keys.points], timeCounters: [keys.times] });
  });

  it('is never exceeded by any events, in any order', () => {
    const limit = fc.integer({ min: 1, max: 400 });
    const window = fc.constantFrom('day', 'week', 'month', 'quarter', 'year');
    const beyond = fc.constantFrom('cut', 'nothing');
    const event = fc.record({ amount: fc.bigInt({ min: 0n, max: 30_000n }), day: fc.nat(40) });
    const events = fc.array(event, { maxLength: 25 });
    const limits = fc.record({ points: limit, perEvent: limit, window, beyond, events });
    const property = fc.property(limits, (it) => {
      const { points, perEvent } = it;
      const target = books(
        [
          { id: 'window', per: 'member', window: it.window, points, times: 6, beyond: it.beyond },
          { id: 'event', per: 'event', points: perEvent },
        ],
        [aRule(), second],
      );
      for (const [index, { amount, day }] of it.events.entries()) {
        const occurredAt = addMs(start, day * dayMs);
        const placed = anEvent({ id: `A-${index}`, occurredAt, amountMinor: amount });
        expect(pointsIn(target.book(placed)) <= BigInt(perEvent)).toBe(true);
      }
      for (const [key, used] of target.balance('ann').standing.counters) {
        expect(used <= (key.endsWith('n') ? 6n : BigInt(points))).toBe(true);
      }
    });
    fc.assert(property, { seed: 23, numRuns: 60 });
  });
});

describe('a cooldown', () => {
  const rules = [aRule({ cooldownSeconds: 60 })];

  it('lets nothing pay within it, before or after the last award', () => {
    const target = books([], rules);
    const after = (seconds: number, index: number) =>
      target.book(anEvent({ id: `A-${index}`, occurredAt: addMs(start, seconds * 1000) }));
    const decisions = [0, 59, -59, 60, 90, 120, -60].map(after);
    expect(decisions.map((it) => pointsIn(it))).toEqual([100n, 0n, 0n, 100n, 0n, 100n, 100n]);
    expect(decisions[1]?.explanation).toMatchObject({ rule: 'base', reason: 'COOLDOWN' });
  });
});

describe('rules of which the first pays', () => {
  it('pay once, and a rule whose minimum is not met is not the first', () => {
    const minimum = anAward({ minimumAmountMinor: { EUR: 20_000 }, points: 3 });
    const rules = [
      aRule({ id: 'large', firstOf: 'spend', award: minimum }),
      aRule({ firstOf: 'spend' }),
      aRule({ id: 'third', firstOf: 'spend', when: { currency: ['EUR'] } }),
    ];
    const by = (amountMinor: bigint) =>
      books([], rules)
        .book(anEvent({ amountMinor }))
        .awards.map(({ rule }) => rule);
    expect(by(10_000n)).toEqual(['base']);
    expect(by(20_000n)).toEqual(['large']);
  });

  it('are not taken by one whose time is over', () => {
    const rules = [
      aRule({ id: 'over', firstOf: 'spend', between: { to: '2026-01-01' } }),
      aRule({ firstOf: 'spend' }),
    ];
    const { awards, explanation } = books([], rules).book(anEvent());
    expect(awards.map(({ rule }) => rule)).toEqual(['base']);
    expect(explanation.inputs).toMatchObject({ over: 'NOT_IN_PERIOD' });
  });
});
