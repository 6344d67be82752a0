import { describe, expect, it } from 'vitest';
import { openClaim, reveal } from '../../../../../shared/app/messages/claim.ts';
import { WrongTokens } from '../../../../../shared/app/messages/claim-attempts.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { drain, requested } from '../../../../support/fulfilment.ts';
import { openTokens } from '../../../../support/messaging.ts';
import { payingWorld } from '../../../../support/paying.ts';
import type { PlaceAnswer } from '../../../../support/scripted-provider.ts';
import { TestClock, type World } from '../../../../support/world.ts';

async function settled(placing: PlaceAnswer[] = []) {
  const { world, id } = await requested();
  world.provider.placing = placing;
  await drain(world);
  return { world, id };
}

function claims(world: World) {
  let reveals = 0;
  const newRevealId = () => `reveal-${++reveals}`;
  return { ...world.dependencies, tokens: openTokens, newRevealId };
}

describe('a claim link', () => {
  const link = ({ id, world }: { id: string; world: World }, days = 1) => ({
    token: `claim ${id} ${Math.floor(world.clock.now() / 1000) + days * 86_400}`,
    wish: 'en' as const,
  });

  it('opens to what may be seen before the reward is: nothing of it', async () => {
    const claimed = await settled();
    const opened = await openClaim(claims(claimed.world), link(claimed));
    expect(opened).toMatchObject({
      kind: 'ready',
      view: { face: { programName: 'Online Retail Rewards' }, rewardName: 'Gift card (GBP)' },
    });
    const seen = JSON.stringify(opened, (_, it) => (typeof it === 'bigint' ? `${it}` : it));
    expect(seen).not.toContain('rewards.example');
    expect(claimed.world.table.reveals.size).toBe(0);
  });

  it('shows the reward each time it is confirmed, and each time is written down', async () => {
    const claimed = await settled();
    const dependencies = claims(claimed.world);
    for (const times of [1, 2]) {
      const shown = await reveal(dependencies, link(claimed));
      if (shown.kind !== 'revealed') throw new Error(shown.kind);
      expect([shown.reward.kind, shown.reward.value.reveal()]).toEqual([
        'link',
        expect.stringContaining('https://rewards.example/'),
      ]);
      expect(claimed.world.table.reveals.size).toBe(times);
    }
    expect(claimed.world.logged.join()).not.toContain('rewards.example');
  });

  it('is not shown where it could not be written down', async () => {
    const claimed = await settled();
    const { codes } = claimed.world.dependencies;
    const broken = { ...codes, recordReveal: async () => Promise.reject(new Error('down')) };
    const dependencies = { ...claims(claimed.world), codes: broken };
    await expect(reveal(dependencies, link(claimed))).rejects.toThrow('down');
  });

  it('ends, and says so; any other token learns nothing', async () => {
    const claimed = await settled();
    const dependencies = claims(claimed.world);
    expect(await reveal(dependencies, link(claimed, 0))).toEqual({ kind: 'expired' });
    const forged = { token: 'forged', wish: 'en' } as const;
    expect(await reveal(dependencies, forged)).toEqual({ kind: 'invalid' });
    const nowhere = link({ ...claimed, id: 'nowhere' });
    expect(await reveal(dependencies, nowhere)).toEqual({ kind: 'invalid' });
    expect(claimed.world.table.reveals.size).toBe(0);
  });

  it('says what became of a reward that is not there', async () => {
    const released = await settled([{ reject: 'permanent' }]);
    const outcome = await reveal(claims(released.world), link(released));
    expect(outcome.kind).toBe('returned');
    const claimed = await settled();
    const order = claimed.world.table.orders.get(claimed.id);
    if (order === undefined) throw new Error('No order.');
    claimed.world.table.orders.set(claimed.id, { ...order, state: 'reopened' });
    expect((await reveal(claims(claimed.world), link(claimed))).kind).toBe('replaced');
  });

  it('speaks of money where a card that pays it out is not there', async () => {
    const paying = payingWorld();
    const { world } = paying;
    await paying.give('ann', 'EUR', 2_500n);
    await paying.choose('ann', { rail: 'card' });
    const run = { program: 'online-retail', run: 'run-1', requestedBy: 'fin' };
    await runPayouts(paying.dependencies, { ...run, asOf: world.clock.now() });
    await paying.settle();
    const [id = ''] = [...world.table.holds.keys()];
    const order = world.table.orders.get(id);
    if (order === undefined) throw new Error('No order.');
    const kinds: string[] = [];
    for (const state of ['captured', 'reopened', 'released'] as const) {
      world.table.orders.set(id, { ...order, state });
      kinds.push((await openClaim(claims(world), link({ id, world }))).kind);
    }
    expect(kinds).toEqual(['ready', 'payoutReplaced', 'payoutReturned']);
  });
});

describe('wrong tokens', () => {
  it('make their source wait longer, then send it away, and are forgotten', () => {
    const clock = new TestClock('2026-06-15T12:00:00Z');
    const attempts = new WrongTokens(clock);
    const waits = Array.from({ length: 21 }, () => {
      const waitMs = attempts.waitMs('source');
      attempts.count('source');
      return waitMs;
    });
    expect(waits.slice(0, 10)).toEqual([0, 0, 0, 0, 0, 125, 250, 500, 1000, 2000]);
    expect(waits.slice(-2)).toEqual([2000, undefined]);
    expect(attempts.waitMs('another')).toBe(0);
    clock.advance(10 * 60_000);
    expect(attempts.waitMs('source')).toBe(0);
  });

  it('keep only so many sources', () => {
    const attempts = new WrongTokens(new TestClock('2026-06-15T12:00:00Z'));
    for (let times = 0; times < 20; times += 1) attempts.count('first');
    for (let other = 0; other < 5_000; other += 1) attempts.count(`${other}`);
    expect(attempts.waitMs('first')).toBe(0);
    expect(attempts.waitMs('4999')).toBe(0);
  });
});
