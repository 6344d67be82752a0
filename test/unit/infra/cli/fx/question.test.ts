import { beforeAll, describe, expect, it } from 'vitest';
import {
  conversionAnswer,
  findRate,
  rateAnswer,
  readAmountMinor,
} from '../../../../../infra/cli/fx/question.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { keepHistory } from '../../../../../shared/app/keep-history.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { day } from '../../../../support/points.ts';
import { ratesOf } from '../../../../support/rates.ts';

const now = instantOf(Date.UTC(2026, 3, 13, 15));
const rates = createMemoryRateStore(new MemoryTable());
beforeAll(async () => {
  const days = [
    ratesOf('2026-04-14', { HUF: '400', JPY: '200' }),
    ratesOf('2026-04-10', { HUF: '377.2', JPY: '186.43' }),
    ratesOf('2025-12-31', { HUF: '390', JPY: '180', BGN: '1.9558' }),
  ];
  await keepHistory(rates, 'ecb', days, instantOf(Date.UTC(2026, 5, 1)));
});

const ask = (from: string, to: string, on: string) =>
  findRate({ rates, now }, { from, to, on: day(on), source: 'ecb', staleDays: 7 });

describe('the rate of a day', () => {
  it('is exact, with the day of its rates', async () => {
    const rate = await ask('HUF', 'JPY', '2026-04-12');
    if (!rate.ok) throw new Error(rate.failure.code);
    expect(rateAnswer(rate.value)).toEqual({
      ...{ rate: '18643/37720', decimal: '0.494247083775', asOf: '2026-04-10', source: 'ecb' },
      path: ['HUF', 'EUR', 'JPY'],
    });
    expect(conversionAnswer(1_000_050n, rate.value)).toMatchObject({
      ...{ amountMinor: '4943', currency: 'JPY', rounding: 'halfUp' },
      residual: '21277/75440',
    });
  });

  it('never comes from a day after the present of the state', async () => {
    expect(await ask('HUF', 'JPY', '2026-04-16')).toMatchObject({ value: { asOf: '2026-04-10' } });
  });

  it('is refused when it is too old, or there never was one', async () => {
    const stale = { failure: { code: 'RATE_STALE' } };
    expect(await ask('HUF', 'JPY', '2026-04-18')).toMatchObject(stale);
    expect(await ask('HUF', 'JPY', '2026-02-01')).toMatchObject(stale);
    const missing = { failure: { code: 'RATE_MISSING' } };
    expect(await ask('HUF', 'JPY', '2025-12-30')).toMatchObject(missing);
    expect(await ask('HUF', 'CHF', '2026-04-12')).toMatchObject(missing);
  });
});

describe('an amount', () => {
  it('is whole minor units', () => {
    expect(readAmountMinor('0')).toEqual({ ok: true, value: 0n });
    expect(readAmountMinor('123456789012345678')).toMatchObject({ value: 123456789012345678n });
    for (const text of [
      '',
      '-5',
      '+5',
      '12.345',
      '1e3',
      '007',
      ' 1',
      '0x1',
      '1234567890123456789',
    ]) {
      expect(readAmountMinor(text)).toEqual({
        ok: false,
        failure: { code: 'INVALID_AMOUNT', field: 'amountMinor' },
      });
    }
  });
});
