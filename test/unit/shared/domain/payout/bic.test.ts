import { describe, expect, it } from 'vitest';
import { type Bic, isBankOf, parseBic } from '../../../../../shared/domain/payout/bic.ts';
import type { Iban } from '../../../../../shared/domain/payout/iban.ts';

describe('the code of a bank', () => {
  it.each([
    ['DEUTDEFF', 'DEUTDEFF'],
    ['deut de ff 500', 'DEUTDEFF500'],
    ['E097AEXX', 'E097AEXX'],
    ['NCBVXKPR', 'NCBVXKPR'],
  ])('%s is good', (text, value) => {
    expect(parseBic(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['DEUTDEF', 'LENGTH'],
    ['DEUTDEFF5', 'LENGTH'],
    ['DEUTDEFF5000', 'LENGTH'],
    ['', 'LENGTH'],
    ['DEUTD1FF', 'CHARACTERS'],
    ['DEUT-EFF', 'CHARACTERS'],
    ['DEÜTDEFF', 'CHARACTERS'],
    ['DEUTZZFF', 'COUNTRY'],
    ['DEUTYUFF', 'COUNTRY'],
  ])('%s is refused for its %s', (text, failure) => {
    expect(parseBic(text)).toEqual({ ok: false, failure });
  });

  it.each([
    ['DEUTDEFF', 'DE89370400440532013000', true],
    ['DEUTATWW', 'DE89370400440532013000', false],
    ['ABCDJESH', 'GB29NWBK60161331926819', true],
    ['ABCDGGSP', 'GB29NWBK60161331926819', true],
    ['ABCDIMDD', 'GB29NWBK60161331926819', true],
    ['ABCDGIGI', 'GB29NWBK60161331926819', false],
    ['ABCDREPP', 'FR1420041010050500013M02606', true],
    ['ABCDNCNC', 'FR1420041010050500013M02606', true],
    ['ABCDMCMX', 'FR1420041010050500013M02606', false],
    ['ABCDAXHH', 'FI2112345600000785', true],
    ['ABCDFRPP', 'GB29NWBK60161331926819', false],
  ])('%s holding %s: %s', (bic, iban, holds) => {
    expect(isBankOf(bic as Bic, iban as Iban)).toBe(holds);
  });
});
