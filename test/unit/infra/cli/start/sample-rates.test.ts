import { expect, it } from 'vitest';
import { keepSampleRates } from '../../../../../infra/cli/start/sample-rates.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { instantOf, parseLocalDate } from '../../../../../shared/domain/time.ts';
import { collected } from '../../../../stores/auditor.ts';

it('keeps rates of the day before, whatever the machine takes for today', async () => {
  const [today, yesterday] = ['2031-03-01', '2031-02-28'].map((text) => parseLocalDate(text));
  if (today === undefined || yesterday === undefined) throw new Error('Two days.');
  const rates = createMemoryRateStore(new MemoryTable());
  await keepSampleRates(rates, { asOf: instantOf(Date.UTC(2031, 2, 1)), today });
  const [month] = await collected(rates.months('ecb'));
  const kept = month?.snapshots.get(yesterday);
  expect([...(kept?.rates.keys() ?? [])].sort()).toEqual(['GBP', 'JPY', 'USD']);
});
