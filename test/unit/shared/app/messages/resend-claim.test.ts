import { describe, expect, it } from 'vitest';
import { heedReturnedMail } from '../../../../../shared/app/messages/bounce.ts';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import { resendClaim } from '../../../../../shared/app/messages/resend-claim.ts';
import { noticeSchema } from '../../../../../shared/contracts/notices.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { drain, requested } from '../../../../support/fulfilment.ts';
import { messagingOf } from '../../../../support/messaging.ts';

const minuteMs = 60_000;

async function delivered() {
  const { world, id } = await requested();
  await drain(world);
  const messaging = messagingOf(world);
  const { dependencies } = messaging;
  const command = { program: 'online-retail', member: 'ann', redemption: id };
  const resend = async (parts: { member?: string; email?: Secret } = {}) => {
    const result = await resendClaim(dependencies, { ...command, ...parts });
    return result.ok ? result.value.left : result.failure.code;
  };
  /** Does what stands on the queue of messages. */
  const send = async () => {
    for (let next = world.inbox.take('notify'); next; next = world.inbox.take('notify')) {
      await notify(dependencies, noticeSchema.parse(next.body));
    }
  };
  const bounce = (parts: { isPermanent?: boolean } = {}) =>
    heedReturnedMail(dependencies, {
      ...{ kind: 'bounced', isPermanent: true, via: 'redemption' },
      ...{ ...command, ...parts },
    });
  return { world, id, ...messaging, resend, send, bounce };
}

describe('mailing a claim link again', () => {
  it('waits some minutes each time, and ends', async () => {
    const { world, resend, send, mails } = await delivered();
    for (const left of [2, 1, 0]) {
      world.clock.advance(10 * minuteMs);
      expect(await resend()).toBe(left);
      expect(await resend()).toBe(left === 0 ? 'RESENDS_USED_UP' : 'RESEND_TOO_SOON');
      await send();
    }
    expect(mails).toHaveLength(3);
    expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
    expect(world.logged.join()).not.toContain('@');
  });

  it('goes to a corrected address from then on', async () => {
    const { world, resend, send, mails } = await delivered();
    world.clock.advance(10 * minuteMs);
    await resend({ email: new Secret('ann@new.example') });
    world.clock.advance(10 * minuteMs);
    await resend();
    await send();
    expect(mails.map(({ to }) => to)).toEqual(['ann@new.example', 'ann@new.example']);
  });

  it('is for the member alone, and for what is delivered', async () => {
    const { world, id, resend } = await delivered();
    expect(await resend({ member: 'bob' })).toBe('UNKNOWN_REDEMPTION');
    const order = world.table.orders.get(id);
    if (order !== undefined) world.table.orders.set(id, { ...order, state: 'reopened' });
    expect(await resend()).toBe('NOT_DELIVERED');
  });
});

describe('a mail that comes back', () => {
  it('opens the delivery again, with a case, until another address is told', async () => {
    const { world, id, resend, send, mails, bounce } = await delivered();
    await bounce();
    await bounce();
    expect([...world.table.cases.values()]).toMatchObject([
      { subject: id, reason: 'DELIVERY_BOUNCED' },
    ]);
    expect(world.published).toContainEqual({
      type: 'delivery.bounced.v1',
      detail: { program: 'online-retail', member: 'ann', redemption: id },
    });
    expect(await resend()).toBe('ADDRESS_BOUNCED');
    expect(await resend({ email: new Secret('ann@new.example') })).toBe(2);
    await send();
    expect(mails.map(({ to }) => to)).toEqual(['ann@new.example']);
    expect(world.table.orders.get(id)?.state).toBe('captured');
  });

  it('is found by its redemption where no tag could name the member', async () => {
    const { world, id, rows, dependencies } = await delivered();
    const mail = { kind: 'bounced', isPermanent: true, via: 'redemption' } as const;
    const of = (program: string) => ({ ...mail, program, redemption: id });
    await heedReturnedMail(dependencies, of('elsewhere'));
    expect(world.table.cases.size).toBe(0);
    await heedReturnedMail(dependencies, of('online-retail'));
    expect([...world.table.cases.values()]).toMatchObject([{ subject: id }]);
    expect([...rows.deliveries.values()]).toMatchObject([{ member: 'ann', redemption: id }]);
  });

  it('is left alone where nothing says whose it was', async () => {
    const { world, dependencies } = await delivered();
    const mail = { program: 'online-retail', via: 'contact', isPermanent: true } as const;
    for (const kind of ['bounced', 'complained'] as const) {
      await heedReturnedMail(dependencies, { ...mail, kind });
    }
    expect(world.logged.filter((line) => line.includes('MAIL_UNTRACED'))).toHaveLength(2);
    expect(world.table.cases.size).toBe(0);
  });

  it('stops mails to a contact only for good', async () => {
    const { world, rows, contact, dependencies } = await delivered();
    await contact();
    const mail = { program: 'online-retail', member: 'ann', via: 'contact' } as const;
    const heed = (isPermanent: boolean) =>
      heedReturnedMail(dependencies, { ...mail, kind: 'bounced', isPermanent });
    await heed(false);
    expect([...rows.contacts.values()][0]?.bouncedAt).toBeUndefined();
    await heed(true);
    expect([...rows.contacts.values()][0]?.bouncedAt).toBe(world.clock.now());
    expect(world.table.cases.size).toBe(0);
  });

  it('turns off what is not owed where it was called unwanted', async () => {
    const { rows, contact, dependencies } = await delivered();
    await contact({ off: ['choice'] });
    const mail = { program: 'online-retail', member: 'ann', via: 'contact', isPermanent: false };
    await heedReturnedMail(dependencies, { ...mail, kind: 'complained' });
    expect([...rows.contacts.values()][0]?.off).toEqual([
      ...['rewardChanged', 'tierChanged', 'pointsExpiring', 'choice', 'payout'],
    ]);
  });
});
