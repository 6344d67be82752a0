import { describe, expect, it } from 'vitest';
import { survivorOf } from '../../../../../shared/domain/member/profile.ts';
import { activeEntitlements } from '../../../../../shared/domain/ways/entitlement.ts';
import { instant, MemberWorld, noon, twoWallets } from './member-world.ts';

const facts = { kind: 'person', country: 'GB', birthday: '02-29', segments: ['vip', 'vip'] };

describe('an enrolment', () => {
  it('makes a profile and grants the perks', () => {
    const world = new MemberWorld();
    expect(world.told('member.enrolled', 'ann', facts)).toBe('done');
    expect(world.profile('ann')).toEqual({
      ...{ kind: 'person', country: 'GB', birthday: '02-29', segments: ['vip'] },
      ...{ enrolledAt: instant(noon), participants: {} },
    });
    expect(activeEntitlements(world.of('ann'), instant(noon))).toEqual(['coffee', 'lounge']);
    expect(survivorOf(world.of('ann'))).toBe('ann');
  });

  it('is said again without effect, and refused with other facts', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'ann', facts);
    const before = world.of('ann');
    for (const same of [facts, { kind: 'person' }, { kind: 'person', birthday: '02-29' }]) {
      expect(world.told('member.enrolled', 'ann', same)).toBe('done');
    }
    expect(world.of('ann')).toEqual(before);
    for (const other of [{ country: 'DE' }, { kind: 'company' }, { segments: [] }]) {
      expect(world.told('member.enrolled', 'ann', { ...facts, ...other })).toBe('ALREADY_ENROLLED');
    }
  });

  it.each([
    [{ kind: 'robot' }, 'FIELD_INVALID data.kind'],
    [{ country: 'FR' }, 'COUNTRY_NOT_IN_PROGRAM data.country'],
    [{ country: 'gb' }, 'FIELD_INVALID data.country'],
    [{ birthday: '02-30' }, 'FIELD_INVALID data.birthday'],
    [{ birthday: '1980-02-01' }, 'FIELD_INVALID data.birthday'],
    [{ segments: ['vip', 'new'] }, 'UNKNOWN_SEGMENT data.segments.1'],
    [{ email: 'x' }, 'UNKNOWN_FIELD data.email'],
    [{ company: 'acme' }, 'UNKNOWN_MEMBER data.company'],
    [{ kind: 'company', company: 'acme' }, 'FIELD_INVALID data.company'],
  ])('with %j is refused', (parts, refused) => {
    expect(new MemberWorld().told('member.enrolled', 'ann', { ...facts, ...parts })).toBe(refused);
  });

  it('of a company needs a program that has companies', () => {
    const members = { ...twoWallets.members, kinds: ['person'] };
    const world = new MemberWorld({ members });
    const told = world.told('member.enrolled', 'acme', { kind: 'company' });
    expect(told).toBe('KIND_NOT_IN_PROGRAM data.kind');
  });

  it('for a company makes its first person the admin, and others viewers', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'acme', { kind: 'company' });
    world.send('member.enrolled', 'ann', { kind: 'person', company: 'acme' });
    world.send('member.enrolled', 'bob', { kind: 'person', company: 'acme' });
    expect(world.profile('acme')?.participants).toEqual({ ann: 'admin', bob: 'viewer' });
    expect(world.profile('bob')?.company).toBe('acme');
    const told = world.told('member.enrolled', 'carl', { kind: 'person', company: 'ann' });
    expect(told).toBe('NOT_A_COMPANY data.company');
  });
});

describe('a change', () => {
  it('replaces what it names and nothing else', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'ann', facts);
    expect(world.told('member.changed', 'ann', { country: 'DE', segments: [] })).toBe('done');
    expect(world.profile('ann')).toMatchObject({ country: 'DE', birthday: '02-29', segments: [] });
    expect(world.profile('ann')).not.toHaveProperty('birthdaySetAt');
    expect(world.told('member.changed', 'ann', { country: 'DE' })).toBe('done');
    expect(world.decisions.at(-1)).toMatchObject({ records: [] });
  });

  it('of a birthday says since when it is known', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'ann', facts);
    const at = '2026-04-01T00:00:00Z';
    world.send('member.changed', 'ann', { birthday: '05-01' }, { at });
    expect(world.profile('ann')).toMatchObject({ birthday: '05-01', birthdaySetAt: instant(at) });
  });

  it('is for somebody who is enrolled', () => {
    expect(new MemberWorld().told('member.changed', 'ann', {})).toBe('UNKNOWN_MEMBER member');
  });
});
