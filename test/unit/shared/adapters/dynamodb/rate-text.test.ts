import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRateText, writeRateText } from '../../../../../shared/adapters/dynamodb/rate-text.ts';
import type { Month } from '../../../../../shared/domain/rates/snapshot.ts';
import { ratesOf } from '../../../../support/rates.ts';

const month = '2026-04' as Month;
const seed = 20_261_122;

const rate = fc
  .tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => {
    const text = digits.toString().padStart(decimals + 1, '0');
    const cut = text.length - decimals;
    return `${text.slice(0, cut)}.${text.slice(cut)}`.replace(/\.?0*$/, '') || '1';
  })
  .filter((text) => text !== '0');
const codes = ['USD', 'JPY', 'HRK', 'GBP', 'TRY', 'CZK'];
const snapshot = fc
  .record({
    day: fc.integer({ min: 1, max: 30 }),
    rates: fc.dictionary(fc.constantFrom(...codes), rate),
  })
  .map(({ day, rates }) => {
    const { date, rates: kept } = ratesOf(`2026-04-${day.toString().padStart(2, '0')}`, rates);
    return { date, rates: kept };
  });

describe('a month of rates as a text', () => {
  it('is readable', () => {
    const days = [
      ratesOf('2026-04-13', { USD: '1.0683', GBP: '0.8843' }),
      ratesOf('2026-04-02', { HRK: '7.5345', USD: '1.07' }),
    ];
    const text = 'GBP HRK USD\n02 - 7.5345 1.07\n13 0.8843 - 1.0683';
    expect(writeRateText(days)).toBe(text);
    expect([...readRateText(month, text).keys()]).toEqual(['2026-04-02', '2026-04-13']);
  });

  it('reads back as it was written', () => {
    const days = fc.uniqueArray(snapshot, { selector: ({ date }) => date, maxLength: 30 });
    const property = fc.property(days, (snapshots) => {
      const text = writeRateText(snapshots);
      const read = readRateText(month, text);
      expect(read).toEqual(new Map(snapshots.map((one) => [one.date, one])));
      expect(writeRateText(read.values())).toBe(text);
    });
    fc.assert(property, { seed, numRuns: 200 });
  });

  it.each([
    ['USD\n31 1.1', 'without a day'],
    ['USD\n1 1.1', 'without a day'],
    ['USD GBP\n01 1.1', 'cut off'],
    ['USD\n01 1.1 2', 'cut off'],
    ['usd\n01 1.1', 'without a currency'],
    ['USD\n01 0', 'is no rate'],
    ['USD\n01 1.10', 'is no rate'],
    ['USD\n01 NaN', 'is no rate'],
  ])('throws on %j', (text, sentence) => {
    expect(() => readRateText(month, text)).toThrow(sentence);
  });
});
