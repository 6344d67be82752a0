import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDay,
  formatMoney,
  pickLanguage,
} from '../../../../../shared/adapters/pages/language.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

describe('languages', () => {
  it('picks the first wish that there are texts for', () => {
    expect(pickLanguage(['de', 'EN-gb'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });

  it('formats money exactly, by the digits of its currency', () => {
    expect(formatMoney('en', { amountMinor: 1250n, currency: 'GBP' })).toBe('£12.50');
    expect(formatMoney('en', { amountMinor: 1250n, currency: 'JPY' })).toBe('¥1,250');
    expect(formatMoney('en', { amountMinor: 1250n, currency: 'KWD' })).toBe('KWD\u00a01.250');
    expect(formatMoney('en', { amountMinor: 900719925474099301n, currency: 'EUR' })).toBe(
      '€9,007,199,254,740,993.01',
    );
  });

  it('counts with the right plural', () => {
    const names = { one: 'point', other: 'points' };
    expect(formatCount('en', 1n, names)).toBe('1 point');
    expect(formatCount('en', 1250n, names)).toBe('1,250 points');
    expect(formatCount('en', 2n, {})).toBe('2');
  });

  it('names a day on the calendar of a zone', () => {
    const instant = instantOf(Date.parse('2026-12-31T23:30:00Z'));
    expect(formatDay('en', instant, 'UTC')).toBe('31 December 2026');
    expect(formatDay('en', instant, 'Europe/Paris')).toBe('1 January 2027');
  });
});
