import { describe, expect, it } from 'vitest';
import { accrue } from '../../../../../shared/app/booking/accrue.ts';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import {
  choose,
  openChoice,
  type RedeemChoice,
} from '../../../../../shared/app/redemption/choose.ts';
import {
  type OfferChoiceCommand,
  offerChoice,
} from '../../../../../shared/app/redemption/choose-offer.ts';
import { redeemGift } from '../../../../../shared/app/redemption/choose-redeem.ts';
import { noticeSchema } from '../../../../../shared/contracts/notices.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { refusal } from '../../../../../shared/domain/refusal.ts';
import { failure, success } from '../../../../../shared/domain/result.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { delivery } from '../../../../support/deliveries.ts';
import { drain } from '../../../../support/fulfilment.ts';
import { messagingOf } from '../../../../support/messaging.ts';
import { reward, rewarding } from '../../../../support/offers.ts';
import { createWorld } from '../../../../support/world.ts';

const id = 'b3f0c9de-0000-4000-8000-000000000001';
const card = { rewardId: 'gift-card-gbp', currency: 'GBP' };
const command: OfferChoiceCommand = {
  ...{ program: 'online-retail', member: 'ann', id, actor: 'staff-1', sender: 'Bo' },
  rewards: [
    { ...card, amountMinor: 1000n },
    { ...card, amountMinor: 2000n },
  ],
  ...{ country: 'GB', email: new Secret('ann@example.com'), validDays: 30 },
};

function stage(program?: Program) {
  const world = createWorld(program);
  const messaging = messagingOf(world);
  const all = messaging.dependencies;
  const offer = async (parts: Partial<OfferChoiceCommand> = {}) => {
    const result = await offerChoice(all, { ...command, ...parts });
    return result.ok ? result.value : `${result.failure.code} ${result.failure.field}`;
  };
  /** The link that the mail about it has. */
  const link = async () => {
    for (const { type, detail } of world.published) {
      if (type !== 'choice.offered.v1') continue;
      await notify(all, noticeSchema.parse({ 'detail-type': type, detail }));
    }
    const [, token = ''] = messaging.mails.at(-1)?.text.split('/choose/') ?? [];
    return { token: token.split('\n')[0] ?? '', wish: 'en' as const };
  };
  return { world, ...messaging, all, offer, link };
}

describe('offering a choice', () => {
  it('fixes what can be chosen, and has the member told once', async () => {
    const { world, offer, link, mails } = stage();
    const offered = await offer();
    expect(offered).toMatchObject({ offers: [{ name: 'Gift card (GBP)' }, {}], version: 1 });
    expect(await offer()).toEqual(offered);
    expect(world.published).toHaveLength(1);
    expect(JSON.stringify(world.published)).not.toContain('@');
    await link();
    await link();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ to: 'ann@example.com', tags: { via: 'choice' } });
    expect(mails[0]?.text).toContain('Bo is giving you a reward.');
  });

  it.each<[Partial<OfferChoiceCommand>]>([
    [{ sender: 'Else' }],
    [{ rewards: command.rewards.toReversed() }],
    [{ rewards: [...command.rewards, card] }],
    [{ country: 'IE' }],
    [{ language: 'de' }],
    [{ email: new Secret('ann@else.example') }],
    [{ validDays: 31 }],
  ])('is another one under the same id (%#), and so refused', async (parts) => {
    const { offer, world } = stage();
    await offer();
    expect(await offer(parts)).toBe('IDEMPOTENCY_CONFLICT undefined');
    expect(world.published).toHaveLength(1);
  });

  it('compares an address with none', async () => {
    const { email: _, ...bare } = command;
    const { all, offer } = stage();
    await offerChoice(all, bare);
    expect((await offerChoice(all, bare)).ok).toBe(true);
    expect(await offer()).toBe('IDEMPOTENCY_CONFLICT undefined');
    await offerChoice(all, { ...command, id: 'other' });
    expect((await offerChoice(all, { ...bare, id: 'other' })).ok).toBe(false);
  });

  it('finds the one that was faster', async () => {
    const { offer, world } = stage();
    const both = await Promise.all([offer(), offer({ validDays: 9 }), offer()]);
    expect(both[0]).toEqual(both[2]);
    expect(both[1]).toBe('IDEMPOTENCY_CONFLICT undefined');
    expect(world.published).toHaveLength(1);
  });

  it.each([
    [{ rewards: command.rewards.slice(1) }, 'FIELD_INVALID rewards'],
    [{ program: 'nowhere' }, 'UNKNOWN_PROGRAM undefined'],
    [
      {
        rewards: [
          { ...card, amountMinor: 1000n },
          { rewardId: 'x', currency: 'GBP' },
        ],
      },
      'UNKNOWN_REWARD rewards.1.rewardId',
    ],
    [{ rewards: [card, card] }, 'FIELD_MISSING rewards.0.amountMinor'],
    [
      { rewards: [{ ...card, currency: 'EUR', amountMinor: 1000n }, card] },
      'REWARD_CURRENCY_MISMATCH rewards.0',
    ],
  ])('refuses (%#)', async (parts, refused) => {
    const { world, offer } = stage();
    expect(await offer(parts)).toBe(refused);
    expect(world.published).toEqual([]);
  });
});

it('takes no goods, for nobody who chooses is asked for an address', async () => {
  const priced = { pointsPerMajorUnit: undefined, points: 700 };
  const mug = reward({ id: 'mug', kind: 'merchandise', ...priced });
  const { world, offer } = stage(rewarding([reward(), mug]));
  const one = { rewardId: 'card', currency: 'GBP', amountMinor: 1000n };
  const rewards = [one, { rewardId: 'mug', currency: 'GBP' }];
  expect(await offer({ rewards })).toBe('REWARD_BY_POST rewards.1.rewardId');
  expect(world.published).toEqual([]);
});

describe('choosing', () => {
  async function offered(redeemChoice?: RedeemChoice) {
    const around = stage();
    await around.offer();
    const link = await around.link();
    const dependencies = { ...around.all, redeemChoice: redeemChoice ?? redeemGift(around.all) };
    return { ...around, link, dependencies };
  }

  it('asks back, orders once without points, and says so ever after', async () => {
    const { world, link, dependencies } = await offered();
    await accrue(world.dependencies, [delivery({ amountMinor: 150_000 })]);
    expect(await openChoice(dependencies, link)).toMatchObject({ kind: 'list' });
    const asked = await choose(dependencies, link, { step: 'choose', offer: 1 });
    expect(asked).toMatchObject({ kind: 'confirm', offer: 1 });
    expect(world.table.holds.size).toBe(0);
    const answers = await Promise.all(
      [1, 1, 0].map((offer) => choose(dependencies, link, { step: 'confirm', offer })),
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['chosen', 'chosen', 'chosen']);
    expect(await openChoice(dependencies, link)).toMatchObject({ kind: 'chosen', offer: 1 });
    const holds = [...world.table.holds.values()];
    expect(holds).toMatchObject([{ amountMinor: 2000n, points: 0n }]);
    await drain(world);
    world.clock.advance(40 * 86_400_000);
    expect((await openChoice(dependencies, link)).kind).toBe('chosen');
  });

  it('says what is missing, and when it is too late', async () => {
    const { world, link, dependencies } = await offered();
    for (const answer of [{ step: 'choose' }, { step: 'confirm', offer: 2 }] as const) {
      const outcome = await choose(dependencies, link, answer);
      expect(outcome).toMatchObject({ kind: 'list', problem: 'missing' });
    }
    world.clock.advance(30 * 86_400_000);
    const outcome = await choose(dependencies, link, { step: 'confirm', offer: 0 });
    expect(outcome).toEqual({ kind: 'expired' });
    expect(world.table.holds.size).toBe(0);
  });

  it('lets a member choose again where a reward cannot be ordered', async () => {
    let isGone = true;
    const { link, dependencies, world } = await offered(async () =>
      isGone ? failure(refusal('REWARD_UNAVAILABLE')) : success({ redemption: 'r1' }),
    );
    const first = await choose(dependencies, link, { step: 'confirm', offer: 0 });
    expect(first).toMatchObject({ kind: 'list', problem: 'refused' });
    isGone = false;
    const second = await choose(dependencies, link, { step: 'confirm', offer: 1 });
    expect(second).toMatchObject({ kind: 'chosen', offer: 1 });
    expect(world.logged.join()).toContain('CHOICE_REFUSED');
  });

  it('orders what was chosen first after a death in between', async () => {
    let isDead = true;
    const asked: bigint[] = [];
    const { link, dependencies } = await offered(async (_, { value }) => {
      asked.push(value.amountMinor);
      if (isDead) throw new Error('died');
      return success({ redemption: 'r1' });
    });
    const confirm = (offer: number) => choose(dependencies, link, { step: 'confirm', offer });
    await expect(confirm(0)).rejects.toThrow('died');
    isDead = false;
    expect(await confirm(1)).toMatchObject({ kind: 'chosen', offer: 0 });
    expect(asked).toEqual([1000n, 1000n]);
  });

  it('tells nothing to any other token', async () => {
    const { dependencies } = await offered();
    const token = 'forged';
    expect(await openChoice(dependencies, { token, wish: 'en' })).toEqual({ kind: 'invalid' });
  });
});
