import type { CustomerEvent } from '../../../../../shared/domain/earning/event.ts';
import type { Decision } from '../../../../../shared/domain/member/decision.ts';
import { readBySchema } from '../../../../../shared/domain/program/findings.ts';
import { type Program, programSchema } from '../../../../../shared/domain/program/schema.ts';
import { RateBook } from '../../../../../shared/domain/rates/rate-book.ts';
import { type Instant, type LocalDate, parseInstant } from '../../../../../shared/domain/time.ts';
import { sampleProgramJson } from '../../../../support/sample-program.ts';

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(text);
  return instant;
}

export function anEvent(parts: Partial<CustomerEvent> = {}): CustomerEvent {
  return {
    ...{ source: 'shop', id: 'A-1', type: 'order.placed', member: 'ann' },
    ...{ occurredAt: at('2026-03-15T10:00:00Z'), amountMinor: 10_000n, currency: 'EUR' },
    ...parts,
  };
}

type Json = Record<string, unknown>;

/**
 * A program of one unit in UTC whose parts a test names. Whether its balances and entries could
 * grow too large is not asked here.
 */
export function programWith(earning: Json, parts: Json = {}): Program {
  const read = readBySchema(programSchema, {
    ...sampleProgramJson(),
    timeZone: 'UTC',
    units: { PTS: { names: { en: { one: 'point', other: 'points' } } } },
    eventTypes: ['order.placed', 'order.returned', 'trip.completed', 'app.opened'],
    lateDays: 400,
    ...parts,
    earning: { rules: [], ...earning },
  });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.value;
}

/** A point for each major unit, unless told otherwise. */
export function aRule(parts: Json = {}): Json {
  return { id: 'base', when: { type: ['order.placed'] }, award: anAward(), ...parts };
}

export function anAward(parts: Json = {}): Json {
  const perAmount = { kind: 'perAmount', points: 1, perMajorUnits: 1, rounding: 'down' };
  return { unit: 'PTS', ...perAmount, ...parts };
}

export function returnsOf(rule: string): Json[] {
  return [{ id: 'back', when: { type: ['order.returned'] }, rule }];
}

/** Points of a decision by unit, awarded less taken. */
export function pointsIn({ awards }: Decision, unit = 'PTS'): bigint {
  return awards.reduce((sum, it) => (it.unit === unit ? sum + it.points : sum), 0n);
}

/** Rates of the European Central Bank by day: units for one euro. */
export function ratesOf(
  days: Readonly<Record<string, Readonly<Record<string, string>>>>,
): RateBook {
  const snapshots = Object.entries(days).map(([date, rates]) => {
    return { date: date as LocalDate, rates: new Map(Object.entries(rates)) };
  });
  return new RateBook('ecb', snapshots);
}
