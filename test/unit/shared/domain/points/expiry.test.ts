import { describe, expect, it } from 'vitest';
import type { CustomerEvent } from '../../../../../shared/domain/earning/event.ts';
import {
  activityOf,
  lotFor,
  vestDay,
  warningDays,
} from '../../../../../shared/domain/points/expiry.ts';
import { type Instant, parseInstant } from '../../../../../shared/domain/time.ts';
import { lot } from '../../../../support/points.ts';
import { bentProgram, compiledProgram } from './bent-program.ts';

function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`${text} is no instant.`);
  return instant;
}

function lotIn(expiry: object, earnedAt: string, parts: object = {}): string {
  const program = bentProgram({ expiry: [{ unit: 'PTS', ...expiry }], ...parts });
  return lotFor(program, 'PTS', at(earnedAt));
}

const noon = 'T12:00:00Z';

describe('the lot of points', () => {
  const cases: [string, object, string, string][] = [
    ['never', { kind: 'never' }, '2026-02-03', '991231'],
    ['by inactivity', { kind: 'inactivity', months: 18 }, '2026-02-03', '991231'],
    ['after days', { kind: 'daysAfter', days: 30 }, '2026-01-31', '260302'],
    ['after days, over a leap day', { kind: 'daysAfter', days: 30 }, '2028-01-31', '280301'],
    ['after months', { kind: 'monthsAfter', months: 11 }, '2026-10-31', '270930'],
    ['after months, in a short month', { kind: 'monthsAfter', months: 11 }, '2026-03-31', '270228'],
    ['after months, in a leap year', { kind: 'monthsAfter', months: 11 }, '2027-03-31', '280229'],
    ['a year after a leap day', { kind: 'monthsAfter', months: 12 }, '2028-02-29', '290228'],
    ['after the month', { kind: 'monthsAfterEndOfMonth', months: 6 }, '2026-08-01', '270301'],
    [
      'after the month, its end',
      { kind: 'monthsAfterEndOfMonth', months: 6 },
      '2026-08-31',
      '270301',
    ],
    [
      'after the month, in a leap year',
      { kind: 'monthsAfterEndOfMonth', months: 6 },
      '2027-07-31',
      '280201',
    ],
    ['quarters on', { kind: 'endOfQuarter', quarters: 2 }, '2026-05-17', '270101'],
    ['quarters on, from an end', { kind: 'endOfQuarter', quarters: 1 }, '2026-12-31', '270401'],
    ['years on', { kind: 'endOfYear', years: 1 }, '2026-12-31', '280101'],
    ['years on, from a start', { kind: 'endOfYear', years: 1 }, '2027-01-01', '290101'],
    ['on a date', { kind: 'fixedDate', on: '02-28', monthsAhead: 12 }, '2026-02-28', '270228'],
    [
      'on a date, a day later',
      { kind: 'fixedDate', on: '02-28', monthsAhead: 12 },
      '2026-03-01',
      '280228',
    ],
    ['beyond the century', { kind: 'endOfYear', years: 240 }, '2026-01-01', '991231'],
  ];

  it.each(cases)('%s', (_, expiry, earnedOn, expected) => {
    expect(lotIn(expiry, earnedOn + noon)).toBe(expected);
  });

  it('never goes where the program says nothing of its unit', () => {
    expect(lotFor(bentProgram({ expiry: [] }), 'PTS', at(`2026-01-01${noon}`))).toBe('991231');
  });

  it('begins with the day of the program, not of the server', () => {
    const monthEnd = { kind: 'monthsAfterEndOfMonth', months: 6 };
    const newYork = { timeZone: 'America/New_York' };
    const auckland = { timeZone: 'Pacific/Auckland' };
    expect(lotIn(monthEnd, '2026-02-01T04:59:59Z', newYork)).toBe('260801');
    expect(lotIn(monthEnd, '2026-02-01T05:00:00Z', newYork)).toBe('260901');
    expect(lotIn(monthEnd, '2026-07-01T03:59:59Z', newYork)).toBe('270101');
    expect(lotIn(monthEnd, '2026-07-01T04:00:00Z', newYork)).toBe('270201');
    expect(lotIn(monthEnd, '2026-01-31T10:59:59Z', auckland)).toBe('260801');
    expect(lotIn(monthEnd, '2026-01-31T11:00:00Z', auckland)).toBe('260901');
  });

  it('does not lose a day over a change of clocks', () => {
    const daily = { kind: 'daysAfter', days: 1 };
    // Clocks go forward in London on 2026-03-29, and back on 2026-10-25.
    expect(lotIn(daily, '2026-03-28T23:59:59Z')).toBe('260329');
    expect(lotIn(daily, '2026-03-29T22:59:59Z')).toBe('260330');
    expect(lotIn(daily, '2026-03-29T23:00:00Z')).toBe('260331');
    expect(lotIn(daily, '2026-10-25T23:59:59Z')).toBe('261026');
  });

  it('is rounded up to the period of the program', () => {
    const monthly = { period: 'month' };
    expect(lotIn({ kind: 'monthsAfter', months: 11 }, `2026-10-31${noon}`, monthly)).toBe('271001');
    expect(lotIn({ kind: 'monthsAfter', months: 2 }, `2026-11-01${noon}`, monthly)).toBe('270101');
    expect(lotIn({ kind: 'daysAfter', days: 3 }, `2026-12-30${noon}`, monthly)).toBe('270201');
    expect(lotIn({ kind: 'never' }, `2026-12-30${noon}`, monthly)).toBe('991231');
  });
});

describe('the vesting day', () => {
  it('is so many days on, rounded up to the period', () => {
    const instant = at(`2028-02-20${noon}`);
    expect(vestDay(bentProgram({}), instant, 10)).toBe('280301');
    expect(vestDay(bentProgram({}), instant, 9)).toBe('280229');
    expect(vestDay(bentProgram({ period: 'month' }), instant, 10)).toBe('280301');
    expect(vestDay(bentProgram({ period: 'month' }), instant, 11)).toBe('280401');
  });
});

describe('activity', () => {
  const event: CustomerEvent = {
    ...{ source: 'shop', id: '1', type: 'order.placed', member: 'ann' },
    ...{ occurredAt: at(`2026-08-31${noon}`), amountMinor: 100n, currency: 'EUR' },
  };
  const inactivity = { unit: 'PTS', kind: 'inactivity', months: 18 };

  it('keeps points for so many months from the day of what earns', () => {
    const compiled = compiledProgram({ expiry: [inactivity] });
    expect(activityOf(compiled, event, true)).toEqual([{ unit: 'PTS', until: lot('2028-02-29') }]);
    expect(activityOf(compiled, event, false)).toEqual([]);
    const monthly = compiledProgram({ expiry: [inactivity], period: 'month' });
    expect(activityOf(monthly, event, true)).toEqual([{ unit: 'PTS', until: lot('2028-03-01') }]);
  });

  it('is what the program lists, earning or not', () => {
    const visits = { ...inactivity, activity: ['visit'] };
    const compiled = compiledProgram({ expiry: [visits, { ...inactivity, unit: 'MILES' }] });
    const until = lot('2028-02-29');
    expect(activityOf(compiled, event, true)).toEqual([{ unit: 'MILES', until }]);
    const visit = { ...event, type: 'visit' };
    expect(activityOf(compiled, visit, false)).toEqual([{ unit: 'PTS', until }]);
  });

  it('does not put off what has a day of its own', () => {
    expect(activityOf(compiledProgram({}), event, true)).toEqual([]);
  });
});

describe('warnings', () => {
  it('come so many days before, and never of what stays', () => {
    const expiry = [{ unit: 'PTS', kind: 'never', warnDays: [7, 30] }];
    const program = bentProgram({ expiry });
    expect(warningDays(program, 'PTS', lot('2028-03-15'))).toEqual(['2028-02-14', '2028-03-08']);
    expect(warningDays(program, 'PTS', lot('2099-12-31'))).toEqual([]);
    expect(warningDays(program, 'MILES', lot('2028-03-15'))).toEqual([]);
  });
});
