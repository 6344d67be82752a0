import { describe, expect, it } from 'vitest';
import { notify } from '../../../../../shared/app/messages/notify.ts';
import type { Notice } from '../../../../../shared/contracts/notices.ts';
import { messagingOf } from '../../../../support/messaging.ts';
import { payingWorld, program } from '../../../../support/paying.ts';

const night = { from: '00:00', to: '23:59' };

function telling(change: object = {}) {
  const { world } = payingWorld(change);
  const messaging = messagingOf(world);
  const tell = (told: object = {}) => {
    const detail = {
      ...{ program, member: 'ann', change: 'chosen', rail: 'bank', version: 1 },
      ...{ payee: { kind: 'iban', ending: '2051' }, chosenAt: '2026-06-15T12:00:00Z', ...told },
    };
    const type = 'payout-choice.changed.v1';
    return notify(messaging.dependencies, { 'detail-type': type, detail } as Notice);
  };
  return { ...messaging, world, tell };
}

describe('telling how a member is paid from now on', () => {
  it('says which way, and what to do if it was somebody else', async () => {
    const { contact, mails, tell, world } = telling();
    await contact();
    await tell();
    expect(mails.map(({ subject }) => subject)).toEqual([
      'How Online Retail Rewards pays you has changed',
    ]);
    expect(mails[0]?.text).toContain('goes this way: A rail.\n\n- Account: …2051\n\nIf that was');
    expect(mails[0]?.headers).toBeUndefined();
    expect(world.logged.join()).not.toMatch(/@|2051/);
  });

  it('says it once for each change, also after a choice was removed', async () => {
    const { contact, mails, tell } = telling();
    await contact();
    const later = { chosenAt: '2026-06-16T12:00:00Z' };
    for (const told of [{}, { version: 2 }, { version: 2, change: 'removed' }, later]) {
      await tell(told);
      await tell(told);
    }
    const removed = mails.map(({ text }) => text.includes('was removed'));
    expect(removed).toEqual([false, false, true, false]);
  });

  it('waits for no hour and no number, and no switch of the member', async () => {
    const { contact, mails, tell } = telling();
    await contact({ off: ['payoutChoice'], quietHours: night, language: 'de' });
    for (let version = 1; version <= 5; version += 1) await tell({ version });
    expect(mails).toHaveLength(5);
    expect(mails[0]?.subject).toContain('Ihr Auszahlungsweg bei');
  });

  it('shows an address by the end of its first part, and else nothing of it', async () => {
    const { contact, mails, tell } = telling();
    await contact();
    await tell({ payee: { kind: 'email', ending: 'nn' } });
    await tell({ payee: { kind: 'email', ending: '' }, version: 2 });
    await tell({ payee: undefined, rail: 'gone', version: 3 });
    expect(mails[0]?.text).toContain('- Account: …nn@…\n');
    expect(mails[1]?.text).not.toContain('Account');
    expect(mails[2]?.text).toContain('goes this way: gone.\n\nIf that was you');
  });

  it('has nowhere to go to somebody without an address', async () => {
    const { mails, tell, world } = telling();
    await tell();
    expect(mails).toEqual([]);
    expect(world.logged.join()).toContain('MAIL_WITHHELD');
  });
});
