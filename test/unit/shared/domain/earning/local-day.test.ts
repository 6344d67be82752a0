import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfWeek } from '../../../../../shared/domain/calendar.ts';
import { isBetween, localDayAt } from '../../../../../shared/domain/earning/local-day.ts';
import { instantOf, localDateAt } from '../../../../../shared/domain/time.ts';
import { at } from './fixtures.ts';

describe('the day of an instant', () => {
  it('is what the calendar library says, in any order and around any change of clocks', () => {
    const zones = ['Europe/London', 'America/St_Johns', 'Pacific/Apia', 'Asia/Gaza', 'UTC'];
    const anywhere = fc.integer({ min: Date.UTC(1999, 11, 30), max: Date.UTC(2079, 0, 2) });
    // St John's put its clocks back one minute after midnight; Apia left out a day.
    const edge = fc.constantFrom(Date.UTC(2010, 10, 7, 2, 31), Date.UTC(2011, 11, 30, 10));
    const near = fc.tuple(edge, fc.integer({ min: -7_200_000, max: 7_200_000 }));
    const times = fc.oneof(
      anywhere,
      near.map(([time, by]) => time + by),
    );
    const property = fc.property(times, fc.constantFrom(...zones), (epochMs, zone) => {
      const { date, weekday } = localDayAt(instantOf(epochMs), zone);
      expect(date).toBe(localDateAt(instantOf(epochMs), zone));
      expect(weekday).toBe(dayOfWeek(date));
    });
    fc.assert(property, { seed: 11, numRuns: 1000 });
  });

  it('lies in a stretch from its first day to before its end', () => {
    const { date } = localDayAt(at('2026-03-01T00:00:00Z'), 'UTC');
    expect(isBetween(date, { from: '2026-03-01' })).toBe(true);
    expect(isBetween(date, { from: '2026-03-02' })).toBe(false);
    expect(isBetween(date, { to: '2026-03-02' })).toBe(true);
    expect(isBetween(date, { to: '2026-03-01' })).toBe(false);
    expect(isBetween(date, undefined)).toBe(true);
  });
});
