import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, perMajor, placed, programOf } from './program-json.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { accountsIn, statesIn } from './state.ts';

const lifeDays = 300;
const done = { type: ['trip.completed'] };

const anyProgram = fc.record({
  expiry: fc.constantFrom(
    { kind: 'daysAfter', days: 40 },
    { kind: 'monthsAfterEndOfMonth', months: 2 },
    { kind: 'endOfQuarter', quarters: 1 },
    { kind: 'inactivity', months: 3 },
  ),
  vestAfterDays: fc.constantFrom(2, 20),
  every: fc.constantFrom('month', 'quarter'),
  step: fc.constantFrom('one', 'all'),
  graceMonths: fc.constantFrom(undefined, 1),
  up: fc.constantFrom({ when: 'now' }, { when: 'review', every: 'month' }),
  period: fc.constantFrom('day', 'month'),
});
type Choice = typeof anyProgram extends fc.Arbitrary<infer Of> ? Of : never;

function programJson({ expiry, vestAfterDays, up, period, ...down }: Choice): Json {
  const level = (id: string, atLeast: number) => ({
    ...{ id, names: { en: id } },
    qualify: { anyOf: [{ allOf: [{ metric: 'spend', atLeast }] }] },
  });
  const fixed = { kind: 'fixed', unit: 'PTS', points: 17 };
  return {
    period,
    lateDays: 30,
    earning: {
      rules: [
        { id: 'base', when: placed, award: perMajor },
        { id: 'later', when: placed, award: fixed, vestAfterDays },
        {
          ...{ id: 'trip', when: { ...placed, data: { trip: [true] } }, award: fixed },
          pending: { until: [{ when: done }], forfeitAfterDays: 15 },
        },
      ],
      multipliers: [{ id: 'by-level', tierPercents: { silver: 120, gold: 200 } }],
    },
    metrics: [{ id: 'spend', when: placed, of: 'amount' }],
    tiers: {
      levels: [
        { id: 'blue', names: { en: 'Blue' } },
        level('silver', 20_000),
        level('gold', 50_000),
      ],
      window: { kind: 'rolling', months: 3 },
      up,
      down: { when: 'review', ...JSON.parse(JSON.stringify(down)) },
    },
    expiry: [{ unit: 'PTS', ...expiry }],
  };
}

const anyEvent = fc.record({
  day: fc.integer({ min: 0, max: lifeDays - 60 }),
  amountMinor: fc.integer({ min: 100, max: 30_000 }),
  trip: fc.boolean(),
  /** Days after it, where the order comes back or is completed. */
  returnedAfter: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined, freq: 2 }),
  doneAfter: fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined, freq: 2 }),
});
/** Mostly in a few stretches, so that much comes due between two events. */
const anyEvents = fc.array(anyEvent, { minLength: 3, maxLength: 30 });

interface Dated {
  readonly day: number;
  readonly sent: Sent;
}

function datedOf(events: readonly (typeof anyEvent extends fc.Arbitrary<infer Of> ? Of : never)[]) {
  const all = events.flatMap(
    ({ day, amountMinor, trip, returnedAfter, doneAfter }, index): Dated[] => {
      const id = `o${index}`;
      const back: Sent = { id: `${id}-r`, of: id, type: 'order.returned', amountMinor };
      const finished: Sent = { id: `${id}-a`, of: id, type: 'trip.completed' };
      return [
        { day, sent: { id, amountMinor, data: { trip } } },
        ...(doneAfter === undefined ? [] : [{ day: day + doneAfter, sent: finished }]),
        ...(returnedAfter === undefined ? [] : [{ day: day + returnedAfter, sent: back }]),
      ];
    },
  );
  return all.sort((one, other) => one.day - other.day);
}

/** A life in which every event comes in time and sweeps on some days; one in the end. */
async function lived(choice: Choice, dated: readonly Dated[], isSwept: (day: number) => boolean) {
  const stage = new Stage(programOf(programJson(choice)));
  const start = stage.now();
  for (let day = 0; day <= lifeDays; day += 1) {
    stage.reach(start + day * dayMs);
    if (isSwept(day)) await stage.sweep();
    for (const one of dated) if (one.day === day) await stage.send([one.sent]);
  }
  await stage.sweep();
  await stage.audit();
  const tiers = [...stage.table.balances.values()].map(({ balance: { standing } }) => {
    const { level, since, earlier, graceUntil } = standing.tier ?? {};
    return { level, since, earlier, graceUntil };
  });
  return { states: pointsIn(stage), accounts: accountsIn(stage.table), tiers };
}

/** Without figures: months that nothing looks back to go with whatever is written next. */
function pointsIn({ table }: Stage): Record<string, unknown> {
  const states = Object.entries(statesIn(table)).map(([owner, state]) => {
    const { lots, debt, pending, vesting } = state;
    return [owner, { lots, debt, pending, vesting }] as const;
  });
  return Object.fromEntries(states.filter(([, { lots }]) => Object.keys(lots).length > 0));
}

describe('sweeping', () => {
  it('daily, late or never leaves the same lots, levels and breakage', async () => {
    const anyDays = fc.array(fc.integer({ min: 0, max: lifeDays }), { maxLength: 6 });
    const property = fc.asyncProperty(anyProgram, anyEvents, anyDays, async (choice, all, days) => {
      const dated = datedOf(all);
      const daily = await lived(choice, dated, () => true);
      expect(await lived(choice, dated, () => false)).toEqual(daily);
      expect(await lived(choice, dated, (day) => days.includes(day))).toEqual(daily);
    });
    await fc.assert(property, runs(15));
  });

  it('finds more due than one transaction takes, before anything else is judged', async () => {
    const choice: Choice = {
      ...{ expiry: { kind: 'daysAfter', days: 40 }, vestAfterDays: 2, every: 'month' },
      ...{ step: 'one', graceMonths: undefined, up: { when: 'now' }, period: 'day' },
    };
    const busy = Array.from({ length: 30 }, (_, index) => {
      const rest = { trip: false, returnedAfter: undefined, doneAfter: undefined };
      return { day: 2 * index, amountMinor: 10_000, ...rest };
    });
    const last = { trip: false, returnedAfter: undefined, doneAfter: undefined };
    const dated = datedOf([...busy, { day: 280, amountMinor: 10_000, ...last }]);
    const daily = await lived(choice, dated, () => true);
    expect(await lived(choice, dated, () => false)).toEqual(daily);
  });
});
