import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GivenRates } from '../../../../../infra/cli/replay/given-rates.ts';
import { programReport } from '../../../../../infra/cli/simulate/program-report.ts';
import { simulationReport } from '../../../../../infra/cli/simulate/report.ts';
import { reportPage } from '../../../../../infra/cli/simulate/report-page.ts';
import { reportText } from '../../../../../infra/cli/simulate/report-text.ts';
import {
  type ProgramSimulation,
  simulateProgram,
} from '../../../../../infra/cli/simulate/simulate-program.ts';
import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { instantOf, type LocalDate } from '../../../../../shared/domain/time.ts';
import { eventLine, writeLines } from '../../../../support/event-lines.ts';
import { temporaryFolder } from '../../../../support/guerdon.ts';
import { livelyLines, livelyProgramJson } from '../../../../support/lively-history.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

async function simulate(
  program: Program,
  lines: readonly unknown[],
  asOf = '2026-06-15T00:00:00Z',
  rates?: GivenRates,
): Promise<ProgramSimulation> {
  const eventsPath = join(await temporaryFolder(), 'events.jsonl');
  await writeLines(eventsPath, lines);
  const at = instantOf(Date.parse(asOf));
  const input = { program, eventsPath, asOf: at, onProgress: () => {} };
  return simulateProgram({ ...input, ...(rates && { rates }) });
}

function lively(parts: Record<string, unknown> = {}): Program {
  const read = parseProgram(livelyProgramJson(parts));
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}

describe('a program alone', () => {
  it('counts months, spend, value and the days to a first reward', async () => {
    const order = { member: 'ann', amountMinor: 30_050 };
    const { months, totals, spend, effectiveReturn, firstReward } = programReport(
      await simulate(sampleProgram(), [
        eventLine({ ...order, id: 'e1', occurredAt: '2026-03-31T22:59:59Z' }),
        eventLine({ ...order, id: 'e2', occurredAt: '2026-03-31T23:00:00Z' }),
        eventLine({ ...order, id: 'e3', occurredAt: '2026-05-02T22:00:00Z', member: 'ben' }),
        eventLine({ ...order, id: 'e4', currency: 'EUR', amountMinor: 700, member: 'ben' }),
        eventLine({ id: 'r1', member: 'ann', type: 'order.returned', amountMinor: 5_000 }),
      ]),
    );
    expect(months.map(({ month, issued, liability }) => [month, issued, liability])).toEqual([
      ['2026-03', '307', '257'],
      ['2026-04', '300', '557'],
      ['2026-05', '300', '857'],
    ]);
    expect(totals).toMatchObject([{ issued: '907', returned: '50', costMinor: '907' }]);
    expect(spend).toEqual([
      { currency: 'GBP', spentMinor: '90150', returnedMinor: '5000' },
      { currency: 'EUR', spentMinor: '700', returnedMinor: '0' },
    ]);
    expect(effectiveReturn).toEqual({
      ...{ percent: null, percentAfterReturns: null },
      unknownBecause: 'no rate from EUR to GBP on 2026-03-01: no rates are given (--rates FILE)',
    });
    expect(firstReward).toEqual({
      ...{ points: { PTS: '500' }, reached: 1, sharePercent: '50.00' },
      ...{ medianDays: 30, ninetiethDays: 30 },
    });
  });

  it('counts spend in other currencies at the rates of the days, or says why not', async () => {
    const lines = [
      eventLine({ id: 'e1', member: 'ann', amountMinor: 30_000 }),
      eventLine({ id: 'e2', member: 'ben', amountMinor: 10_000, currency: 'EUR' }),
    ];
    const ratesOf = (date: string): GivenRates => ({
      source: 'ecb',
      snapshots: [{ date: date as LocalDate, rates: new Map([['GBP', '0.8']]) }],
    });
    const reportOf = async (date: string) =>
      programReport(await simulate(sampleProgram(), lines, undefined, ratesOf(date)));
    // 400 points are 4.00 pounds, of 380.00.
    const { effectiveReturn, cost } = await reportOf('2026-02-27');
    expect(effectiveReturn).toEqual({
      ...{ percent: '1.05', percentAfterReturns: '1.05', unknownBecause: null },
    });
    expect(cost).toEqual({ currency: 'GBP', issuedMinor: '400', keptMinor: '400' });
    const stale = await reportOf('2026-02-01');
    expect(stale.cost.issuedMinor).toBe('400');
    expect(stale.effectiveReturn.unknownBecause).toBe(
      'no rate from EUR to GBP on 2026-03-01: RATE_STALE',
    );
  });

  it('ends each month with what the ledger says, however lines are ordered', async () => {
    const simulation = await simulate(lively(), livelyLines(), '2025-12-20T00:00:00Z');
    const { months, totals, ledger, tiers, limits, reasons } = programReport(simulation);
    expect(months.at(-1)?.liability).toBe(ledger.liability.PTS);
    for (const { issued, returned, expired, other, liability, pending } of totals) {
      const left = BigInt(issued) - BigInt(returned) - BigInt(expired) + BigInt(other);
      expect(left).toBe(BigInt(liability) + BigInt(pending));
    }
    expect(ledger).toMatchObject({ sumByUnit: { PTS: '0' }, balanced: true });
    const onLevels = Object.values(tiers ?? {}).reduce((sum, count) => sum + count, 0);
    expect([onLevels, simulation.members.size]).toEqual([12, 12]);
    expect(limits.map(({ limit, id }) => `${limit} ${id}`)).toEqual([
      ...['CAP_CUT monthly', 'CAP_REACHED monthly', 'COOLDOWN first-of-week'],
    ]);
    for (const reason of ['expiry POINTS_EXPIRED', 'return RETURNED', 'adjustment ADJUSTED']) {
      expect(reasons[reason]).toBeGreaterThan(0);
    }
  });

  it('tells what a budget gave, and that it fell short', async () => {
    const between = { from: '2026-01-01', to: '2027-01-01' };
    const { earning } = sampleProgram();
    const program = sampleProgram({
      lateDays: 300,
      earning: {
        ...earning,
        promotions: [{ id: 'spring', between, points: 40, budget: 'spring-money' }],
      },
      budgets: [{ id: 'spring-money', unit: 'PTS', points: 100, shards: 2 }],
    });
    const lines = ['a', 'b', 'c', 'd'].map((id) => eventLine({ id, member: `m-${id}` }));
    const { budgets, limits } = programReport(await simulate(program, lines));
    expect(budgets).toEqual([{ budget: 'spring-money', points: '100', used: '100' }]);
    expect(limits).toEqual([{ limit: 'BUDGET_SHORT', id: 'spring-money', count: 2 }]);
  });
});

describe('against another program', () => {
  it('ranks members by spend and says who loses', async () => {
    const { earning } = sampleProgram();
    const [rule] = earning.rules;
    const halved = sampleProgram({
      earning: { ...earning, rules: [{ ...rule, award: { ...rule?.award, perMajorUnits: 2 } }] },
    });
    const lines = Array.from({ length: 20 }, (_, index) => {
      const member = `m-${String(index).padStart(2, '0')}`;
      return eventLine({ id: member, member, amountMinor: 100 * index });
    });
    const [next, old] = [await simulate(halved, lines), await simulate(sampleProgram(), lines)];
    const { comparison } = simulationReport(next, old);
    expect(comparison).toMatchObject({ up: 0, down: 19, same: 1 });
    expect(comparison?.measure).toEqual({ kind: 'points', unit: 'PTS' });
    expect(comparison?.deciles[0]).toMatchObject({ members: 2, sum: '-1', mean: '-0.50' });
    expect(comparison?.deciles[9]).toMatchObject({ spendMinor: '3700', sum: '-19', mean: '-9.50' });
    expect(comparison?.losers).toHaveLength(10);
    const loser = { member: 'm-19', spendMinor: '1900', before: '19', after: '9', change: '-10' };
    expect(comparison?.losers[0]).toEqual(loser);
  });

  it('shows itself as text and as a page that escapes what it was given', async () => {
    const lines = livelyLines({ orders: 30 });
    lines.push(eventLine({ id: 'bold', member: '<b>&"', occurredAt: '2025-02-01T00:00:00Z' }));
    const next = await simulate(lively({ name: 'A & <B>' }), lines, '2025-12-20T00:00:00Z');
    const old = await simulate(sampleProgram(), lines, '2025-12-20T00:00:00Z');
    const report = simulationReport(next, old);
    expect(reportText(report)).toContain('Winners and losers by tenth of spend');
    const page = reportPage(report);
    expect(page).toContain('<title>Simulation of A &amp; &lt;B&gt;</title>');
    expect(page).not.toMatch(/<script|https?:|<b>|undefined|NaN/);
    const figures = page.match(/<figure>/g)?.length ?? 0;
    expect(figures).toBeGreaterThan(5);
    expect(page.match(/<svg [^>]*role="img"/g)).toHaveLength(figures);
  });
});
