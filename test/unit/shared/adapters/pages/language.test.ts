import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDay,
  pickLanguage,
} from '../../../../../shared/adapters/pages/language.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';

describe('languages', () => {
  it('picks the first wish that there are texts for', () => {
    expect(pickLanguage(['de', 'EN-gb'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
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
