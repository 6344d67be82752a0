import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findingsOf,
  jumpsBetween,
  sameRates,
} from '../../../../../shared/domain/rates/admission.ts';
import { plainDecimal } from '../../../../../shared/domain/rates/snapshot.ts';
import { ratesOf } from '../../../../support/rates.ts';

/** Of so many hundred-thousandths. */
function decimal(digits: bigint): string {
  const text = `${digits / 100_000n}.${(digits % 100_000n).toString().padStart(5, '0')}`;
  return plainDecimal(text) ?? '';
}

const before = ratesOf('2026-04-10', { USD: '1.1', JPY: '186.43', TRY: '52.3147' });
const after = (rates: Readonly<Record<string, string>>) => ratesOf('2026-04-13', rates);

describe('what is odd about a snapshot', () => {
  it('finds nothing in rates that move a little, nor where nothing was before', () => {
    const usual = after({ USD: '1.12', JPY: '180', TRY: '52.3', BRL: '5.9' });
    expect(findingsOf(usual, before)).toEqual([]);
    expect(findingsOf(usual, undefined)).toEqual([]);
  });

  it('finds what is missing, zero, or has jumped', () => {
    const { date } = after({});
    const found = findingsOf(after({ JPY: '0', TRY: '60' }), before);
    const jump = { before: '52.3147', beforeDate: before.date, after: '60' };
    expect(found).toEqual([
      { kind: 'missing', date, currency: 'USD' },
      { kind: 'zero', date, currency: 'JPY' },
      { kind: 'jump', date, currency: 'TRY', ...jump },
    ]);
    expect(findingsOf(after({ JPY: '0' }), undefined)).toMatchObject([{ kind: 'zero' }]);
  });

  it('takes ten percent for usual and a hair more for a jump, either way', () => {
    const jumpsTo = (rate: string) => jumpsBetween(before, after({ USD: rate })).length;
    expect(['1.21', '0.99', '1.1'].map(jumpsTo)).toEqual([0, 0, 0]);
    expect(['1.2100001', '0.9899999', '11', '0.11'].map(jumpsTo)).toEqual([1, 1, 1, 1]);
  });

  it('tells a point that has moved', () => {
    const jumpsFrom = (old: string, rate: string) =>
      jumpsBetween(ratesOf('2026-04-10', { TRY: old }), after({ TRY: rate })).length;
    expect(jumpsFrom('112', '11.2')).toBe(1);
    expect(jumpsFrom('0.112', '0.0112')).toBe(1);
    expect(jumpsFrom('1.12', '112')).toBe(1);
    expect(jumpsFrom('1.12', '1.12345678')).toBe(0);
  });

  it('agrees with exact arithmetic, whatever the digits', () => {
    const old = fc.bigInt({ min: 20n, max: 999_999_999n });
    const perMille = fc.bigInt({ min: 850n, max: 1_150n });
    const property = fc.property(old, perMille, (before, factor) => {
      const young = (before * factor) / 1_000n;
      const change = young > before ? young - before : before - young;
      const jumps = jumpsBetween(
        ratesOf('2026-04-10', { USD: decimal(before) }),
        ratesOf('2026-04-13', { USD: decimal(young) }),
      );
      expect(jumps.length === 1).toBe(change * 10n > before);
    });
    fc.assert(property, { seed: 20_261_122, numRuns: 2_000 });
  });

  it('does not miss a currency that has retired by then', () => {
    const old = ratesOf('2025-12-31', { USD: '1.1', BGN: '1.9558' });
    expect(findingsOf(ratesOf('2026-01-02', { USD: '1.1' }), old)).toEqual([]);
    expect(findingsOf(ratesOf('2025-12-31', { USD: '1.1' }), old)).toMatchObject([
      { kind: 'missing', currency: 'BGN' },
    ]);
  });
});

describe('two snapshots of a day', () => {
  it('say the same whatever their order', () => {
    expect(
      sameRates(before, ratesOf('2026-04-10', { TRY: '52.3147', JPY: '186.43', USD: '1.1' })),
    ).toBe(true);
  });

  it('differ by a rate more, less or other', () => {
    const others = [
      { USD: '1.1', JPY: '186.43' },
      { USD: '1.1', JPY: '186.43', TRY: '52.3148' },
      { USD: '1.1', JPY: '186.43', CHF: '52.3147' },
      { USD: '1.1', JPY: '186.43', TRY: '52.3147', CHF: '1' },
    ];
    for (const rates of others) expect(sameRates(before, ratesOf('2026-04-10', rates))).toBe(false);
  });
});
