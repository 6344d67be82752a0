import type { RateFile } from '../../../shared/adapters/rates/rate-day.ts';
import { readRateFile } from '../../../shared/adapters/rates/rate-file.ts';
import { invariant } from '../../../shared/domain/result.ts';
import { addDays, type Instant, type LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { loadRates } from '../fx/load.ts';

/** Made up, and near what they often are: what one euro is worth. */
const perEuro = { GBP: '0.8600', JPY: '162.00', USD: '1.0800' };

/** Rates of the day before, so that prices in other currencies can be made without a feed. */
export async function keepSampleRates(
  rates: RateStore,
  { asOf, today }: { readonly asOf: Instant; readonly today: LocalDate },
): Promise<void> {
  const file = sampleRates(addDays(today, -1));
  const clock = { now: () => asOf };
  const loading = await loadRates({ rates, clock, path: 'sample rates' }, file);
  invariant(loading.kind === 'loaded', 'The sample rates are good rates.');
}

/** As the European Central Bank would publish them. */
export function sampleRates(date: LocalDate): RateFile {
  const [codes, values] = [Object.keys(perEuro), Object.values(perEuro)];
  const lines = [
    ['Date', ...codes],
    [date, ...values],
  ].map((cells) => `${cells.join(',')},\n`);
  const read = readRateFile(lines.join(''));
  invariant(read.ok, 'The sample rates are a file of rates.');
  return read.value;
}
