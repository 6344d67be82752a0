import { describe, expect, it } from 'vitest';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import type { Notice } from '../../../../../shared/contracts/notices.ts';
import { busEventTypes } from '../../../../../shared/domain/bus-event.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { messagingOf } from '../../../../support/messaging.ts';
import { account, payingWorld, program } from '../../../../support/paying.ts';

type Told = 'redemptionRequested' | 'redemptionReviewed' | 'redemptionSettled';
type News = Told | 'redemptionReopened' | 'redemptionDelayed';
type Choice = Parameters<ReturnType<typeof payingWorld>['choose']>[1];

const donation = { charity: 'food-bank', percent: 10 };

/** Ann has EUR 25.00, has chosen how to be paid, and a run has set it aside. */
async function held(choice: Choice = { donation }, change: object = {}) {
  const paying = payingWorld(change);
  const { world, dependencies } = paying;
  await paying.give('ann', 'EUR', 2_500n);
  await paying.choose('ann', choice, account);
  const asOf = world.clock.now();
  await runPayouts(dependencies, { program, run: 'run-1', asOf, requestedBy: 'fin' });
  const redemption = [...world.table.holds.keys()][0] ?? '';
  const messaging = messagingOf(world);
  const detail = { program, member: 'ann', redemption };
  const tell = (news: News) => {
    const notice = { 'detail-type': busEventTypes[news], detail } as unknown as Notice;
    return notify(messaging.dependencies, notice);
  };
  const subjects = () => messaging.mails.map(({ subject }) => subject);
  return { paying, world, redemption, ...messaging, tell, subjects };
}

describe('telling of a payout', () => {
  it('says that it is on its way, then paid, with a receipt for the gift', async () => {
    const { paying, mails, redemption, subjects, tell, contact, world } = await held();
    await contact();
    await tell('redemptionRequested');
    await paying.settle();
    await tell('redemptionRequested');
    await tell('redemptionSettled');
    await tell('redemptionSettled');
    expect(subjects()).toEqual([
      'Your Online Retail Rewards payout is on its way',
      'Your Online Retail Rewards payout has been paid',
      'Receipt for your Online Retail Rewards donation',
    ]);
    expect(mails[1]?.text).toContain('We have paid you out: €22.20 (A rail).');
    expect(mails[1]?.tags).toMatchObject({ kind: 'payout', redemption });
    expect(mails[1]?.headers?.['List-Unsubscribe']).toContain('/unsubscribe/');
    expect(mails[2]?.text).toContain('You have given €2.50 to this charity: Food bank.');
    expect(mails[2]?.text).toContain(`Receipt number: ${redemption}`);
    const all = mails.map(({ text, html }) => text + html).join();
    const words = all.replaceAll('Online Retail Rewards', '');
    expect(words).not.toMatch(/\btax|deductible|reward|points|DE0212|Ann Example/i);
    expect(world.logged.join()).not.toMatch(/@example/);
  });

  it('follows the member in what went well, and in nothing that is owed', async () => {
    const { paying, subjects, tell, contact } = await held();
    await contact({ off: ['payout'] });
    await tell('redemptionRequested');
    await paying.settle();
    await tell('redemptionSettled');
    expect(subjects()).toEqual(['Receipt for your Online Retail Rewards donation']);
  });

  it('tells of a person who looks at it, and nothing of what they blocked', async () => {
    const { mails, subjects, tell, world, redemption } = await held(
      {},
      { secondPersonFrom: { EUR: 1 } },
    );
    await tell('redemptionRequested');
    expect(subjects()).toEqual(['We are checking your Online Retail Rewards payout']);
    expect(mails[0]?.text).toContain('before it goes out: €24.70 (A rail).');
    const review = world.table.reviews.get(redemption);
    if (review === undefined) throw new Error('No review.');
    world.table.reviews.set(redemption, { ...review, state: 'blocked' });
    await tell('redemptionReviewed');
    expect(mails).toHaveLength(1);
  });

  it('says that it is late, and that all of it came back', async () => {
    const { paying, mails, subjects, tell } = await held();
    paying.bank.placing = [{ reject: 'permanent' }];
    await tell('redemptionDelayed');
    await paying.settle();
    await tell('redemptionSettled');
    expect(subjects()).toEqual([
      'Your Online Retail Rewards payout is taking longer',
      'Your Online Retail Rewards payout came back',
    ]);
    expect(mails[1]?.text).toContain('- Back in your wallet: €25.00\n\nPlease check where');
  });

  it('says what comes back of one that was paid: the gift stays given', async () => {
    const { paying, world, mails, subjects, tell } = await held();
    await paying.settle();
    await tell('redemptionSettled');
    for (const made of paying.bank.orders.values()) made.state = 'failed';
    const [providerOrder = ''] = [...paying.bank.orders.values()].map(({ id }) => id);
    const reading = { kind: 'order', webhookId: 'w1', providerOrder } as const;
    await heedWebhook(world.dependencies, { provider: 'wise', reading });
    await tell('redemptionReopened');
    await drain(world);
    await tell('redemptionSettled');
    expect(subjects().slice(2)).toEqual([
      'Your Online Retail Rewards payout was sent back to us',
      'Your Online Retail Rewards payout came back',
    ]);
    expect(mails[3]?.text).toContain(
      '- Back in your wallet: €22.50\n- What you gave to Food bank stays given: €2.50\n\n',
    );
  });

  it('mails the claim link of a card, and of a gift only its receipt', async () => {
    const card = await held({ rail: 'card', donation });
    await card.paying.settle();
    await card.tell('redemptionSettled');
    expect(card.subjects()).toEqual([
      'Your Online Retail Rewards reward is ready',
      'Receipt for your Online Retail Rewards donation',
    ]);
    const gift = await held({ rail: 'give', donation: { ...donation, percent: 100 } });
    await gift.tell('redemptionRequested');
    await gift.paying.settle();
    await gift.tell('redemptionSettled');
    expect(gift.subjects()).toEqual(['Receipt for your Online Retail Rewards donation']);
    expect(gift.mails[0]?.text).toContain('You have given €25.00');
  });
});
