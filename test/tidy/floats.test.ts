import { describe, expect, it } from 'vitest';
import { checkFloats } from './floats.ts';
import { parseFixture } from './source.ts';

function floatsIn(path: string, text: string): string[] {
  return checkFloats(parseFixture(path, text)).map(({ line, rule }) => `${line} ${rule}`);
}

describe('floats', () => {
  const floats = (text: string) => floatsIn('shared/domain/a.ts', text);

  it('finds what turns an amount into a float', () => {
    for (const text of [
      "parseFloat('1');",
      "Number.parseFloat('1');",
      'amount.toFixed(2);',
      'Number(event.amountMinor);',
      'Number(points);',
      'const half = 0.5;',
      'const many = 1e3;',
      'const amount = +text;',
    ]) {
      expect([text, floats(text)]).toEqual([text, ['1 float']]);
    }
    expect(floats("const n = 10n ** BigInt(2); Number(digits); 'toFixed 0.5';")).toEqual([]);
  });

  it('finds floats in money code by how they are rounded and divided', () => {
    for (const text of [
      'Math.round(cents);',
      'Math.floor(cents);',
      'Math.ceil(cents);',
      'Math.trunc(cents);',
      'const half = cents / 2;',
      'const each = cents / members;',
      'cents /= members;',
    ]) {
      for (const folder of ['shared/domain/rates', 'shared/domain/earning', 'infra/cli/fx']) {
        expect([text, floatsIn(`${folder}/a.ts`, text)]).toEqual([text, ['1 float']]);
      }
      expect(floatsIn('shared/domain/calendar.ts', text)).toEqual([]);
    }
    const fine = 'cents / 2n; 10n / cents; cents / BigInt(members); all / part.denominator;';
    expect(floatsIn('shared/domain/rates/a.ts', fine)).toEqual([]);
    const times = 'Math.floor(instant / 1000); (now - startMs) / 1000;';
    expect(floatsIn('shared/domain/earning/a.ts', times)).toEqual([]);
  });

  it('finds amounts that are typed as numbers', () => {
    for (const text of [
      'interface Paid { readonly amountMinor: number }',
      'interface Paid { readonly amount?: number | undefined }',
      'type Paid = { basisMinor: number };',
      'class Paid { feeMinor: number; }',
      'function pay(amountMinor: number) {}',
    ]) {
      for (const path of ['shared/ports/a.ts', 'functions/a.ts', 'infra/cli/run/a.ts']) {
        expect([text, floatsIn(path, text)]).toEqual([text, ['1 float']]);
      }
      expect(floatsIn('infra/cli/sample/a.ts', text)).toEqual([]);
    }
    const fine = 'interface Paid { amountMinor: bigint; amount: string; minorities: number }';
    expect(floatsIn('shared/ports/a.ts', fine)).toEqual([]);
  });
});
