import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDate,
  formatDay,
  wishedLanguage,
} from '../../../../../shared/adapters/pages/language.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

describe('languages', () => {
  it.each([
    ['de', 'de'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
    ['sv, pl;q=0.4, nl;q=0.6', 'nl'],
    ['de;q=0, ar', 'ar'],
    ['zh-Hant-TW', 'zh'],
    ['*', 'en'],
    ['', 'en'],
    [';;;q=x,,=', 'en'],
    [undefined, 'en'],
  ])('are read from %j', (header, language) => {
    expect(wishedLanguage(header)).toBe(language);
  });

  it('count with the right plural', () => {
    const names = { one: 'point', other: 'points' };
    expect(formatCount('en', 1n, names)).toBe('1 point');
    expect(formatCount('en', 1250n, names)).toBe('1,250 points');
    expect(formatCount('en', 2n, {})).toBe('2');
    expect(formatCount('pl', 4n, { few: 'gwiazdki', other: 'gwiazdek' })).toBe('4 gwiazdki');
  });

  it('name a day on the calendar of a zone', () => {
    const instant = instantOf(Date.parse('2026-12-31T23:30:00Z'));
    expect(formatDay('en', instant, 'UTC')).toBe('31 December 2026');
    expect(formatDay('en', instant, 'Europe/Paris')).toBe('1 January 2027');
    expect(formatDate('de', '2027-01-31')).toBe('31. Januar 2027');
    expect(formatDate('de', 'soon')).toBe('soon');
  });
});
