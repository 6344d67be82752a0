import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  anniversary,
  type CalendarWindow,
  dayOfWeek,
  windowEnd,
  windowStart,
} from '../../../../shared/domain/calendar.ts';
import { daysFrom, type LocalDate } from '../../../../shared/domain/time.ts';
import { day } from '../../../support/points.ts';

const dates = fc
  .integer({ min: 0, max: 80_000 })
  .map((days) => day(Temporal.PlainDate.from('1900-01-01').add({ days }).toString()));

describe('windows', () => {
  it.each<[CalendarWindow, string, string, string]>([
    ['day', '2024-02-29', '2024-02-29', '2024-03-01'],
    // Sunday and Monday.
    ['week', '2026-03-01', '2026-02-23', '2026-03-02'],
    ['week', '2026-03-02', '2026-03-02', '2026-03-09'],
    ['month', '2026-12-31', '2026-12-01', '2027-01-01'],
    ['quarter', '2026-05-31', '2026-04-01', '2026-07-01'],
    ['quarter', '2026-12-01', '2026-10-01', '2027-01-01'],
    ['year', '2026-06-15', '2026-01-01', '2027-01-01'],
    ['membershipYear', '2026-02-27', '2025-02-28', '2026-02-28'],
    ['membershipYear', '2024-02-29', '2024-02-29', '2025-02-28'],
  ])('%s of %s: from %s until %s', (window, date, start, end) => {
    const since = day('2020-02-29');
    expect(windowStart(window, day(date), since)).toBe(start);
    if (window !== 'lifetime') expect(windowEnd(window, day(date), since)).toBe(end);
  });

  it('hold their own date', () => {
    const windows = ['day', 'week', 'month', 'quarter', 'year', 'membershipYear'] as const;
    const property = fc.property(
      fc.constantFrom(...windows),
      dates,
      dates,
      (window, date, since) => {
        const start = windowStart(window, date, since) ?? '';
        const end = windowEnd(window, date, since);
        expect(start <= date && date < end).toBe(true);
        expect(windowStart(window, start as LocalDate, since)).toBe(start);
        expect(windowStart(window, end, since)).toBe(end);
      },
    );
    fc.assert(property);
  });
});

describe('moves', () => {
  it('go as the whole calendar library goes', () => {
    const property = fc.property(
      dates,
      dates,
      fc.integer({ min: -600, max: 600 }),
      (a, b, count) => {
        const date = Temporal.PlainDate.from(a);
        expect(addMonths(a, count)).toBe(date.add({ months: count }).toString());
        expect(anniversary(a, count)).toBe(date.add({ years: count }).toString());
        expect(dayOfWeek(a)).toBe(date.dayOfWeek);
        expect(daysFrom(a, b)).toBe(date.until(b, { largestUnit: 'days' }).days);
      },
    );
    fc.assert(property);
  });

  it('refuse what is no whole number', () => {
    const date = day('2026-01-31');
    for (const count of [Number.NaN, 1.5, Number.POSITIVE_INFINITY]) {
      expect(() => addMonths(date, count)).toThrow(RangeError);
      expect(() => anniversary(date, count)).toThrow(RangeError);
    }
  });
});
