import { describe, expect, it } from 'vitest';
import { mailEventSchema } from '../../../../shared/contracts/mail-events.ts';
import { memberOfTag, tagOfMember } from '../../../../shared/contracts/member-tag.ts';
import { noticeSchema } from '../../../../shared/contracts/notices.ts';
import { busEventOfEntry } from '../../../../shared/domain/bus-event.ts';

describe('notices', () => {
  it('are read from events of the bus, without what is not needed', () => {
    const detail = { program: 'shop', member: 'ann', redemption: 'r1', outcome: 'captured' };
    const event = { version: '0', 'detail-type': 'redemption.settled.v1', source: 'guerdon' };
    expect(noticeSchema.parse({ ...event, detail })).toEqual({
      'detail-type': 'redemption.settled.v1',
      detail: { program: 'shop', member: 'ann', redemption: 'r1' },
    });
  });

  it('know the name of a change of tier', () => {
    const detail = { program: 'shop', member: 'ann', reason: 'TIER_RAISED', entry: 'h' };
    const notice = { 'detail-type': busEventOfEntry.tier, detail };
    expect(noticeSchema.safeParse(notice).success).toBe(true);
  });

  it.each([
    { 'detail-type': 'points.accrued.v1', detail: { program: 'shop', member: 'ann' } },
    { 'detail-type': 'redemption.settled.v1', detail: { program: 'shop', member: 'ann' } },
    { detail: {} },
    null,
  ])('are nothing else: %j', (event) => {
    expect(noticeSchema.safeParse(event).success).toBe(false);
  });
});

describe('events of the mail service', () => {
  const tags = {
    'ses:configuration-set': ['guerdon'],
    program: ['shop'],
    member: [tagOfMember('a€b') ?? ''],
    via: ['redemption'],
    kind: ['rewardReady'],
    redemption: ['r1'],
  };
  const event = {
    'detail-type': 'Email Bounced',
    detail: {
      eventType: 'Bounce',
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'x@y.test' }] },
      mail: { destination: ['x@y.test'], tags },
    },
  };

  it('are read by their tags, and no address is', () => {
    const read = mailEventSchema.parse(event);
    expect(read).toEqual({
      ...{ kind: 'bounced', isPermanent: true },
      ...{ program: 'shop', member: 'a€b', via: 'redemption', redemption: 'r1' },
    });
    expect(JSON.stringify(read)).not.toContain('@');
  });

  it('may be complaints', () => {
    const { redemption: _, ...others } = tags;
    const complaint = {
      'detail-type': 'Email Complaint Received',
      detail: { complaint: {}, mail: { tags: { ...others, via: ['contact'] } } },
    };
    expect(mailEventSchema.parse(complaint)).toEqual({
      ...{ kind: 'complained', isPermanent: false },
      ...{ program: 'shop', member: 'a€b', via: 'contact' },
    });
  });

  it('are read without a member, whose tag would not fit', () => {
    const { member: _, ...others } = tags;
    const read = mailEventSchema.parse({
      ...event,
      detail: { ...event.detail, mail: { tags: others } },
    });
    expect(read).toMatchObject({ program: 'shop', redemption: 'r1' });
    expect(read).not.toHaveProperty('member');
  });

  it('are refused without our tags', () => {
    const bare = { ...event, detail: { ...event.detail, mail: { tags: {} } } };
    expect(mailEventSchema.safeParse(bare).success).toBe(false);
  });
});

describe('the tag of a member', () => {
  it.each(['ann', 'Zoë#%|"', '会员', ''])('comes back: %j', (member) => {
    expect(tagOfMember(member)).toMatch(/^[0-9a-f]*$/);
    expect(memberOfTag(tagOfMember(member) ?? '')).toBe(member);
  });

  it('is none where it would be longer than a tag may be', () => {
    expect(tagOfMember('é'.repeat(64))).toHaveLength(256);
    expect(tagOfMember('é'.repeat(64).concat('e'))).toBeUndefined();
  });
});
