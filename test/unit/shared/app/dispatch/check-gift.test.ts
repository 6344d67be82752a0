import { describe, expect, it } from 'vitest';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import {
  type ChooseOutcome,
  choose,
  openChoice,
  type RedeemChoice,
} from '../../../../../shared/app/redemption/choose.ts';
import { offerChoice } from '../../../../../shared/app/redemption/choose-offer.ts';
import { redeemGift } from '../../../../../shared/app/redemption/choose-redeem.ts';
import { busEvents } from '../../../../../shared/contracts/api/bus-events.ts';
import { noticeSchema } from '../../../../../shared/contracts/notices.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { crashing, drain } from '../../../../support/fulfilment.ts';
import { messagingOf } from '../../../../support/messaging.ts';
import { createWorld } from '../../../../support/world.ts';

const key = { program: 'online-retail', member: 'ann', id: 'b3f0c9de-0000-4000-8000-000000000001' };
const card = { rewardId: 'gift-card-gbp', currency: 'GBP' };
const dayMs = 86_400_000;

/** A gift of one of two cards, of which the first was chosen and the provider says no. */
async function given({ isRefused = true, redeemChoice }: Parts = {}) {
  const world = createWorld();
  if (isRefused) world.provider.placing = [{ reject: 'permanent' }];
  const { dependencies: all, mails } = messagingOf(world);
  await offerChoice(all, {
    ...{ ...key, actor: 'staff-1', sender: 'Bo', country: 'GB', validDays: 30 },
    rewards: [1000n, 2000n].map((amountMinor) => ({ ...card, amountMinor })),
    email: new Secret('ann@example.com'),
  });
  const subject = [key.program, key.member, key.id];
  const token = JSON.stringify({ purpose: 'choose', subject, expiresAtEpochSeconds: 0 });
  const link = { token, wish: 'en' } as const;
  const page = { ...all, redeemChoice: redeemGift(all) };
  const confirm = (offer: number, by: RedeemChoice = page.redeemChoice) =>
    choose({ ...page, redeemChoice: by }, link, { step: 'confirm', offer });
  const first = confirm(0, redeemChoice?.(page.redeemChoice));
  if (redeemChoice === undefined) await first;
  else await expect(first).rejects.toThrow('died');
  return {
    ...{ world, mails, confirm, open: () => openChoice(page, link) },
    choice: () => all.choices.read(key),
    told: () => world.published.filter(({ type }) => type === 'choice.reopened.v1'),
    /** Tells the member of the redemption that has just ended. */
    mail: async (redemption: string) => {
      const { program, member } = key;
      const detail = { program, member, redemption };
      await notify(all, noticeSchema.parse({ 'detail-type': 'redemption.settled.v1', detail }));
    },
  };
}

interface Parts {
  readonly isRefused?: boolean;
  readonly redeemChoice?: (redeem: RedeemChoice) => RedeemChoice;
}

const redemptionsOf = ({ world }: Awaited<ReturnType<typeof given>>) => [
  ...world.table.holds.keys(),
];

describe('a gift that came to nothing', () => {
  it('is chosen again, once, and the next one is delivered', async () => {
    const gift = await given();
    const { world, confirm, open, told } = gift;
    await drain(world);
    const [first = ''] = redemptionsOf(gift);
    expect(await gift.choice()).toMatchObject({ undelivered: [{ redemption: first }] });
    expect(await gift.choice()).not.toHaveProperty('chosen');
    const { id: choice, ...owner } = key;
    const detail = { ...owner, choice, redemption: first, outcome: 'open' };
    expect(told()).toEqual([{ type: 'choice.reopened.v1', detail }]);
    expect(busEvents['choice.reopened.v1']?.detail.safeParse(detail)).toMatchObject({
      success: true,
    });
    expect([...world.table.cases.values()]).toEqual([]);

    expect(await open()).toMatchObject({ kind: 'list', problem: 'undelivered' });
    const answers = await Promise.all([confirm(1), confirm(1), confirm(0)]);
    expect(answers).toMatchObject(Array(3).fill({ kind: 'chosen', offer: 1 }));
    await drain(world);
    expect(await open()).toMatchObject({ kind: 'chosen', offer: 1 });
    expect(world.provider.rewards()).toHaveLength(1);
    expect(redemptionsOf(gift)).toHaveLength(2);
    expect(told()).toHaveLength(1);
  });

  it('may be the same one again, and come to nothing again', async () => {
    const gift = await given();
    const { world, confirm, told } = gift;
    await drain(world);
    world.provider.placing = [{ reject: 'permanent' }];
    expect(await confirm(0)).toMatchObject({ kind: 'chosen', offer: 0 });
    await drain(world);
    const undelivered = redemptionsOf(gift).map((redemption) => ({ redemption, isTold: true }));
    expect(undelivered).toHaveLength(2);
    expect(await gift.choice()).toMatchObject({ undelivered });
    expect(told()).toHaveLength(2);
  });

  it('can be chosen again at once, before anybody has looked at it', async () => {
    const gift = await given();
    const { world, open } = gift;
    const isReleased = () => [...world.table.orders.values()].some((o) => o.state === 'released');
    const looked: Promise<ChooseOutcome>[] = [];
    await drain(world, world.dependencies, () => {
      if (!isReleased() || looked.length > 0) return;
      expect(gift.told()).toEqual([]);
      looked.push(open());
    });
    expect(await Promise.all(looked)).toMatchObject([{ problem: 'undelivered' }]);
    expect(gift.told()).toHaveLength(1);
  });

  it('is chosen again where its order was never noted with the choice', async () => {
    const dying: Parts['redeemChoice'] = (redeem) => async (choice, offer) => {
      await redeem(choice, offer);
      throw new Error('died');
    };
    const gift = await given({ redeemChoice: dying });
    const { world, confirm, open } = gift;
    const released = () => [...world.table.orders.values()].every((o) => o.state === 'released');
    await drain(world);
    expect(released()).toBe(true);
    expect(await open()).toMatchObject({ kind: 'list', problem: 'undelivered' });
    expect(await confirm(1)).toMatchObject({ kind: 'chosen', offer: 1 });
    await drain(world);
    expect(world.provider.rewards()).toHaveLength(1);
  });

  it('is told to the member with the link to choose again, or that it is too late', async () => {
    const gift = await given();
    const { world, mails, mail } = gift;
    await drain(world);
    const [first = ''] = redemptionsOf(gift);
    await mail(first);
    expect(mails).toMatchObject([{ to: 'ann@example.com', tags: { kind: 'choice' } }]);
    expect(mails[0]?.text).toContain('could not deliver the reward that you chose');
    expect(mails[0]?.text).toContain('/choose/');
    expect(mails[0]?.text).not.toContain('points');
    const late = await given({ isRefused: false });
    late.world.clock.advance(30 * dayMs);
    await drain(late.world);
    await late.mail(redemptionsOf(late)[0] ?? '');
    expect(late.mails[0]?.text).toContain('Please ask Bo for another one.');
    expect(late.mails[0]?.text).not.toContain('/choose/');
  });

  it('is a case once nothing can be chosen any more', async () => {
    const gift = await given({ isRefused: false });
    const { world, open, told } = gift;
    world.clock.advance(30 * dayMs);
    await drain(world);
    const [first = ''] = redemptionsOf(gift);
    expect(world.table.orders.get(first)).toMatchObject({ state: 'released', cancelled: 'late' });
    const cases = [...world.table.cases.values()].filter(({ subject }) => subject === first);
    expect(cases.map(({ reason }) => reason)).toContain('GIFT_UNDELIVERED');
    expect(told()).toMatchObject([{ detail: { redemption: first, outcome: 'expired' } }]);
    expect(await open()).toEqual({ kind: 'expired' });
  });

  it.each(['before', 'after'] as const)(
    'stands so, whatever dies %s it took effect',
    async (when) => {
      for (let nth = 1, isOut = false; !isOut; nth += 1) {
        const gift = await given();
        const { world, open, told } = gift;
        // Whatever dies with an answer asks again.
        world.provider.placing = Array(99).fill({ reject: 'permanent' });
        const { dependencies, calls } = crashing(world.dependencies, nth, when);
        await drain(world, dependencies);
        isOut = calls() < nth;
        const [first = ''] = redemptionsOf(gift);
        const undelivered = [{ redemption: first, isTold: true }];
        expect([nth, (await gift.choice())?.undelivered]).toEqual([nth, undelivered]);
        expect([1, 2]).toContain(told().length);
        expect(await open()).toMatchObject({ kind: 'list', problem: 'undelivered' });
      }
    },
  );
});
