import { describe, expect, it } from 'vitest';
import { statementPage } from '../../../../../shared/adapters/pages/statement-page.ts';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { project } from '../../../../../shared/app/booking/project.ts';
import { openTurnOff, turnOff } from '../../../../../shared/app/messages/contact-off.ts';
import { openStatement } from '../../../../../shared/app/messages/statement-page.ts';
import { issueStatementLink } from '../../../../../shared/app/messages/statement-page-link.ts';
import { redeem } from '../../../../../shared/app/redemption/redeem.ts';
import { memoryStores } from '../../../../stores/backends.ts';
import { delivery, redemption } from '../../../../support/deliveries.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { messagingOf, openPageTokens } from '../../../../support/messaging.ts';
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
