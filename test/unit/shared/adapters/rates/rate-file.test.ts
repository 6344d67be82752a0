import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRateFile } from '../../../../../shared/adapters/rates/rate-file.ts';
import {
  dailyCsv,
  ecbXml,
  historyCsv,
  openExchangeRatesJson,
} from '../../../../support/rate-texts.ts';
import { sharedData } from '../../../../support/shared-data.ts';

const xml = ecbXml(['2026-04-13', { USD: '1.1684' }]);
const json = openExchangeRatesJson({ EUR: '0.855871' });

describe('a file of rates', () => {
  it.each([
    ['the daily CSV', dailyCsv, 'ecb', 1],
    ['the history as CSV', historyCsv, 'ecb', 3],
    ['XML', xml, 'ecb', 1],
    ['JSON', json, 'openExchangeRates', 1],
  ])('is recognised: %s, with and without a byte order mark', (_, text, source, days) => {
    for (const given of [text, `\uFEFF${text}`]) {
      const file = readRateFile(given);
      expect(file.ok && file.value.source).toBe(source);
      expect(file.ok && file.value.days).toHaveLength(days);
    }
  });

  it.each([
    ['a page', '<!DOCTYPE html>\n<html><body>Date,USD</body></html>', 'web page'],
    ['a page without a document type', '\n<html lang="en">\n<p>', 'web page'],
    ['a page in XML', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html/>', 'web page'],
    ['a zip', 'PK\u0003\u0004\u0014\u0000', 'zip'],
    ['nothing', '', 'empty'],
    ['blanks', '\uFEFF \n\n', 'empty'],
    ['a list', '[1]\n', 'Date'],
    ['a list without a line break', '[1]', 'This is no file of rates'],
    ['a number', '5', 'Date'],
    ['a note', 'Dear all,\nthe rates follow.\n', 'Date'],
  ])('is refused, and told as such: %s', (_, text, word) => {
    const file = readRateFile(text);
    const found = file.ok ? undefined : file.failure;
    expect(found?.line).toBe(1);
    expect(found?.message).toContain(word);
  });
});

it('the whole history is read, each rate with its digits', () => {
  const path = sharedData('eurofxref-hist.csv');
  if (path === undefined) return;
  const text = readFileSync(path, 'utf8');
  const file = readRateFile(text);
  expect(file.ok && file.value.days).toHaveLength(6983);
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const codes = header.split(',').slice(1, -1);
  for (const [index, day] of (file.ok ? file.value.days : []).entries()) {
    const { line, snapshot } = day;
    const [date, ...cells] = (lines[index] ?? '').split(',');
    expect([line, snapshot.date, snapshot.zeros]).toEqual([index + 2, date, []]);
    const rates = codes.map((code) => snapshot.rates.get(code) ?? 'N/A');
    expect(rates).toEqual(cells.slice(0, -1));
  }
});
