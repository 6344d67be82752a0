import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GivenRates } from '../../../../../infra/cli/replay/given-rates.ts';
import { programReport } from '../../../../../infra/cli/simulate/program-report.ts';
import { simulationReport } from '../../../../../infra/cli/simulate/report.ts';
import { reportPage } from '../../../../../infra/cli/simulate/report-page.ts';
import { reportText } from '../../../../../infra/cli/simulate/report-text.ts';
import { simulateProgram } from '../../../../../infra/cli/simulate/simulate-program.ts';
import { simulationRates } from '../../../../../infra/cli/simulate/simulation-rates.ts';
import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { writeLines } from '../../../../support/event-lines.ts';
import { samplePrograms, temporaryFolder } from '../../../../support/guerdon.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const seed: unknown = JSON.parse(
  await readFile(join(samplePrograms, 'seeds', 'archetype-cashback.json'), 'utf8'),
);

/** Cashback in each member's currency, half of it for a charity where they want that. */
function cashback() {
  const charities = { forest: { names: { en: 'Forest', pl: 'Las' } } };
  const read = parseProgram({ ...Object(seed), donations: { charities } });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}

const enrolled = (member: string, data: object) => ({
  ...{ id: `e-${member}`, source: 'crm', actor: 'crm', type: 'member.enrolled', member },
  ...{ occurredAt: '2026-03-01T09:00:00Z', data: { kind: 'person', ...data } },
});
const order = (id: string, member: string, more: object = {}) => ({
  ...{ id, source: 'shop', type: 'order.paid', member, occurredAt: '2026-03-03T10:00:00Z' },
  ...{ amountMinor: '10000', currency: 'EUR' },
  lines: [{ sku: 'coat', quantity: 1, amountMinor: '10000', category: 'fashion' }],
  ...more,
});
const lines = [
  enrolled('jan', { currency: 'CZK', donation: { charity: 'forest', percent: 50 } }),
  order('1', 'jan'),
  order('2', 'ola', { currency: 'PLN' }),
  order('3', 'jan', { currency: 'PLN' }),
  order('4', 'jan', {
    ...{ type: 'order.returned', occurredAt: '2026-03-05T10:00:00Z' },
    refersTo: { source: 'shop', id: '1' },
  }),
  order('5', 'ola', { currency: 'PLN', occurredAt: '2026-03-25T10:00:00Z' }),
];
const history = 'Date,CZK,PLN,\n2026-03-03,25.001,4,\n2026-03-02,25,4.25,\n';

async function ratesFile(text = history): Promise<string> {
  const path = join(await temporaryFolder(), 'rates.csv');
  await writeFile(path, text);
  return path;
}

async function played(rates: GivenRates | undefined, told: readonly object[] = lines) {
  const eventsPath = join(await temporaryFolder(), 'events.jsonl');
  await writeLines(eventsPath, told);
  const asOf = instantOf(Date.UTC(2026, 4, 2));
  const input = { program: cashback(), eventsPath, asOf, onProgress: () => {} };
  return simulateProgram({ ...input, ...(rates && { rates }) });
}

async function simulated(...args: Parameters<typeof played>) {
  return programReport(await played(...args));
}

describe('a program that converts money', () => {
  it('is simulated with the rates of its time, in every currency that members hold', async () => {
    const report = await simulated(await simulationRates(await ratesFile(), [cashback()]));
    expect(report.events).toMatchObject({ accrued: 3, returned: 1, refused: { RATE_STALE: 1 } });
    // 4.00 PLN are 25.001 CZK, of which half is given away; the order in euros came back.
    expect(report.ledger).toMatchObject({
      sumByUnit: { EUR: '0', PLN: '0', CZK: '0' },
      balanced: true,
      liability: { EUR: '100', PLN: '0', CZK: '1250' },
    });
    const figures = report.totals.map(({ unit, issued, returned, other, liability, pending }) => {
      expect(BigInt(issued) - BigInt(returned) + BigInt(other)).toBe(
        BigInt(liability) + BigInt(pending),
      );
      return [unit, issued, returned, other, liability];
    });
    expect(figures).toEqual([
      ['EUR', '100', '0', '0', '100'],
      ['PLN', '0', '0', '0', '0'],
      ['CZK', '12500', '10000', '-1250', '1250'],
    ]);
    // 100.00 PLN are 25.00 EUR; 125.00 CZK are 5.00 EUR less a bit. Half of it came back with
    // the order in euros, two days later, when nothing newer was published.
    expect(report.worth.map(({ unit, from }) => [unit, from])).toEqual([
      ...[
        ['EUR', 'money'],
        ['PLN', 'money'],
        ['CZK', 'money'],
      ],
    ]);
    expect(report.totals[2]).toMatchObject({ unit: 'CZK', costMinor: '12500' });
    expect(report.cost).toEqual({ currency: 'EUR', issuedMinor: '600', keptMinor: '200' });
    expect(report.effectiveReturn).toEqual({
      ...{ percent: '4.00', percentAfterReturns: '4.00', unknownBecause: null },
    });
  });

  it('tells cost, liability and effective return as money, and what it refused', async () => {
    const rates = await simulationRates(await ratesFile(), [cashback()]);
    const report = simulationReport(await played(rates), undefined);
    const rows = reportText(report)
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect(rows).toEqual(
      expect.arrayContaining([
        ['cost', '6.00 EUR'],
        ['effective return', '4.00 %'],
        ['refused', '1, RATE_STALE'],
        ['CZK issued', '125.00 CZK'],
        ['CZK liability', '12.50 CZK'],
        ['EUR liability', '1.00 EUR'],
        [
          '2026-03',
          'CZK',
          '125.00 CZK',
          '125.00 CZK',
          '100.00 CZK',
          '0.00 CZK',
          '0.00 CZK',
          '12.50 CZK',
        ],
      ]),
    );
    const page = reportPage(report);
    for (const told of ['<dd>6.00 EUR</dd>', '<dd>4.00 %</dd>', '>125.00 CZK</text>']) {
      expect(page).toContain(told);
    }
  });

  it('compares money with the old program in money', async () => {
    const told = [order('1', 'eva'), order('2', 'ola')];
    const [next, old] = [await played(undefined, told.slice(0, 1)), await played(undefined, told)];
    const text = reportText(simulationReport(next, old));
    expect(text).toContain('New less old, in EUR;');
    expect(text).toMatch(/ola +100\.00 EUR +4\.00 EUR +0\.00 EUR +\u22124\.00 EUR/);
  });

  it('knows the return in one currency without rates', async () => {
    const told = [order('1', 'eva'), order('2', 'ola', { currency: 'PLN' })];
    const { effectiveReturn, cost, events } = await simulated(undefined, told);
    expect(events).toMatchObject({ accrued: 1, refused: { RATE_STALE: 1 } });
    expect([effectiveReturn.percent, cost.issuedMinor]).toEqual(['4.00', '400']);
  });

  it('needs a file of rates, of its own source and without mistakes', async () => {
    const asked = [sampleProgram(), cashback()];
    await expect(simulationRates(undefined, asked)).rejects.toThrow(
      'archetype-cashback converts money: give the rates of its time',
    );
    await expect(simulationRates(await ratesFile('Date,CZK,\n'), asked)).rejects.toThrow();
    const zero = await ratesFile(history.replace('25.001', '0'));
    await expect(simulationRates(zero, asked)).rejects.toThrow(/:2 CZK: A rate is never zero/);
    const { money, ...rest } = cashback();
    const other = { ...rest, money: { ...money, rateSource: 'openExchangeRates' as const } };
    await expect(simulationRates(await ratesFile(), [other])).rejects.toThrow(
      'takes rates of openExchangeRates',
    );
    expect(await simulationRates(undefined, [sampleProgram()])).toBeUndefined();
  });
});
