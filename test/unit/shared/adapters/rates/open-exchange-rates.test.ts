import { describe, expect, it } from 'vitest';
import {
  openExchangeRatesError,
  readOpenExchangeRates,
} from '../../../../../shared/adapters/rates/open-exchange-rates.ts';
import { openExchangeRatesJson } from '../../../../support/rate-texts.ts';

const rates = {
  BGN: '1.673998',
  BTC: '1.0566e-05',
  EUR: '0.855871',
  JPY: '159.83411234567890123',
  USD: '1',
  XAU: '0.00021',
};
const whole = openExchangeRatesJson(rates);

const fault = (text: string) => {
  const file = readOpenExchangeRates(text);
  return file.ok ? undefined : file.failure;
};

describe('the JSON of Open Exchange Rates', () => {
  it('is read with its digits, without the base and what is no currency of that day', () => {
    const file = readOpenExchangeRates(whole);
    const [day] = file.ok ? file.value.days : [];
    expect(day?.snapshot.date).toBe('2026-04-13');
    expect(Object.fromEntries(day?.snapshot.rates ?? [])).toEqual({
      EUR: '0.855871',
      JPY: '159.83411234567890123',
    });
    expect(day?.line).toBe(6);
  });

  it('keeps a currency up to its last day', () => {
    // 2025-12-31T23:59:59Z
    const file = readOpenExchangeRates(whole.replace('1776124799', '1767225599'));
    const [day] = file.ok ? file.value.days : [];
    expect(day?.snapshot.date).toBe('2025-12-31');
    expect(day?.snapshot.rates.get('BGN')).toBe('1.673998');
  });

  it('names a rate that is zero', () => {
    const file = readOpenExchangeRates(whole.replace('0.855871', '0.0'));
    const [day] = file.ok ? file.value.days : [];
    expect(day?.snapshot.zeros).toEqual(['EUR']);
    expect(day?.zeroLines.get('EUR')).toBe(9);
  });

  it.each([
    ['another base', ['"USD",', '"EUR",'], 5, 'base'],
    ['no base', ['"base"', '"foot"'], 1, 'base'],
    ['a time that is no number', ['1776124799', '"now"'], 4, 'timestamp'],
    ['a time in milliseconds', ['1776124799', '1776124799000'], 4, 'timestamp'],
    ['a time before 1970', ['1776124799', '-1'], 4, 'timestamp'],
    ['a time with a fraction', ['1776124799', '1776124799.5'], 4, 'timestamp'],
    ['rates that are a list', ['"rates"', '"other"'], 1, 'rates'],
    ['a rate that is a text', ['0.855871', '"0.855871"'], 9, 'EUR'],
    ['a rate that is null', ['0.855871', 'null'], 9, 'EUR'],
    ['a negative rate', ['0.855871', '-0.855871'], 9, 'EUR'],
    ['an exponent', ['0.855871', '8.55871e-1'], 9, 'EUR'],
    ['a currency twice', ['"XAU"', '"EUR"'], 12, 'EUR'],
    ['not a number', ['0.855871', 'NaN'], 9, 'EUR'],
    ['no number at all', ['0.855871', ''], 9, 'EUR'],
  ] as const)('refuses %s', (_, [from, to], line, field) => {
    const found = fault(whole.replace(from, to));
    expect(found).toMatchObject({ line, message: expect.stringMatching(/^[^\n]+\.$/) });
    expect(found?.field).toBe(field);
  });

  it('is refused wherever it is cut off', () => {
    const text = whole.trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      expect(fault(text.slice(0, length)), `after ${length} characters`).toBeDefined();
    }
    expect(fault(text.slice(0, text.indexOf('"base"') + 8))).toMatchObject({ line: 5 });
  });

  it('refuses rates of nothing that we know', () => {
    expect(fault(openExchangeRatesJson({ BTC: '0.00001', XAU: '0.0002' }))).toMatchObject({
      line: 6,
    });
  });

  it('tells an error from rates, by its word alone', () => {
    const description = 'Invalid App ID provided: CANARY';
    const error = { error: true, status: 401, message: 'invalid_app_id', description };
    const text = JSON.stringify(error);
    expect(openExchangeRatesError(text)).toBe('invalid_app_id');
    expect(fault(text)?.message).toContain('invalid_app_id');
    expect(fault(text)?.message).not.toContain('CANARY');
    expect(openExchangeRatesError(JSON.stringify({ ...error, message: 'CANARY' }))).toBeUndefined();
    expect(openExchangeRatesError('<html>')).toBeUndefined();
    expect(openExchangeRatesError(whole)).toBeUndefined();
  });
});
