import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  formatInstant,
  instantOf,
  isTimeZone,
  localDateAt,
  parseInstant,
  parseLocalDate,
  startOfDay,
} from '../../../../shared/domain/time.ts';
import { day } from '../../../support/points.ts';

const london = 'Europe/London';

describe('reading an instant', () => {
  it.each([
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T10:00:00+01:00', '2026-03-01T09:00:00.000Z'],
    ['2026-03-01T10:00:00+0530', '2026-03-01T04:30:00.000Z'],
    ['2026-03-01T10:00-12:00', '2026-03-01T22:00:00.000Z'],
    ['2026-03-01T10:00:00.123456789Z', '2026-03-01T10:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('takes %s', (text, utc) => {
    const instant = parseInstant(text);
    expect(instant === undefined ? undefined : formatInstant(instant)).toBe(utc);
  });

  it.each([
    '2026-03-01',
    '2026-03-01T10:00:00',
    '2026-03-01 10:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T25:00:00Z',
    '2026-03-01T10:00:00+25:00',
    '2026-03-01T10:00:00Z[Europe/London]',
    '2026-3-1T10:00:00Z',
    ' 2026-03-01T10:00:00Z',
    '',
  ])('leaves %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads what it writes', () => {
    const within = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) });
    const property = fc.property(within, (epochMs) => {
      expect(parseInstant(formatInstant(instantOf(epochMs)))).toBe(epochMs);
    });
    fc.assert(property);
  });

  it('writes texts that sort as time does', () => {
    const within = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11) });
    const property = fc.property(within, within, (left, right) => {
      const [a, b] = [formatInstant(instantOf(left)), formatInstant(instantOf(right))];
      expect(a < b).toBe(left < right);
    });
    fc.assert(property);
  });
});

describe('dates in a zone', () => {
  it.each([
    // Winter: London is UTC. Summer: an hour ahead, so the last hour of March is already April.
    ['2026-01-31T23:59:59Z', '2026-01-31'],
    ['2026-03-31T22:59:59Z', '2026-03-31'],
    ['2026-03-31T23:00:00Z', '2026-04-01'],
    // The clocks go forward at 01:00 UTC on 29 March and back on 25 October 2026.
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-24T23:00:00Z', '2026-10-25'],
    ['2026-10-25T23:59:59Z', '2026-10-25'],
    ['2026-10-26T00:00:00Z', '2026-10-26'],
  ])('%s is %s in London', (text, date) => {
    expect(localDateAt(parseInstant(text) ?? instantOf(0), london)).toBe(date);
  });

  it('start at local midnight, or at the first minute that exists', () => {
    expect(formatInstant(startOfDay(day('2026-07-01'), london))).toBe('2026-06-30T23:00:00.000Z');
    expect(formatInstant(startOfDay(day('2026-12-01'), london))).toBe('2026-12-01T00:00:00.000Z');
    const lebanon = startOfDay(day('2026-03-29'), 'Asia/Beirut');
    expect(localDateAt(lebanon, 'Asia/Beirut')).toBe('2026-03-29');
    expect(localDateAt(instantOf(lebanon - 1), 'Asia/Beirut')).toBe('2026-03-28');
  });

  it('exist or are left', () => {
    expect(parseLocalDate('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2026-02-29', '2026-1-01', '20260101', '2026-01-01T00:00:00Z', '']) {
      expect(parseLocalDate(text)).toBeUndefined();
    }
  });

  it('know zones by their names', () => {
    expect([london, 'UTC', 'Asia/Singapore'].every(isTimeZone)).toBe(true);
    const others = ['Europe/Londn', '', 'Mars/Base', '2026-01-01T00:00:00Z'];
    expect(others.some(isTimeZone)).toBe(false);
  });
});

describe('months and days', () => {
  it('add days over month ends and leap days', () => {
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
    expect(addDays(day('2026-12-31'), 31)).toBe('2027-01-31');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  });
});
