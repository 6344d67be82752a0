import { beforeEach, describe, expect, it } from 'vitest';
import { loadRates } from '../../../../../infra/cli/fx/load.ts';
import { listQuarantined } from '../../../../../infra/cli/fx/quarantine.ts';
import { findingsInWords, reportInWords } from '../../../../../infra/cli/fx/words.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryRateStore } from '../../../../../shared/adapters/memory/rate-store.ts';
import { readRateFile } from '../../../../../shared/adapters/rates/rate-file.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import type { RateStore } from '../../../../../shared/ports/rates.ts';
import { collected } from '../../../../stores/auditor.ts';
import { ecbXml, openExchangeRatesJson } from '../../../../support/rate-texts.ts';

const clock = { now: () => instantOf(Date.UTC(2026, 3, 14, 15)) };

let rates: RateStore;
beforeEach(() => {
  rates = createMemoryRateStore(new MemoryTable());
});

function load(...lines: readonly string[]) {
  return loadWith({}, ...lines);
}

function loadWith(settings: { readonly keepsKnown?: boolean }, ...lines: readonly string[]) {
  const read = readRateFile(`${lines.join('\n')}\n`);
  if (!read.ok) throw new Error(read.failure.message);
  return loadRates({ rates, clock, path: 'rates.csv', ...settings }, read.value);
}

const head = 'Date,USD,JPY,ISK,';
const history = [head, '2026-04-10,1.17,186.43,N/A,', '2026-04-09,1.16,150,143,'];

describe('loading a history', () => {
  it('tells what was kept, known and flagged', async () => {
    const loading = await load(...history);
    const jump = { before: '150', beforeDate: '2026-04-09', after: '186.43' };
    const report = {
      ...{ source: 'ecb', from: '2026-04-09', to: '2026-04-10', days: 2, kept: 2, known: 0 },
      left: [],
      flagged: [{ kind: 'jump', date: '2026-04-10', currency: 'JPY', ...jump }],
      quarantined: [],
    };
    expect(loading).toEqual({ kind: 'loaded', report });
    if (loading.kind !== 'loaded') return;
    expect(reportInWords(loading.report)).toEqual([
      'ecb, 2026-04-09 to 2026-04-10: days 2, kept 2, already known 0, jumps flagged 1',
      '  2026-04-10 JPY went from 150 (2026-04-09) to 186.43, by more than 10 %',
    ]);
    expect(await load(...history)).toMatchObject({ report: { kept: 0, known: 2, flagged: [] } });
  });

  it('names the line and the day that conflict, or lie in the future', async () => {
    await load(...history);
    const wrong = [head, '2026-04-15,1.17,1,N/A,', '2026-04-10,1.18,186.43,N/A,'];
    expect(await load(...wrong)).toMatchObject({
      kind: 'refused',
      refusals: [
        { code: 'RATES_IN_FUTURE', where: 'rates.csv:2 2026-04-15' },
        { code: 'RATES_CONFLICT', where: 'rates.csv:3 2026-04-10' },
      ],
    });
  });

  it('leaves days that differ where that is asked for, which a refusal names', async () => {
    await load(...history);
    const differing = [head, '2026-04-10,1.18,186.43,143,', '2026-04-08,1.16,150,143,'];
    const refused = await load(...differing);
    expect(refused).toMatchObject({ refusals: [{ where: 'rates.csv:2 2026-04-10' }] });
    expect(JSON.stringify(refused)).toContain('--keep-known');
    expect(JSON.stringify(refused)).toMatch(
      /"USD is .* as kept, 1\.18 in the file; ISK is absent as kept, 143 in the file\. What/,
    );
    const loading = await loadWith({ keepsKnown: true }, ...differing);
    if (loading.kind !== 'loaded') throw new Error('It is refused.');
    expect(reportInWords(loading.report)).toEqual([
      'ecb, 2026-04-08 to 2026-04-10: days 2, kept 1, already known 0, jumps flagged 0, ' +
        'left as they were 1',
      '  2026-04-10 stays as it was kept; the file differs in ISK, USD',
    ]);
  });

  it('names in XML the line of the value that differs', async () => {
    const told = (USD: string) => ecbXml(['2026-04-10', { JPY: '186.43', USD }]);
    await load(told('1.17'));
    expect(refusalsOf(await load(told('1.18')))).toMatchObject([
      {
        ...{ code: 'RATES_CONFLICT', where: 'rates.csv:10 2026-04-10' },
        sentence: expect.stringMatching(/^USD is 1\.17 as kept, 1\.18 in the file\. What is kept/),
      },
    ]);
  });

  it('refuses a zero with its line and currency', async () => {
    expect(await load(head, '2026-04-10,1.17,1,N/A,', '2026-04-09,1.17,0,0.00,')).toMatchObject({
      kind: 'refused',
      refusals: [
        { code: 'RATES_FILE_INVALID', where: 'rates.csv:3 JPY' },
        { code: 'RATES_FILE_INVALID', where: 'rates.csv:3 ISK' },
      ],
    });
    expect(await collected(rates.months('ecb'))).toEqual([]);
  });
});

describe('loading a single day', () => {
  const day = (cells: string) => load('Date, USD, JPY, ', `13 April 2026, ${cells}, `);

  it('keeps it as the daily refresh would', async () => {
    await load(...history);
    expect(await day('1.1684, 186.75')).toMatchObject({ report: { kept: 1 } });
    const [waiting] = await listQuarantined(rates);
    expect(waiting).toBeUndefined();
  });

  it('puts it in quarantine for a jump and for what is missing', async () => {
    await load(head, '2026-04-10,1.17,186.43,143,', '2026-04-09,1.16,186,143,');
    expect(await day('1.5, 186.75')).toMatchObject({
      report: { kept: 0, quarantined: [{ kind: 'missing' }, { kind: 'jump', currency: 'USD' }] },
    });
    const [waiting] = await listQuarantined(rates);
    expect(findingsInWords(waiting?.findings ?? [])).toEqual([
      'missing, unlike the day before: ISK',
      '2026-04-13 USD went from 1.17 (2026-04-10) to 1.5, by more than 10 %',
    ]);
    expect(await listQuarantined(rates)).toMatchObject([
      { source: 'ecb', date: '2026-04-13', since: '2026-04-14T15:00:00.000Z' },
    ]);
  });

  it('refuses one that differs from what is kept, or that has a zero', async () => {
    await day('1.1684, 186.75');
    expect(await day('1.1684, 186.75')).toMatchObject({ report: { kept: 0, known: 1 } });
    expect(await day('1.1684, 186.76')).toMatchObject({ refusals: [{ code: 'RATES_CONFLICT' }] });
    const left = [{ date: '2026-04-13', currencies: ['JPY'] }];
    const lines = ['Date, USD, JPY, ', '13 April 2026, 1.1684, 186.76, '];
    expect(await loadWith({ keepsKnown: true }, ...lines)).toMatchObject({
      report: { kept: 0, known: 0, left },
    });
    expect(await day('1.1684, 0')).toMatchObject({ refusals: [{ where: 'rates.csv:2 JPY' }] });
  });
});

describe('loading an answer of Open Exchange Rates', () => {
  it('refuses rates of a day that was not over, and says what to take instead', async () => {
    const json = openExchangeRatesJson({ EUR: '0.855871' });
    expect(await load(json)).toMatchObject({ report: { kept: 1, from: '2026-04-13' } });
    // 2026-04-13T15:00:00Z
    const [refusal] = refusalsOf(await load(json.replace('1776124799', '1776092400')));
    expect(refusal).toMatchObject({
      ...{ code: 'RATES_FILE_INVALID', where: 'rates.csv:4 timestamp' },
      sentence: expect.stringContaining('historical/2026-04-13.json'),
    });
  });
});

function refusalsOf(loading: Awaited<ReturnType<typeof load>>) {
  return loading.kind === 'refused' ? loading.refusals : [];
}
