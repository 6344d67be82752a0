import { describe, expect, it } from 'vitest';
import {
  type FloatState,
  floatRead,
  forecastOf,
  keptDays,
} from '../../../../../shared/domain/redemption/float.ts';
import { addMs, type Instant, instantOf } from '../../../../../shared/domain/time.ts';

const start = instantOf(Date.parse('2026-06-15T00:00:00Z'));
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const held = (amountMinor: bigint, currency = 'EUR') => [{ amountMinor, currency }];

function readings(...all: readonly (readonly [hours: number, amountMinor: bigint])[]): FloatState {
  const read = all.reduce<FloatState | undefined>((before, [hours, amountMinor]) => {
    return floatRead(before, held(amountMinor), addMs(start, hours * hourMs));
  }, undefined);
  if (read === undefined) throw new Error('A reading.');
  return read;
}

describe('the use of a float', () => {
  it('is what it has lost between readings, by day; what fills it up is no use', () => {
    const { used } = readings([0, 1000n], [6, 900n], [12, 5900n], [18, 5850n], [30, 5000n]);
    const told = used.map(({ day, amount }) => [day, amount.amountMinor]);
    expect(told).toEqual([
      ['2026-06-15', 150n],
      ['2026-06-16', 850n],
    ]);
  });

  it('is kept for two weeks', () => {
    const days = Array.from({ length: 40 }, (_, day) => [24 * day, 10_000n - BigInt(day)] as const);
    expect(readings(...days).used).toHaveLength(keptDays);
  });

  it('says for how many days it lasts, at the use of the last week', () => {
    expect(forecastOf(readings([0, 1000n]))).toEqual([]);
    expect(forecastOf(readings([0, 1000n], [1, 900n]))).toEqual([{ currency: 'EUR', daysLeft: 9 }]);
    const quiet = readings([0, 1000n], [1, 900n], [72, 900n]);
    expect(forecastOf(quiet)).toEqual([{ currency: 'EUR', daysLeft: 36 }]);
    expect(forecastOf(readings([0, 1000n], [1, 900n], [24 * 8, 900n]))).toEqual([]);
    expect(forecastOf(readings([0, 1000n], [1, 0n]))).toEqual([{ currency: 'EUR', daysLeft: 0 }]);
  });
});

describe('an account out of funds', () => {
  const out: FloatState = { ...readings([0, 100n]), outOfFundsSince: start };
  const sinceAfter = (amountMinor: bigint, at: Instant) =>
    floatRead(out, held(amountMinor), at).outOfFundsSince;

  it('goes on once it holds more than before', () => {
    expect(sinceAfter(100n, addMs(start, 1))).toBe(start);
    expect(sinceAfter(101n, addMs(start, 1))).toBeUndefined();
  });

  it('is tried again after an hour: something smaller may fit, but nothing into nothing', () => {
    expect(sinceAfter(100n, addMs(start, hourMs - 1))).toBe(start);
    expect(sinceAfter(100n, addMs(start, hourMs))).toBeUndefined();
    expect(sinceAfter(0n, addMs(start, dayMs))).toBe(start);
    expect(floatRead(out, [], addMs(start, hourMs)).outOfFundsSince).toBeUndefined();
  });
});
