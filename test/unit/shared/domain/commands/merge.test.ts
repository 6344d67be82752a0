import { describe, expect, it } from 'vitest';
import { survivorOf } from '../../../../../shared/domain/member/profile.ts';
import { recordOf } from '../../../../../shared/domain/member/snapshot.ts';
import { balanceOf, filledLots, lot } from '../../../../support/points.ts';
import { MemberWorld } from './member-world.ts';
import { merge, person, two } from './merge-world.ts';

describe('the profiles of a merge', () => {
  it('name the survivor, who keeps their own facts and takes what they lack', () => {
    const world = two({
      ann: { country: 'GB', segments: [] },
      bob: { country: 'DE', birthday: '05-01', segments: ['vip'] },
    });
    expect(merge(world)).toBe('done');
    expect(survivorOf(world.of('bob'))).toBe('ann');
    const facts = { country: 'GB', birthday: '05-01', segments: ['vip'] };
    expect(world.profile('ann')).toMatchObject(facts);
    expect(world.told('member.changed', 'bob', {})).toBe('MEMBER_MERGED member');
  });

  it('hand on the place in a company, with the higher role', () => {
    const world = two();
    world.send('member.enrolled', 'acme', { kind: 'company' });
    world.send('participant.added', 'acme', { participant: 'bob', role: 'admin' });
    expect(merge(world)).toBe('done');
    expect(world.profile('acme')?.participants).toEqual({ ann: 'admin' });
    expect(world.profile('ann')?.company).toBe('acme');
    expect(world.profile('bob')).not.toHaveProperty('company');
  });

  it('of companies take everybody along', () => {
    const world = two();
    for (const company of ['acme', 'bolt']) {
      world.send('member.enrolled', company, { kind: 'company' });
    }
    world.send('participant.added', 'acme', { participant: 'ann', role: 'admin' });
    world.send('participant.added', 'bolt', { participant: 'bob', role: 'admin' });
    expect(merge(world, 'acme', 'bolt')).toBe('done');
    expect(world.profile('acme')?.participants).toEqual({ ann: 'admin', bob: 'admin' });
    expect(world.profile('bob')?.company).toBe('acme');
    expect(world.profile('bolt')).toMatchObject({ participants: {}, mergedInto: 'acme' });
  });

  it('are made for somebody who never enrolled', () => {
    const world = new MemberWorld();
    world.putBalance('bob', 'PTS', balanceOf({ '2027-01-01': 5n }));
    expect(merge(world)).toBe('done');
    expect(survivorOf(world.of('bob'))).toBe('ann');
    expect(world.profile('ann')).toBeUndefined();
    expect(filledLots(world.balance('ann'))).toEqual([[lot('2027-01-01'), 5n]]);
  });
});

describe('a merge is refused', () => {
  it('with oneself, with nobody, and of a person with a company', () => {
    const world = two();
    world.send('member.enrolled', 'acme', { kind: 'company' });
    expect(merge(world, 'ann', 'ann')).toBe('SAME_MEMBER data.from');
    expect(merge(world, 'ann', 'carl')).toBe('UNKNOWN_MEMBER data.from');
    expect(merge(world, 'ann', 'acme')).toBe('KINDS_DIFFER data.from');
  });

  it('a second time, either way round', () => {
    const world = two();
    world.send('member.enrolled', 'carl', person);
    merge(world);
    expect(merge(world)).toBe('MEMBER_MERGED data.from');
    expect(merge(world, 'bob', 'carl')).toBe('MEMBER_MERGED member');
    expect(merge(world, 'carl', 'ann')).toBe('done');
  });

  it('of two who act for different companies', () => {
    const world = two();
    for (const company of ['acme', 'bolt']) {
      world.send('member.enrolled', company, { kind: 'company' });
    }
    world.send('participant.added', 'acme', { participant: 'ann', role: 'admin' });
    world.send('participant.added', 'bolt', { participant: 'bob', role: 'admin' });
    expect(merge(world)).toBe('PARTICIPANT_ELSEWHERE data.from');
  });

  it('where it is more than one transaction holds', () => {
    const world = two();
    for (let count = 0; count < 40; count += 1) {
      world.putRecord('bob', 'progress', `card-${count}`, { rounds: 0, steps: 1 });
    }
    expect(merge(world)).toBe('MERGE_TOO_LARGE data.from');
  });
});

describe('the records of a merge', () => {
  function moved(kind: 'progress' | 'entitlement' | 'referral', own: unknown, theirs: unknown) {
    const world = two();
    if (own !== undefined) world.putRecord('ann', kind, 'x', own);
    world.putRecord('bob', kind, 'x', theirs);
    expect(merge(world)).toBe('done');
    expect(recordOf(world.of('bob'), kind, 'x')).toBeUndefined();
    return [...world.of('ann').records.values()]
      .filter((record) => record.kind === kind)
      .map(({ value }) => value);
  }

  it('go over, and of progress the further stands', () => {
    const step = { rounds: 1, steps: 2 };
    expect(moved('progress', undefined, step)).toEqual([step]);
    expect(moved('progress', { rounds: 1, steps: 1 }, step)).toEqual([step]);
    expect(moved('progress', { rounds: 2, steps: 0 }, step)).toEqual([{ rounds: 2, steps: 0 }]);
    expect(moved('progress', { done: ['a'] }, { done: ['b', 'c'] })).toEqual([
      { done: ['b', 'c'] },
    ]);
    const paid = { reached: {}, paid: ['won'] };
    const lapsed = { judgedTo: '2026-01-01', lapsed: true };
    expect(moved('progress', lapsed, { ...lapsed, lapsed: false })).toMatchObject([
      { lapsed: false },
    ]);
    expect(moved('progress', { last: '2026-01-02' }, { last: '2026-01-01' })).toEqual([
      { last: '2026-01-02' },
    ]);
    expect(moved('referral', { reached: {}, paid: [] }, paid)).toEqual([paid]);
  });

  it('keep both free items, and of perks the one that ends later', () => {
    const grant = { source: 'challenge:card:1', grantedAt: 0, state: 'active' };
    const coffee = { ...grant, entitlement: 'coffee' };
    expect(moved('entitlement', coffee, coffee)).toEqual([coffee, coffee]);
    expect(moved('entitlement', { ...coffee, state: 'ended' }, coffee)).toEqual([coffee]);
    const lounge = { ...grant, entitlement: 'lounge', until: 10 };
    expect(moved('entitlement', lounge, { ...lounge, until: 20 })).toMatchObject([{ until: 20 }]);
    expect(moved('entitlement', lounge, { ...lounge, until: 5 })).toMatchObject([{ until: 10 }]);
    const used = { ...lounge, state: 'used' };
    expect(moved('entitlement', lounge, used)).toEqual([lounge]);
  });

  it('name the survivor where points wait', () => {
    const world = two();
    const parts = (member: string) => [
      { member, points: '5' },
      { member: 'carl', points: '1' },
    ];
    const waiting = (member: string) => ({ occurredAt: 1, awards: [{ parts: parts(member) }] });
    world.putRecord('bob', 'pending', 'h', waiting('bob'));
    merge(world);
    expect(recordOf(world.of('ann'), 'pending', 'h')?.value).toEqual(waiting('ann'));
  });
});
