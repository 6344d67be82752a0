import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { country, countryOfHistory, isCountry } from '../../../../shared/domain/country.ts';
import { capitalPairs, smallPairs } from './letter-pairs.ts';

const present = capitalPairs.filter(isCountry);
const past = ['AN', 'BU', 'CS', 'DD', 'FX', 'NT', 'SU', 'TP', 'YD', 'YU', 'ZR'];

/** Regions that Unicode knows beside countries: islands, groups, its own, and for tests. */
const noCountries = 'AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' ');
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** An old code has the name of what came after it. */
function isNamedByUnicode(code: string): boolean {
  const isOwnName = new Intl.Locale(`und-${code}`).region === code;
  return isOwnName && names.of(code) !== undefined && !noCountries.includes(code);
}

function accepts(schema: typeof country, value: unknown): boolean {
  return schema.safeParse(value).success;
}

describe('countries', () => {
  it('are the 249 that ISO 3166-1 assigns, and Kosovo', () => {
    expect(present).toHaveLength(249 + 1);
    expect(present).toContain('XK');
  });

  it('are those of Unicode, which keeps a list of its own', () => {
    expect(present).toEqual(capitalPairs.filter(isNamedByUnicode));
  });

  it('of history are eleven more', () => {
    const ever = capitalPairs.filter((code) => accepts(countryOfHistory, code));
    expect(ever).toEqual([...present, ...past].sort());
  });

  it('any two letters are accepted exactly where they are listed', () => {
    const twoLetters = fc.constantFrom(...capitalPairs, ...smallPairs);
    const property = fc.property(twoLetters, (code) => {
      expect(accepts(country, code)).toBe(present.includes(code));
      expect(accepts(countryOfHistory, code)).toBe(present.includes(code) || past.includes(code));
    });
    fc.assert(property, { seed: 3166, numRuns: 1_000 });
  });

  it.each([
    ...['XX', 'ZZ', 'AA', 'QZ', 'UK', 'EU', 'EL'],
    ...['gb', 'GBR', '', 'G', 'GB ', 'GB DE', 'ÄÖ', 5, null, ['GB']],
  ])('%j is none and never was', (value) => {
    expect(accepts(country, value)).toBe(false);
    expect(accepts(countryOfHistory, value)).toBe(false);
  });

  it.each(['XX', 'England'])('%s has one fault, said once', (code) => {
    const message = 'the ISO 3166 code of a country, two capital letters such as GB';
    expect(country.safeParse(code).error?.issues).toEqual([expect.objectContaining({ message })]);
  });
});
