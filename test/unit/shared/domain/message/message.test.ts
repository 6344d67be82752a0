import { describe, expect, it } from 'vitest';
import { nameIn, pickLanguage } from '../../../../../shared/domain/message/language.ts';
import { permissionFor } from '../../../../../shared/domain/message/permission.ts';
import { quietUntil } from '../../../../../shared/domain/message/quiet-hours.ts';
import {
  messageAbout,
  type RedemptionNews,
} from '../../../../../shared/domain/message/redemption-message.ts';
import { messageKinds } from '../../../../../shared/domain/program/schema/messages.ts';
import type { Program } from '../../../../../shared/domain/program/schema.ts';
import { formatInstant, instantOf } from '../../../../../shared/domain/time.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';

const at = (text: string) => instantOf(Date.parse(text));

describe('languages', () => {
  it('are picked by the primary tag, in the order of wishes', () => {
    expect(pickLanguage(['de-AT', 'en'])).toBe('de');
    expect(pickLanguage(['sw', undefined, 'zh_Hant', 'en'])).toBe('zh');
    expect(pickLanguage(['sw'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });

  it('name a thing in the first one that has a name', () => {
    const names = { de: 'Gold', fr: 'Or' };
    expect(nameIn(names, [undefined, 'fr', 'de'])).toBe('Or');
    expect(nameIn(names, ['pl'])).toBe('Gold');
    expect(nameIn({}, ['pl'])).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const night = { from: '21:00', to: '08:00' };
  const until = (now: string, hours = night, zone = 'Europe/Berlin') => {
    const end = quietUntil(at(now), zone, hours);
    return end === undefined ? undefined : formatInstant(end);
  };

  it('go over midnight in the program zone', () => {
    expect(until('2026-06-15T18:59:59Z')).toBeUndefined();
    expect(until('2026-06-15T19:00:00Z')).toBe('2026-06-16T06:00:00.000Z');
    expect(until('2026-06-16T05:59:59Z')).toBe('2026-06-16T06:00:00.000Z');
    expect(until('2026-06-16T06:00:00Z')).toBeUndefined();
  });

  it('end by the clock on the wall when it is moved', () => {
    expect(until('2026-03-28T22:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(until('2026-10-24T22:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
    // 02:30 does not exist that night: the hours end when the clock is past it.
    expect(until('2026-03-29T00:30:00Z', { from: '01:00', to: '02:30' })).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('may lie within a day, and are none where both ends are equal', () => {
    const noon = { from: '12:00', to: '13:00' };
    expect(until('2026-06-15T12:30:00Z', noon, 'UTC')).toBe('2026-06-15T13:00:00.000Z');
    expect(until('2026-06-15T13:00:00Z', noon, 'UTC')).toBeUndefined();
    expect(until('2026-06-15T12:00:00Z', { from: '12:00', to: '12:00' }, 'UTC')).toBeUndefined();
  });
});

describe('permission', () => {
  const now = at('2026-06-15T23:00:00Z');
  const night = { from: '21:00', to: '08:00' };
  const program = (notifications: Partial<Program['notifications']>): Program => {
    const plain = sampleProgram();
    return { ...plain, notifications: { ...plain.notifications, ...notifications } };
  };

  it('follows the program in everything', () => {
    for (const kind of messageKinds) {
      const asked = { kind, program: program({ off: [kind] }), preferences: undefined, now };
      expect(permissionFor(asked)).toEqual({ kind: 'withhold', reason: 'program' });
    }
  });

  it('lets nothing hold back what is owed', () => {
    const preferences = { off: [...messageKinds], quietHours: night };
    const asked = { kind: 'rewardReady', program: program({}), preferences, now } as const;
    expect(permissionFor(asked)).toEqual({ kind: 'send' });
  });

  it('follows the member in what is not', () => {
    const asked = { kind: 'tierChanged', program: program({ maximumPerDay: 2 }), now } as const;
    const of = (preferences: Parameters<typeof permissionFor>[0]['preferences']) =>
      permissionFor({ ...asked, preferences });
    expect(of({ off: ['tierChanged'] })).toEqual({ kind: 'withhold', reason: 'member' });
    expect(of({ off: [], quietHours: night }).kind).toBe('wait');
    expect(of({ off: ['choice'] })).toEqual({ kind: 'send', maximumPerDay: 2 });
  });

  it('counts no payout among the messages of a day', () => {
    const asked = { kind: 'payout', program: program({ maximumPerDay: 1 }), now } as const;
    expect(permissionFor({ ...asked, preferences: undefined })).toEqual({ kind: 'send' });
    const preferences = { off: ['payout' as const] };
    expect(permissionFor({ ...asked, preferences }).kind).toBe('withhold');
  });

  it('lets the hours of the member go before those of the program', () => {
    const quiet = program({ quietHours: night });
    const asked = { kind: 'tierChanged', program: quiet, now } as const;
    expect(permissionFor({ ...asked, preferences: undefined }).kind).toBe('wait');
    const never = { from: '00:00', to: '00:00' };
    const preferences = { off: [], quietHours: never };
    expect(permissionFor({ ...asked, preferences }).kind).toBe('send');
  });
});

describe('a message about a redemption', () => {
  const open = { isUnderReview: false, isUnpaid: false };
  const captured = { ...open, ended: 'captured' } as const;
  const released = { ...open, ended: 'released' } as const;

  it.each([
    ['settled', captured, 'rewardReady'],
    ['resend', captured, 'rewardReady'],
    ['delayed', captured, undefined],
    ['settled', released, 'pointsReturned'],
    ['resend', released, undefined],
    ['requested', open, undefined],
    ['requested', { ...open, isUnderReview: true, isUnpaid: true }, 'underReview'],
    ['requested', { ...open, isUnpaid: true }, 'paymentDue'],
    ['reviewed', { ...open, isUnpaid: true }, 'paymentDue'],
    ['reviewed', open, undefined],
    ['paid', open, undefined],
    ['delayed', open, 'rewardDelayed'],
    ['reopened', open, 'rewardReplaced'],
  ] as const)('%s', (news, state, message) => {
    expect(messageAbout(news satisfies RedemptionNews, state)).toBe(message);
  });

  const money = { ...open, payout: 'money' } as const;
  const over = { ...money, ended: 'captured' } as const;
  const back = { ...money, ended: 'released' } as const;
  const gift = { ...open, payout: 'gift' } as const;
  const review = { ...money, isUnderReview: true };

  it.each([
    ['requested', money, 'payout'],
    ['reviewed', money, 'payout'],
    ['reviewed', { ...money, isCalledOff: true }, undefined],
    ['requested', review, 'payoutReview'],
    ['requested', gift, undefined],
    ['requested', over, undefined],
    ['requested', { ...open, payout: 'card' }, 'payout'],
    ['delayed', money, 'payoutDelayed'],
    ['reopened', money, 'payoutSentBack'],
    ['settled', back, 'payoutReturned'],
    ['settled', over, 'payoutPaid'],
    ['settled', { ...over, payout: 'card' }, 'rewardReady'],
    ['settled', { ...over, payout: 'gift' }, 'donationReceipt'],
  ] as const)('of money: %s', (news, state, message) => {
    expect(messageAbout(news satisfies RedemptionNews, state)).toBe(message);
  });
});
