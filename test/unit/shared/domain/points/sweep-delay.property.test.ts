import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  emptyDecision,
  type Movement,
} from '../../../../../shared/domain/member/decision.ts';
import { needsSettling } from '../../../../../shared/domain/points/balance.ts';
import { activityOf, lotFor, vestDay } from '../../../../../shared/domain/points/expiry.ts';
import type { CompiledProgram } from '../../../../../shared/domain/program/compiled.ts';
import { addMs, type Instant, instantOf } from '../../../../../shared/domain/time.ts';
import { compiledProgram } from './bent-program.ts';
import { PointsLife, told } from './points-life.ts';

const dayMs = 86_400_000;
const start = instantOf(Date.UTC(2026, 0, 1, 12));
const lifeDays = 400;
const shortestLifeDays = 30;

const kinds = [
  { kind: 'daysAfter', days: 40 },
  { kind: 'monthsAfterEndOfMonth', months: 1 },
  { kind: 'endOfQuarter', quarters: 1 },
  { kind: 'inactivity', months: 2 },
];
const anyExpiry = fc.record({
  expiry: fc.constantFrom(...kinds),
  period: fc.constantFrom('day', 'month'),
  converts: fc.boolean(),
  timeZone: fc.constantFrom('Europe/London', 'America/New_York', 'Pacific/Auckland'),
});

const conversion = {
  ...{ id: 'thrice', from: 'PTS', points: 30, to: 'REWARD', gives: 1 },
  on: ['02-14', '06-01', '10-01'],
};

interface Step {
  readonly kind: 'earn' | 'vest' | 'take';
  readonly points: bigint;
  readonly day: number;
  readonly vestDays: number;
}
const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('earn', 'earn', 'vest', 'take'),
  points: fc.bigInt({ min: 1n, max: 100n }),
  day: fc.integer({ min: 0, max: lifeDays - 60 }),
  vestDays: fc.integer({ min: 1, max: 30 }),
});

function decisionOf(compiled: CompiledProgram, step: Step, at: Instant): Decision {
  const { program } = compiled;
  const { points, vestDays } = step;
  const amount = { member: 'ann', unit: 'PTS', points };
  const movements: Record<Step['kind'], Movement> = {
    earn: { kind: 'credit', ...amount, lot: lotFor(program, 'PTS', at) },
    vest: { kind: 'pend', ...amount, vestOn: vestDay(program, at, vestDays) },
    take: { kind: 'take', ...amount, uncovered: 'debt' },
  };
  const event = {
    ...{ source: 'shop', id: '1', type: 'order.placed', member: 'ann' },
    ...{ occurredAt: at, amountMinor: 0n, currency: 'EUR' },
  };
  const activeUntil = activityOf(compiled, event, step.kind !== 'take');
  return {
    ...emptyDecision('accrual', { reason: 'TEST' }),
    movements: [movements[step.kind]],
    activeUntil,
  };
}

const converts = ({ program }: CompiledProgram) => program.conversions.length > 0;

/** Where days convert, everything that is due comes before a posting. */
function mustSettle(compiled: CompiledProgram, life: PointsLife, now: Instant): boolean {
  if (needsSettling(life.balance(), life.day(now))) return true;
  return converts(compiled) && life.due(now).length > 0;
}

/** A life with a sweep every so many days; whatever must be settled is, before each posting. */
function lived(compiled: CompiledProgram, steps: readonly Step[], everyDays: number): PointsLife {
  const life = new PointsLife(compiled);
  for (let day = 0; day <= lifeDays; day += 1) {
    const now = addMs(start, day * dayMs);
    if (day % everyDays === 0 || day === lifeDays) life.sweep(now);
    for (const step of steps.filter((one) => one.day === day)) {
      const told = life.available(now);
      if (mustSettle(compiled, life, now)) life.sweep(now);
      const before = life.available(now);
      // A sweep later than a whole life of points may find that what has vested is gone again.
      if (everyDays <= shortestLifeDays && !converts(compiled)) expect(told).toBe(before);
      life.book(decisionOf(compiled, step, now), life.day(now));
      const gained = { earn: step.points, vest: 0n, take: -step.points }[step.kind];
      expect(life.available(now)).toBe(before + gained);
    }
  }
  return life;
}

describe('however late the sweep comes', () => {
  it('the same points are left, the same have expired, and none were made or lost', () => {
    const property = fc.property(
      anyExpiry,
      fc.array(anyStep, { minLength: 1, maxLength: 10 }),
      ({ expiry, converts: does, ...parts }, steps) => {
        const rewards = { unit: 'REWARD', kind: 'monthsAfter', months: 3 };
        const compiled = compiledProgram({
          ...{ ...parts, expiry: [{ unit: 'PTS', ...expiry }, rewards] },
          conversions: does ? [conversion] : [],
        });
        const lives = [1, 30, lifeDays].map((everyDays) => lived(compiled, steps, everyDays));
        const [daily, ...others] = lives;
        if (daily === undefined) throw new Error('No life.');
        for (const other of others) {
          for (const unit of ['PTS', 'REWARD']) {
            expect(told(other.balance(unit))).toEqual(told(daily.balance(unit)));
          }
          expect(other.total('breakage')).toBe(daily.total('breakage'));
          expect(other.total('converted')).toBe(daily.total('converted'));
        }
        expect(daily.total('pending')).toBe(0n);
      },
    );
    fc.assert(property, { seed: 20260601, numRuns: 80 });
  });
});
