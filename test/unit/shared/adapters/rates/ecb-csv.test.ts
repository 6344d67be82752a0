import { describe, expect, it } from 'vitest';
import { readEcbCsv } from '../../../../../shared/adapters/rates/ecb-csv.ts';
import { dailyCsv, historyCsv } from '../../../../support/rate-texts.ts';

const read = (text: string) => {
  const file = readEcbCsv(text);
  if (!file.ok) throw new Error(`${file.failure.line}: ${file.failure.message}`);
  return file.value.days.map(({ line, snapshot: { date, rates, zeros }, zeroLines }) => ({
    ...{ line, date, zeros },
    rates: Object.fromEntries(rates),
    zeroLines: Object.fromEntries(zeroLines),
  }));
};

const fault = (text: string) => {
  const file = readEcbCsv(text);
  return file.ok ? undefined : file.failure;
};

describe('the CSV of the European Central Bank', () => {
  it('is read in the daily layout, zeros at the end of a rate dropped', () => {
    expect(read(dailyCsv)).toEqual([
      {
        line: 2,
        date: '2026-04-13',
        zeros: [],
        rates: { USD: '1.1684', JPY: '186.75', HUF: '366.9' },
        zeroLines: {},
      },
    ]);
  });

  it('is read in the layout of the history, without what is N/A', () => {
    const days = read(historyCsv);
    expect(days.map(({ line, date }) => [line, date])).toEqual([
      [2, '2026-04-13'],
      [3, '2026-04-10'],
      [4, '2025-12-31'],
    ]);
    expect(days[0]?.rates).not.toHaveProperty('BGN');
    expect(days[2]?.rates).toMatchObject({ BGN: '1.9558', HUF: '385.15' });
  });

  it('may have line breaks of two characters, blank lines, and no comma at the end', () => {
    const plain = read(historyCsv);
    expect(read(historyCsv.replaceAll('\n', '\r\n'))).toEqual(plain);
    expect(read(historyCsv.replaceAll(',\n', '\n'))).toEqual(plain);
    expect(read(`${historyCsv}\n \n`)).toEqual(plain);
  });

  it('names the line of each rate that is zero, and gives it as no rate', () => {
    const [, day] = read(historyCsv.replace('186.43', '0.000'));
    expect(day).toMatchObject({ zeros: ['JPY'], zeroLines: { JPY: 3 } });
    expect(day?.rates).not.toHaveProperty('JPY');
  });

  it('is refused wherever it is cut off within a line', () => {
    for (const text of [dailyCsv, historyCsv, historyCsv.replaceAll(',\n', '\n')]) {
      for (let length = 1; length < text.length; length += 1) {
        const cut = text.slice(0, length);
        const isLineEnd = cut.endsWith('\n');
        if (isLineEnd && cut.split('\n').length > 2) continue;
        expect(fault(cut), JSON.stringify(cut)).toBeDefined();
      }
    }
  });

  it.each([
    ['a column that is no currency', ['HUF', 'XAU'], 1, 'XAU'],
    ['a currency with four digits of minor unit', ['HUF', 'CLF'], 1, 'CLF'],
    ['the base', ['HUF', 'EUR'], 1, 'EUR'],
    ['a column twice', ['HUF', 'USD'], 1, 'USD'],
    ['a column without a name', ['JPY', ''], 1, ''],
    ['small letters', ['JPY', 'jpy'], 1, 'jpy'],
    ['another first column', ['Date', 'Day'], 1, undefined],
    ['semicolons', ['Date,USD,JPY,BGN,HUF,', 'Date;USD;JPY;BGN;HUF;'], 1, undefined],
    ['a column too few', ['186.43,', ''], 3, undefined],
    ['a column too many', ['186.43,', '186,43,'], 3, undefined],
    ['a value behind the last column', ['377.2,', '377.2,1'], 3, undefined],
    ['a date twice', ['2026-04-10', '2026-04-13'], 3, '2026-04-13'],
    ['a currency on a day that has its successor', ['186.43,N/A', '186.43,1.9558'], 3, 'BGN'],
    ['a date that does not exist', ['2026-04-10', '2026-02-30'], 3, 'Date'],
    ['a day that does not exist', ['2026-04-10', '31 April 2026'], 3, 'Date'],
    ['a month that does not exist', ['2026-04-10', '10 Avril 2026'], 3, 'Date'],
    ['another order of a date', ['2026-04-10', '10/04/2026'], 3, 'Date'],
    ['an empty rate', ['186.43', ''], 3, 'JPY'],
    ['not a number', ['186.43', 'NaN'], 3, 'JPY'],
    ['a negative rate', ['186.43', '-186.43'], 3, 'JPY'],
    ['a rate with a plus', ['186.43', '+186.43'], 3, 'JPY'],
    ['an exponent', ['186.43', '1.8643e2'], 3, 'JPY'],
    ['infinity', ['186.43', 'Infinity'], 3, 'JPY'],
    ['a rate without digits behind the point', ['186.43', '186.'], 3, 'JPY'],
    ['a hexadecimal rate', ['186.43', '0xBA'], 3, 'JPY'],
    ['digits of another script', ['186.43', '١٨٦'], 3, 'JPY'],
    ['more digits than a rate has', ['186.43', `1.${'1'.repeat(21)}`], 3, 'JPY'],
    ['quotation marks', ['186.43', '"186.43"'], 3, 'JPY'],
  ] as const)('refuses %s', (_, [from, to], line, field) => {
    const found = fault(historyCsv.replace(from, to));
    expect(found).toMatchObject({ line, message: expect.stringMatching(/^[^\n]+\.$/) });
    expect(found?.field).toBe(field);
  });

  it('refuses a day that no currency has a rate of', () => {
    const text = historyCsv.replace('1.1711,186.43,N/A,377.2', 'N/A,N/A,N/A,N/A');
    expect(fault(text)).toMatchObject({ line: 3 });
  });

  it('refuses a file without days', () => {
    expect(fault('Date,USD,JPY,\n')).toMatchObject({ line: 1 });
    expect(fault('Date,\n')).toMatchObject({ line: 1 });
    expect(fault('\n')).toMatchObject({ line: 1 });
  });

  it('does not quote a whole file in a sentence', () => {
    const found = fault(historyCsv.replace('186.43', 'x'.repeat(10_000)));
    expect(found?.message.length).toBeLessThan(200);
  });
});
