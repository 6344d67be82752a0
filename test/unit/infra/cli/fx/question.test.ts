import { beforeAll, describe, expect, it } from 'vitest';
import {
  conversionAnswer,
  findRate,
  rateAnswer,
  readAmountMinor,
} from '../../../../../infra/cli/fx/question.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { keepHistory } from '../../../../../shared/app/booking/keep-history.ts';
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
  const dollars = [ratesOf('2026-04-10', { ARS: '1400', EUR: '0.85' })];
  const terms = { machineNow: instantOf(Date.UTC(2026, 5, 1)) };
  await keepHistory(rates, 'openExchangeRates', dollars, terms);
  await keepHistory(rates, 'ecb', days, { machineNow: instantOf(Date.UTC(2026, 5, 1)) });
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

describe('a refusal', () => {
  const sentence = async (from: string, to: string, on: string) => {
    const found = await ask(from, to, on);
    return found.ok ? undefined : found.failure.sentence;
  };

  it('names the newest rate and how old it may be', async () => {
    expect(await sentence('HUF', 'JPY', '2026-02-01')).toBe(
      'The newest rate of ecb from HUF into JPY by 2026-02-01 is of 2025-12-31, ' +
        'and may be at most 7 days old. Load a file that has one, if there is any.',
    );
  });

  it('says where the state is, if newer rates are kept', async () => {
    expect(await sentence('HUF', 'JPY', '2026-04-18')).toMatch(
      /is of 2026-04-10, .* The state is at 2026-04-13; rates after that are kept and not used\.$/,
    );
  });

  it('names the currency that nothing is known of, and who knows it', async () => {
    expect(await sentence('HUF', 'ARS', '2026-04-12')).toBe(
      'There is no rate of ARS from ecb by 2026-04-12. Load a file that has one, if there is any.',
    );
    expect(await sentence('EUR', 'ARS', '2026-04-12')).toBe(
      'There is no rate of ARS from ecb by 2026-04-12. ' +
        'There is one of 2026-04-10 with --source openExchangeRates.',
    );
  });

  it('names the successor, the day and the law', async () => {
    expect(await sentence('USD', 'BGN', '2026-04-12')).toBe(
      'BGN was replaced by EUR on 2026-01-01 (Council Regulation (EU) 2025/1409). Name EUR.',
    );
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
