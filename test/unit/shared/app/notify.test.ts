import { describe, expect, it } from 'vitest';
import { openClaim, reveal } from '../../../../shared/app/claim.ts';
import { notify } from '../../../../shared/app/notify.ts';
import { Secret } from '../../../../shared/domain/secret.ts';
import type { ClaimTokens } from '../../../../shared/ports/sealing.ts';
import { drain, requested, task } from '../../../support/fulfilment.ts';
import type { PlaceAnswer } from '../../../support/scripted-provider.ts';
import type { World } from '../../../support/world.ts';

const dayMs = 86_400_000;

/** No signature: whoever writes `claim <redemption> <expiry>` has a token. */
const openTokens: ClaimTokens = {
  async issue({ redemption, expiresAtEpochSeconds }) {
    return new Secret(`claim ${redemption} ${expiresAtEpochSeconds}`);
  },
  async read(token) {
    const [word, redemption, expiry] = token.split(' ');
    if (word !== 'claim' || redemption === undefined) return undefined;
    return { redemption, expiresAtEpochSeconds: Number(expiry) };
  },
};

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

async function settled(placing: PlaceAnswer[] = []) {
  const { world, id } = await requested();
  world.provider.placing = placing;
  await drain(world);
  const mails: Mail[] = [];
  const tell = () =>
    notify(
      {
        ...world.dependencies,
        mailer: { send: async (mail) => void mails.push(mail) },
        messages: {
          rewardReady: ({ claimLink }) => {
            return { subject: 'ready', text: claimLink.reveal(), html: '' };
          },
          pointsReturned: ({ points }) => {
            return { subject: 'returned', text: points.toString(), html: '' };
          },
        },
        tokens: openTokens,
        claimBaseUrl: 'https://claim.example/claim',
      },
      task(id),
    );
  return { world, id, mails, tell };
}

function claims(world: World) {
  let reveals = 0;
  const newRevealId = () => `reveal-${++reveals}`;
  return { ...world.dependencies, tokens: openTokens, newRevealId };
}

describe('notifying', () => {
  it('sends a claim link, and the same one again', async () => {
    const { world, mails, tell } = await settled();
    await tell();
    world.clock.advance(3 * dayMs);
    await tell();
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual(
      Array(2).fill(['ann@example.com', 'ready']),
    );
    expect(mails[0]?.text).toMatch(/^https:\/\/claim\.example\/claim\/claim [0-9a-f-]{36} \d+$/);
    expect(mails[1]?.text).toBe(mails[0]?.text);
    expect(world.logged.join()).not.toMatch(/ann@|claim\.example/);
  });

  it('tells of points that came back', async () => {
    const { mails, tell } = await settled([{ reject: 'permanent' }]);
    await tell();
    expect(mails).toMatchObject([{ to: 'ann@example.com', subject: 'returned', text: '1000' }]);
  });

  it('throws before there is anything to tell, to be tried again', async () => {
    const { world, tell } = await settled();
    world.table.settlements.clear();
    await expect(tell()).rejects.toThrow('is not');
  });
});

describe('a claim link', () => {
  const token = ({ id, world }: { id: string; world: World }, days = 1) =>
    `claim ${id} ${Math.floor(world.clock.now() / 1000) + days * 86_400}`;

  it('opens to what may be seen before the reward is: nothing of it', async () => {
    const claimed = await settled();
    const opened = await openClaim(claims(claimed.world), token(claimed));
    expect(opened).toMatchObject({
      kind: 'ready',
      view: { programName: 'Online Retail Rewards', rewardName: 'Gift card (GBP)' },
    });
    const seen = JSON.stringify(opened, (_, it) => (typeof it === 'bigint' ? `${it}` : it));
    expect(seen).not.toContain('rewards.example');
    expect(claimed.world.table.reveals.size).toBe(0);
  });

  it('shows the reward each time it is confirmed, and each time is written down', async () => {
    const claimed = await settled();
    const dependencies = claims(claimed.world);
    for (const times of [1, 2]) {
      const shown = await reveal(dependencies, token(claimed));
      if (shown.kind !== 'revealed') throw new Error(shown.kind);
      expect([shown.form, shown.value.reveal()]).toEqual([
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
    await expect(reveal(dependencies, token(claimed))).rejects.toThrow('down');
  });

  it('ends, and says so; any other token learns nothing', async () => {
    const claimed = await settled();
    const dependencies = claims(claimed.world);
    expect(await reveal(dependencies, token(claimed, 0))).toEqual({ kind: 'expired' });
    expect(await reveal(dependencies, 'forged')).toEqual({ kind: 'invalid' });
    const nowhere = token({ ...claimed, id: 'nowhere' });
    expect(await reveal(dependencies, nowhere)).toEqual({ kind: 'invalid' });
    const released = await settled([{ reject: 'permanent' }]);
    const link = token(released);
    expect(await reveal(claims(released.world), link)).toEqual({ kind: 'invalid' });
    expect(claimed.world.table.reveals.size).toBe(0);
  });
});
