import { describe, expect, it } from 'vitest';
import {
  commandAudience,
  commandHandlers,
  membersOfCommand,
} from '../../../../../shared/domain/commands/registry.ts';
import { instant, MemberWorld, noon, twoWallets } from './member-world.ts';

const closed = { members: { ...twoWallets.members, enrolment: 'closed' } };
const adjustment = { unit: 'PTS', points: 5, reason: 'correction' };

describe('every command', () => {
  it('has an audience: producers enrol and change members, and give no points away', () => {
    expect(Object.keys(commandAudience)).toEqual(Object.keys(commandHandlers));
    const ofSystems = Object.keys(commandAudience).filter((it) => commandAudience[it] === 'system');
    expect(ofSystems.sort()).toEqual([
      'entitlement.used',
      'member.changed',
      'member.enrolled',
      'participant.added',
      'participant.removed',
      'wallet.exchanged',
    ]);
  });

  it.each(['member.promoted', 'constructor', ''])('of type %j is unknown', (type) => {
    expect(new MemberWorld().told(type, 'ann', {})).toBe('UNKNOWN_COMMAND type');
  });

  it.each([
    ['1999-12-31T23:59:59Z', 'DATE_OUT_OF_RANGE occurredAt'],
    ['2079-01-01T00:00:00Z', 'DATE_OUT_OF_RANGE occurredAt'],
    ['2026-03-02T12:00:01Z', 'EVENT_IN_FUTURE occurredAt'],
    ['2026-03-02T12:00:00Z', 'done'],
  ])('of %s: %s', (at, told) => {
    const sent = { at, now: noon };
    expect(new MemberWorld().told('member.enrolled', 'ann', { kind: 'person' }, sent)).toBe(told);
  });
});

describe('a program that is closed', () => {
  it('refuses commands for somebody it does not know, and enrols them', () => {
    const world = new MemberWorld(closed);
    expect(world.told('points.adjusted', 'ann', adjustment)).toBe('UNKNOWN_MEMBER member');
    expect(world.told('member.enrolled', 'ann', { kind: 'person' })).toBe('done');
    expect(world.told('points.adjusted', 'ann', adjustment)).toBe('done');
  });

  it('is open to anybody where it is not', () => {
    expect(new MemberWorld().told('points.adjusted', 'ann', adjustment)).toBe('done');
  });
});

describe('the members of a command', () => {
  const of = (type: string, data: Readonly<Record<string, unknown>>, world = new MemberWorld()) => {
    const rest = { id: '1', source: 'test', actor: 'clerk', occurredAt: instant(noon) };
    return membersOfCommand({ ...rest, type, member: 'ann', data }, world.snapshots);
  };

  it('are its own and those that its data name', () => {
    expect(of('points.adjusted', adjustment)).toEqual(['ann']);
    expect(of('participant.added', { participant: 'bob', role: 'admin' })).toEqual(['ann', 'bob']);
    expect(of('member.merged', { from: 'ann' })).toEqual(['ann']);
    expect(of('member.merged', { from: 7 })).toEqual(['ann']);
    expect(of('nonsense', {})).toEqual(['ann']);
  });

  it('are those too that the others name', () => {
    const world = new MemberWorld();
    world.send('member.enrolled', 'acme', { kind: 'company' });
    world.send('member.enrolled', 'bob', { kind: 'person', company: 'acme' });
    expect(of('member.merged', { from: 'bob' })).toEqual(['ann', 'bob']);
    expect(of('member.merged', { from: 'bob' }, world)).toEqual(['ann', 'bob', 'acme']);
    expect(of('member.merged', { from: 'acme' }, world)).toEqual(['ann', 'acme', 'bob']);
  });
});
