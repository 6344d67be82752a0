import { expect, it } from 'vitest';
import { reportRun } from '../../../../../infra/cli/payout/report.ts';
import { differencesInWords, reportInWords } from '../../../../../infra/cli/payout/report-words.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import type { LedgerItem } from '../../../../../shared/ports/stores.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';
import { offerPoints, railsWithPoints } from '../../../../support/paying-points.ts';

/** Every entry of the world, as a scan of the table has them. */
function scanOf({ dependencies, world }: PayingWorld) {
  return {
    async *items(): AsyncGenerator<LedgerItem> {
      for (const entry of world.table.entries.values()) {
        if (entry.key.at === 'event') yield { entry };
      }
      for (const redemption of world.table.holds.keys()) {
        const record = await dependencies.redemptions.read(redemption);
        if (record === undefined) continue;
        const { hold, settlements, reopenings } = record;
        yield { entry: hold.entry, hold };
        for (const { entry } of [...settlements, ...reopenings]) yield { entry };
      }
    },
    async *balances() {},
  };
}

it('holds a run against the ledger, and says where they differ', async () => {
  const paying = payingWorld();
  const { dependencies, world } = paying;
  await paying.give('ann', 'EUR', 2_500n);
  await paying.choose('ann', {}, account);
  await paying.give('eve', 'GBP', 1_500n);
  await paying.choose('eve', { rail: 'give', donation: { charity: 'food-bank', percent: 100 } });
  await paying.give('mum', 'EUR', 5_000n);
  const asked = { program, run: 'run-1', asOf: world.clock.now(), requestedBy: 'fin' };
  const result = await runPayouts(dependencies, asked);
  if (!result.ok) throw new Error(result.failure.code);
  await paying.settle();
  const { run } = result.value;
  const table = { ...dependencies, scan: scanOf(paying) };
  const report = await reportRun(table, run);
  expect(report).toMatchObject({ differences: [], skipped: { NO_CHOICE: 1 }, unplaced: 0 });
  expect(report.totals).toMatchObject([
    { currency: 'EUR', payouts: 1, paidMinor: '2470', feesMinor: '30' },
    { currency: 'GBP', payouts: 1, paidMinor: '0', donated: { GBP: '1500' } },
  ]);
  const told = reportInWords(report);
  expect(told[1]?.split(/ {2,}/).slice(1, 5)).toEqual(['rail', 'currency', 'members', 'payouts']);
  expect(told.at(-2)).toBe('  1  the member has not chosen how to be paid (NO_CHOICE)');
  expect(told.at(-1)).toBe('The report equals the ledger.');

  const lost = { ...dependencies.payouts, lines: async function* () {} };
  const without = await reportRun({ ...table, payouts: lost }, run);
  expect(differencesInWords(without)).toEqual([
    'NOT EQUAL: payouts: the report has 0, the ledger 2.',
    'NOT EQUAL: paid EUR: the report has 0, the ledger 2470.',
    'NOT EQUAL: donated GBP: the report has 0, the ledger 1500.',
  ]);
  expect(reportInWords(without).at(-1)).not.toContain('equals');
});

it('tells what has become points, and finds it in the ledger by the run', async () => {
  const paying = payingWorld({ rails: railsWithPoints });
  const { dependencies, world } = paying;
  offerPoints(world);
  await paying.give('ann', 'EUR', 2_001n);
  await paying.choose('ann', { rail: 'points' });
  await paying.give('bob', 'EUR', 2_500n);
  await paying.choose('bob', {}, account);
  const asked = { program, run: 'run-1', asOf: world.clock.now(), requestedBy: 'fin' };
  const result = await runPayouts(dependencies, asked);
  if (!result.ok) throw new Error(result.failure.code);
  await paying.settle();
  const { run } = result.value;
  const table = { ...dependencies, scan: scanOf(paying) };
  const report = await reportRun(table, run);
  expect(report).toMatchObject({ differences: [], unplaced: 0 });
  expect(report.totals).toMatchObject([
    { payouts: 2, grossMinor: '4501', paidMinor: '4471', points: { PTS: '3001' } },
  ]);
  const [, , , row] = reportInWords(report);
  expect(row?.trim().split(/ {2,}/)).toEqual([
    ...['points', 'EUR', '1', '1', '20.01', '0.00', '20.01', '20.01', '0.00', '0.00', '0.00'],
    ...['-', '-', '3001 PTS'],
  ]);

  const lost = { ...dependencies.payouts, lines: async function* () {} };
  expect(differencesInWords(await reportRun({ ...table, payouts: lost }, run))).toEqual([
    'NOT EQUAL: payouts: the report has 0, the ledger 2.',
    'NOT EQUAL: paid EUR: the report has 0, the ledger 4471.',
    'NOT EQUAL: points PTS: the report has 0, the ledger 3001.',
  ]);
});
