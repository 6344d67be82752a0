import { describe, expect, it } from 'vitest';
import { viewRedemption } from '../../../../../shared/app/members/member-views.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { account, type PayingWorld, payingWorld, program } from '../../../../support/paying.ts';

async function paid(paying: PayingWorld): Promise<string> {
  const asOf = paying.world.clock.now();
  await runPayouts(paying.dependencies, { program, run: 'run-1', asOf, requestedBy: 'fin' });
  return [...paying.world.table.holds.keys()][0] ?? '';
}

describe('a payout, as the API tells it', () => {
  it('says how it was worked out, and never to whom it goes', async () => {
    const paying = payingWorld();
    await paying.give('ann', 'EUR', 2_500n);
    const donation = { charity: 'food-bank', percent: 10 };
    await paying.choose('ann', { donation }, account);
    const redemption = await paid(paying);
    const view = () => viewRedemption(paying.dependencies, { program, member: 'ann', redemption });
    const first = await view();
    expect(first).toMatchObject({
      value: {
        ...{ redemption, status: 'requested', kind: 'payout', rewardName: 'A rail' },
        payout: {
          ...{ rail: 'bankAccount', gross: { amountMinor: 2_500n, currency: 'EUR' } },
          donated: { amountMinor: 250n, currency: 'EUR', charity: 'food-bank' },
          fee: { amountMinor: 30n, currency: 'EUR', bearer: 'member' },
          net: { amountMinor: 2_220n, currency: 'EUR' },
        },
      },
    });
    const text = JSON.stringify(first, (_, each) => (typeof each === 'bigint' ? `${each}` : each));
    expect(text).not.toMatch(/DE0212|Example|@/);
    await paying.settle();
    expect(await view()).toMatchObject({ value: { status: 'delivered' } });
    const other = { program, member: 'bob', redemption };
    expect(await viewRedemption(paying.dependencies, other)).toMatchObject({ ok: false });
  });

  it('says what is missing of it: no gift, no exchange', async () => {
    const paying = payingWorld();
    await paying.give('bob', 'USD', 4_000n);
    await paying.choose('bob', { rail: 'card', currency: 'USD' });
    const redemption = await paid(paying);
    const view = await viewRedemption(paying.dependencies, { program, member: 'bob', redemption });
    expect(view).toMatchObject({ value: { kind: 'prepaidCard' } });
    expect(view).not.toHaveProperty('value.payout.donated');
    expect(view).not.toHaveProperty('value.payout.exchange');
  });
});
