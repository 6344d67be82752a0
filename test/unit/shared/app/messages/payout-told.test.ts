import { expect, it } from 'vitest';
import { paidAgain } from '../../../../../shared/app/messages/payout-told.ts';
import { withRewardNames } from '../../../../../shared/app/messages/statement-rewards.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { convertedPayout } from '../../../../support/page-views.ts';
import { account, payingWorld, program } from '../../../../support/paying.ts';

it('leaves the gift out of what is paid again, and all else as it was', () => {
  const { charity, amounts } = paidAgain(convertedPayout);
  expect(charity).toBeUndefined();
  expect(amounts).toMatchObject({
    ...{ gross: { amountMinor: 4500n }, donatedMinor: 0n, net: convertedPayout.amounts.net },
  });
});

it('tells payments of one payout apart by what each took from the wallet', async () => {
  const paying = payingWorld();
  await paying.give('ann', 'EUR', 2_500n);
  await paying.choose('ann', { donation: { charity: 'food-bank', percent: 10 } }, account);
  const run = { program, run: 'run-1', requestedBy: 'fin' };
  await runPayouts(paying.dependencies, { ...run, asOf: paying.world.clock.now() });
  const [id = ''] = [...paying.world.table.holds.keys()];
  const captured = (amount: string) => ({
    ...{ occurredAt: '2026-06-15T12:00:00.000Z', kind: 'capture', amounts: { EUR: amount } },
    ...{ reason: 'R', rule: 'bank', redemption: { id, state: 'captured' } },
  });
  const spoken = { program: paying.world.program, language: 'en' as const };
  const lines = [captured('-2250'), captured('-2500')];
  const told = await withRewardNames(paying.dependencies, spoken, lines);
  expect(told.map(({ payout }) => payout?.amounts.donatedMinor)).toEqual([0n, 250n]);
});
