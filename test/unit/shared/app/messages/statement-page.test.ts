import { describe, expect, it } from 'vitest';
import { statementPage } from '../../../../../shared/adapters/pages/statement-page.ts';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { project } from '../../../../../shared/app/booking/project.ts';
import { heedWebhook } from '../../../../../shared/app/dispatch/heed-webhook.ts';
import { openTurnOff, turnOff } from '../../../../../shared/app/messages/contact-off.ts';
import { openStatement } from '../../../../../shared/app/messages/statement-page.ts';
import { issueStatementLink } from '../../../../../shared/app/messages/statement-page-link.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { memoryStores } from '../../../../stores/backends.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { messagingOf, openPageTokens } from '../../../../support/messaging.ts';
import { account, payingWorld } from '../../../../support/paying.ts';
import { createWorld } from '../../../../support/world.ts';

async function stage() {
  const world = createWorld();
  await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
  await redeem(world.dependencies, redemption('k1'));
  const projections = memoryStores(world.table).projections;
  await project(projections, [...world.table.entries.values()]);
  const messaging = messagingOf(world);
  const dependencies = { ...world.dependencies, ...messaging.dependencies, projections };
  const settings = { ...dependencies, pagesUrl: 'https://pages.example' };
  const owner = { program: 'online-retail', member: 'ann' };
  const link = async () => {
    const issued = await issueStatementLink(settings, owner);
    return issued.link.reveal().split('/statement/')[1] ?? '';
  };
  return { world, ...messaging, dependencies, link, token: await link() };
}

describe('a statement', () => {
  it('shows what a member has, what is under way, and what happened', async () => {
    const { dependencies, token } = await stage();
    const outcome = await openStatement(dependencies, { token, wish: 'en' });
    if (outcome.kind !== 'ready') throw new Error(outcome.kind);
    const { view } = outcome;
    expect(view).toMatchObject({
      language: 'en',
      held: [{ unit: 'PTS', available: 500n }],
      open: [{ rewardName: 'Gift card (GBP)', status: 'requested' }],
      lines: [{ kind: 'accrual', amounts: { PTS: '1500' } }],
    });
    expect(view.total).toBeUndefined();
  });

  it('names the reward of what is over as its member was told of it', async () => {
    const { world, dependencies, link } = await stage();
    await drain(world);
    const token = await link();
    await project(dependencies.projections, [...world.table.entries.values()]);
    const outcome = await openStatement(dependencies, { token, wish: 'en' });
    if (outcome.kind !== 'ready') throw new Error(outcome.kind);
    const { open, lines } = outcome.view;
    expect(open).toEqual([]);
    expect(lines).toMatchObject([{ kind: 'capture', rewardName: 'Gift card (GBP)' }, {}]);
    expect(lines[1]).not.toHaveProperty('rewardName');
    const page = statementPage(outcome.view).body;
    expect(page).toContain('Gift card (GBP)');
    expect(page).not.toContain('gift card gbp');
  });

  it('speaks the language of the contact, and has more history on more pages', async () => {
    const { contact, dependencies, token } = await stage();
    await contact({ language: 'pl' });
    const link = { token, wish: 'de', before: '~' } as const;
    const outcome = await openStatement(dependencies, link);
    expect(outcome).toMatchObject({ kind: 'ready', view: { language: 'pl' } });
    expect(outcome).not.toHaveProperty('view.open');
  });

  it('is there for a quarter of an hour, for the token alone', async () => {
    const { world, dependencies, token } = await stage();
    const open = (opened: string) => openStatement(dependencies, { token: opened, wish: 'en' });
    expect(await open('forged')).toEqual({ kind: 'invalid' });
    const other = token.replace('statement', 'choose');
    expect(await open(other)).toEqual({ kind: 'invalid' });
    world.clock.advance(15 * 60_000);
    expect(await open(token)).toEqual({ kind: 'expired' });
  });
});

async function payingStage() {
  const paying = payingWorld();
  const { world, dependencies: stores } = paying;
  await paying.give('ann', 'EUR', 2_500n);
  const donation = { charity: 'food-bank', percent: 10 };
  await paying.choose('ann', { donation }, account);
  const projections = memoryStores(world.table).projections;
  const dependencies = { ...stores, ...messagingOf(world).dependencies, projections };
  const asOf = world.clock.now();
  const page = async () => {
    await project(projections, [...world.table.entries.values()]);
    const settings = { ...dependencies, pagesUrl: 'https://pages.example' };
    const owner = { program: 'online-retail', member: 'ann' };
    const { link } = await issueStatementLink(settings, owner);
    const token = link.reveal().split('/statement/')[1] ?? '';
    const outcome = await openStatement(dependencies, { token, wish: 'en' });
    if (outcome.kind !== 'ready') throw new Error(outcome.kind);
    return statementPage(outcome.view).body.replace(/<style>.*<\/style>|<[^>]+>/gs, '');
  };
  const command = { program: 'online-retail', run: 'run-1', asOf, requestedBy: 'fin' };
  return { paying, page, run: () => runPayouts(stores, command) };
}

describe('a statement of somebody who is paid out', () => {
  it('explains what is on its way, and what was paid', async () => {
    const { paying, page, run } = await payingStage();
    await run();
    const sums = 'From your wallet: €25.00\nGift to Food bank: €2.50\nFee: €0.30\nPayout: €22.20';
    const open = `1 under way\nA rail, €22.20Being prepared\nTo arrive by 20 June 2026\n${sums}`;
    expect(await page()).toContain(open);
    await paying.settle();
    const after = await page();
    expect(after).toContain('Nothing under way');
    expect(after).toContain(`Paid outA rail${sums}\n\n-€25.00`);
    expect(after).not.toMatch(/DE0212|Ann Example|reward(?!s)/i);
  });

  it('says that money is back, and how much', async () => {
    const { paying, page, run } = await payingStage();
    paying.bank.placing = [{ reject: 'permanent' }];
    await run();
    await paying.settle();
    expect(await page()).toMatch(/Back in your wallet: €25\.00A rail\n\s*\n/);
  });

  it('says what came back of one that had been paid', async () => {
    const { paying, page, run } = await payingStage();
    await run();
    await paying.settle();
    for (const made of paying.bank.orders.values()) made.state = 'failed';
    const [providerOrder = ''] = [...paying.bank.orders.values()].map(({ id }) => id);
    const reading = { kind: 'order', webhookId: 'w1', providerOrder } as const;
    await heedWebhook(paying.world.dependencies, { provider: 'wise', reading });
    expect(await page()).toContain('A rail, €22.20Payout sent back');
    await drain(paying.world);
    const after = await page();
    expect(after).toContain('What you gave to Food bank stays given: €2.50');
    expect(after).toContain('Back in your wallet: €22.50A rail');
    expect(after).toContain('Payout sent backA rail\n€22.50');
  });
});

describe('turning messages off', () => {
  it('asks, then does it, however often', async () => {
    const { world, contact, rows, dependencies } = await stage();
    await contact({ off: ['tierChanged'] });
    const token = await openPageTokens.issue({
      purpose: 'unsubscribe',
      subject: ['online-retail', 'ann', 'pointsExpiring'],
      expiresAtEpochSeconds: Math.floor(world.clock.now() / 1000) + 60,
    });
    const link = { token: token.reveal(), wish: 'en' } as const;
    expect((await openTurnOff(dependencies, link)).kind).toBe('asked');
    expect([...rows.contacts.values()][0]?.off).toEqual(['tierChanged']);
    for (const _ of [1, 2]) expect((await turnOff(dependencies, link)).kind).toBe('done');
    expect([...rows.contacts.values()][0]).toMatchObject({
      off: ['tierChanged', 'pointsExpiring'],
      version: 2,
    });
    world.clock.advance(60_000);
    expect(await turnOff(dependencies, link)).toEqual({ kind: 'expired' });
    expect(await turnOff(dependencies, { ...link, token: 'x' })).toEqual({ kind: 'invalid' });
  });
});
