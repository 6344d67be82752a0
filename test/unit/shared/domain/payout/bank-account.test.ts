import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfWeek } from '../../../../../shared/domain/calendar.ts';
import {
  latestWritingDay,
  nextBankDay,
  readAccount,
  toSealable,
} from '../../../../../shared/domain/payout/bank-account.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { addMs, type Instant, localDateAt } from '../../../../../shared/domain/time.ts';
import { debtorIn } from '../../../../support/bank-days.ts';

const at = (text: string) => Date.parse(text) as Instant;
const nine = { hour: 9, timeZone: 'Europe/Berlin' };

describe('the day whose hour was the last to come', () => {
  it.each([
    ['2026-11-20T07:59:59.999Z', '2026-11-19'],
    ['2026-11-20T08:00:00Z', '2026-11-20'],
    ['2026-11-20T22:30:00Z', '2026-11-20'],
    // A Saturday, a Sunday, and the Monday before its hour.
    ['2026-11-21T08:30:00Z', '2026-11-20'],
    ['2026-11-22T08:30:00Z', '2026-11-20'],
    ['2026-11-23T07:30:00Z', '2026-11-20'],
    ['2026-11-23T08:00:00Z', '2026-11-23'],
    // Clocks there are an hour further in summer.
    ['2026-07-17T07:00:00Z', '2026-07-17'],
    ['2026-07-17T06:59:59Z', '2026-07-16'],
  ])('at %s: %s', (now, day) => {
    expect(latestWritingDay(nine, at(now))).toBe(day);
  });

  it('is every working day of a zone in its turn, also where clocks leave the hour out', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Singapore', 'Asia/Kolkata'];
    const start = at('2026-01-01T00:17:00Z');
    const days = fc.integer({ min: 0, max: 600 });
    const hours = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), hours, days, (timeZone, hour, day) => {
        const from = addMs(start, day * 86_400_000);
        const calls = Array.from({ length: 9 * 24 }, (_, each) => addMs(from, each * 3_600_000));
        const served = calls.map((now) => latestWritingDay({ hour, timeZone }, now));
        expect(served).toEqual([...served].sort());
        const whole = [...new Set(calls.map((now) => localDateAt(now, timeZone)))].slice(1, -1);
        const working = whole.filter((date) => dayOfWeek(date) < 6);
        expect([...new Set(served)].filter((date) => whole.includes(date))).toEqual(working);
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });
});

describe('the next day of a bank', () => {
  it.each([
    ['2026-11-19T12:00:00Z', 'UTC', '2026-11-20'],
    ['2026-11-20T12:00:00Z', 'UTC', '2026-11-23'],
    ['2026-11-21T12:00:00Z', 'UTC', '2026-11-23'],
    ['2026-11-22T12:00:00Z', 'UTC', '2026-11-23'],
    // Monday there already.
    ['2026-11-22T23:30:00Z', 'Asia/Singapore', '2026-11-24'],
  ])('after %s in %s is %s', (now, timeZone, day) => {
    expect(nextBankDay(at(now), timeZone)).toBe(day);
  });
});

describe('an account that is sealed beside its file', () => {
  it('comes back as it was', () => {
    const account = debtorIn('EUR', { batchBooking: true, remittance: 'Cashback' });
    const whole = { ...account, writesAt: nine };
    expect(readAccount(toSealable(whole))).toEqual(whole);
  });

  it('is refused as anything else, without a word of it', () => {
    const other = new Secret(JSON.stringify({ ...debtorIn('EUR'), party: { name: 'Ann' } }));
    expect(() => readAccount(other)).toThrow('What was sealed as an account is none.');
  });
});
