import { describe, expect, it } from 'vitest';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import { type Notice, resendNotice, tierNotice } from '../../../../../shared/contracts/notices.ts';
import { busEventTypes } from '../../../../../shared/domain/bus-event.ts';
import {
  emptySnapshot,
  type MemberSnapshot,
} from '../../../../../shared/domain/member/snapshot.ts';
import type { TierStanding } from '../../../../../shared/domain/member/standing.ts';
import { emptyBalance } from '../../../../../shared/domain/points/balance.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { instantOf } from '../../../../../shared/domain/time.ts';
import { drain, requested, task } from '../../../../support/fulfilment.ts';
import { messagingOf } from '../../../../support/messaging.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import type { PlaceAnswer } from '../../../../support/scripted-provider.ts';
import { createWorld } from '../../../../support/world.ts';

const dayMs = 86_400_000;
const ann = { program: 'online-retail', member: 'ann' };

async function settled(placing: PlaceAnswer[] = []) {
  const { world, id } = await requested();
  world.provider.placing = placing;
  await drain(world);
  const messaging = messagingOf(world);
  const notice: Notice = {
    'detail-type': busEventTypes.redemptionSettled,
    detail: { ...ann, redemption: id },
  };
  const tell = (told: Notice = notice) => notify(messaging.dependencies, told);
  return { world, id, ...messaging, tell, notice };
}

describe('telling of a redemption', () => {
  it('mails a claim link once, to the address of the redemption', async () => {
    const { world, id, mails, tell } = await settled();
    await tell();
    world.clock.advance(3 * dayMs);
    await tell();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: 'ann@example.com',
      from: { name: 'Online Retail Rewards' },
      tags: { program: 'online-retail', via: 'redemption', redemption: id, kind: 'rewardReady' },
    });
    expect(mails[0]?.text).toMatch(/https:\/\/pages\.example\/claim\/claim [0-9a-f-]{36} \d+/);
    expect(mails[0]?.headers).toBeUndefined();
    expect(world.logged.join()).not.toMatch(/ann@|pages\.example/);
  });

  it('mails again what may not have gone out, with the same link', async () => {
    const { world, mails, tell, dependencies } = await settled();
    const failing = { ...dependencies.mailer, send: async () => Promise.reject(new Error('down')) };
    const notice = { 'detail-type': busEventTypes.redemptionSettled } as const;
    const detail = { ...ann, redemption: [...world.table.holds.keys()][0] ?? '' };
    const once = notify({ ...dependencies, mailer: failing }, { ...notice, detail });
    await expect(once).rejects.toThrow('down');
    world.clock.advance(dayMs);
    await tell();
    await tell();
    expect(mails).toHaveLength(1);
  });

  it('sends a mail again under each number that it is asked for', async () => {
    const { id, mails, tell } = await settled();
    await tell();
    const again = (number: number): Notice => ({
      'detail-type': resendNotice,
      detail: { ...ann, redemption: id, number },
    });
    for (const number of [1, 1, 2]) await tell(again(number));
    expect(mails.map(({ text }) => text)).toEqual(Array(3).fill(mails[0]?.text));
  });

  it('tells of points that came back', async () => {
    const { mails, tell } = await settled([{ reject: 'permanent' }]);
    await tell();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('Back in your balance: 1,000 points.');
  });

  it('writes nothing to an address that mail came back from, and to a corrected one', async () => {
    const { world, id, mails, tell, dependencies } = await settled();
    const { deliveries, sealer } = dependencies;
    const key = { ...ann, redemption: id };
    const bouncedAt = world.clock.now();
    await deliveries.put({ ...key, resends: 0, bouncedAt, version: 1 });
    await tell();
    expect(mails).toEqual([]);
    expect(world.logged.join()).toContain('MAIL_WITHHELD');
    const context = { ...task(id), field: 'email' } as const;
    const sealedEmail = await sealer.seal(context, new Secret('ann@new.example'));
    await deliveries.put({ ...key, resends: 1, sealedEmail, version: 2 });
    await tell();
    expect(mails[0]?.to).toBe('ann@new.example');
  });

  it('throws before there is anything to tell, to be tried again', async () => {
    const { world, tell } = await settled();
    world.table.settlements.clear();
    await expect(tell()).rejects.toThrow('is not');
  });

  it('says nothing that the program does not want said', async () => {
    const { world, mails, tell } = await settled();
    const notifications = { ...world.program.notifications, off: ['rewardReady'] as const };
    const program = {
      ...world.program,
      notifications: { ...notifications, off: [...notifications.off] },
    };
    world.table.programs.set(program.program, [{ from: 0 as never, program }]);
    await tell();
    expect(mails).toEqual([]);
  });
});

const expiring: Notice = {
  'detail-type': busEventTypes.pointsExpiring,
  detail: { ...ann, entry: 'e1', unit: 'PTS', points: '100 50', day: '2026-07-01 2026-08-01' },
};

function messaging(parts: Record<string, unknown> = {}, start?: string) {
  const world = createWorld(sampleProgram(parts), start);
  const around = messagingOf(world);
  return { world, ...around, tell: (notice: Notice) => notify(around.dependencies, notice) };
}

describe('telling of points that expire', () => {
  it('goes to the contact, with a way to stop it', async () => {
    const { contact, mails, tell } = messaging();
    await contact();
    await tell(expiring);
    await tell(expiring);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({ to: 'ann@home.example', tags: { via: 'contact' } });
    expect(mail?.text).toContain('- 100 points until 30 June 2026');
    expect(mail?.headers?.['List-Unsubscribe']).toContain('<https://pages.example/unsubscribe/');
    expect(mail?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  it.each([
    ['who has told no address', undefined],
    ['who does not want it', { off: ['pointsExpiring' as const] }],
    ['whose address bounced', { bouncedAt: 1 as never }],
  ])('spares a member %s', async (_, parts) => {
    const { contact, mails, tell } = messaging();
    if (parts !== undefined) await contact(parts);
    await tell(expiring);
    expect(mails).toEqual([]);
  });

  it('waits for the end of quiet hours, a quarter of an hour at a time', async () => {
    const { world, contact, mails, tell } = messaging({}, '2026-06-15T21:50:00Z');
    await contact({ quietHours: { from: '22:00', to: '23:35' }, language: 'de' });
    await tell(expiring);
    let rounds = 0;
    for (let next = world.inbox.take('notify'); next; next = world.inbox.take('notify')) {
      expect(next.dueAt - world.clock.now()).toBeLessThanOrEqual(900_000);
      world.clock.reach(next.dueAt);
      rounds += 1;
      expect(mails).toEqual([]);
      await tell(next.body as never);
    }
    // British summer time: 22:50 to 23:35.
    expect(rounds).toBe(3);
    expect(mails[0]?.subject).toContain('verfallen bald');
  });

  it('stops at the most of a day, counting only what is not owed', async () => {
    const { contact, mails, tell } = messaging({ notifications: { maximumPerDay: 2 } });
    await contact();
    for (const entry of ['a', 'b', 'c', 'a']) {
      await tell({ ...expiring, detail: { ...expiring.detail, entry } } as Notice);
    }
    expect(mails).toHaveLength(2);
  });
});

describe('telling of a level', () => {
  const notice: Notice = { 'detail-type': tierNotice, detail: { ...ann, reason: 'TIER_RAISED' } };
  const tiers = {
    levels: [
      { id: 'blue', names: { en: 'Blue', de: 'Blau' } },
      {
        id: 'gold',
        names: { en: 'Gold' },
        qualify: { anyOf: [{ allOf: [{ metric: 'points', atLeast: 500 }] }] },
      },
      {
        id: 'black',
        names: { en: 'Black' },
        qualify: { anyOf: [{ allOf: [{ metric: 'points', atLeast: 9000 }] }] },
      },
    ],
    window: { kind: 'calendarYear' },
    up: { when: 'now' },
    down: { when: 'never' },
  };
  const metrics = [{ id: 'points', when: { type: ['order.placed'] }, of: 'points', unit: 'PTS' }];
  const on = (level: string, before: string, version: bigint) => {
    const balance = emptyBalance;
    const earlier = [{ level: before, since: instantOf(0) }];
    const tier: TierStanding = { level, since: instantOf(1), version, reason: 'review', earlier };
    const standing = { ...balance.standing, tier };
    return { ...emptySnapshot('ann'), balances: new Map([['PTS', { ...balance, standing }]]) };
  };

  it('names it, and what the next one takes, once for each change', async () => {
    const { contact, dependencies, mails } = messaging({ tiers, metrics });
    await contact();
    const tell = (snapshot: MemberSnapshot) =>
      notify({ ...dependencies, ledger: { readMember: async () => snapshot } }, notice);
    for (const snapshot of [on('gold', 'blue', 1n), on('gold', 'blue', 1n)]) await tell(snapshot);
    await tell(on('blue', 'gold', 2n));
    await tell(on('gold', 'gold', 3n));
    expect(mails.map(({ text }) => text.split('\n')[0])).toEqual([
      'You have moved up: your level is now Gold.',
      'Your level is now Blue.',
    ]);
    expect(mails[0]?.text).toContain('To reach Black, you still need: 9,000 points.');
  });

  it('is silent where a program has none', async () => {
    const { contact, mails, tell } = messaging();
    await contact();
    await tell(notice);
    expect(mails).toEqual([]);
  });
});

describe('telling of a reward', () => {
  it('says by name that it is gone, once a day', async () => {
    const { world, contact, mails, tell } = messaging();
    await contact();
    const [reward] = world.program.rewards;
    const notice: Notice = {
      'detail-type': busEventTypes.rewardTouched,
      detail: { ...ann, rewardId: reward?.id ?? '', change: 'delisted' },
    };
    await tell(notice);
    await tell(notice);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`can no longer be ordered: ${reward?.name}.`);
  });
});
