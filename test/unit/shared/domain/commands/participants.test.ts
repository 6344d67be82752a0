import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MemberWorld } from './member-world.ts';

/** Two companies and three people, none of whom acts for one yet. */
function companies(): MemberWorld {
  const world = new MemberWorld();
  for (const company of ['acme', 'bolt'])
    world.send('member.enrolled', company, { kind: 'company' });
  for (const person of ['ann', 'bob', 'carl']) {
    world.send('member.enrolled', person, { kind: 'person' });
  }
  return world;
}

const added = 'participant.added';
const removed = 'participant.removed';

it('people come, get another role, and go', () => {
  const world = companies();
  expect(world.told(added, 'acme', { participant: 'ann', role: 'admin' })).toBe('done');
  expect(world.told(added, 'acme', { participant: 'bob', role: 'viewer' })).toBe('done');
  expect(world.told(added, 'acme', { participant: 'bob', role: 'redeemer' })).toBe('done');
  expect(world.profile('acme')?.participants).toEqual({ ann: 'admin', bob: 'redeemer' });
  expect(world.profile('bob')?.company).toBe('acme');
  expect(world.told(removed, 'acme', { participant: 'bob' })).toBe('done');
  expect(world.profile('acme')?.participants).toEqual({ ann: 'admin' });
  expect(world.profile('bob')).not.toHaveProperty('company');
});

it('refuses what would leave a company or a person in a wrong place', () => {
  const world = companies();
  const told = (type: string, company: string, data: Readonly<Record<string, unknown>>) =>
    world.told(type, company, data);
  const first = told(added, 'acme', { participant: 'ann', role: 'viewer' });
  expect(first).toBe('LAST_ADMIN data.role');
  told(added, 'acme', { participant: 'ann', role: 'admin' });
  expect([
    told(added, 'acme', { participant: 'ann', role: 'viewer' }),
    told(removed, 'acme', { participant: 'ann' }),
    told(added, 'bolt', { participant: 'ann', role: 'admin' }),
    told(removed, 'acme', { participant: 'bob' }),
    told(added, 'acme', { participant: 'dora', role: 'viewer' }),
    told(added, 'acme', { participant: 'bolt', role: 'viewer' }),
    told(added, 'carl', { participant: 'bob', role: 'admin' }),
    told(added, 'acme', { participant: 'bob', role: 'boss' }),
  ]).toEqual([
    'LAST_ADMIN data.role',
    'LAST_ADMIN data.participant',
    'PARTICIPANT_ELSEWHERE data.participant',
    'PARTICIPANT_UNKNOWN data.participant',
    'UNKNOWN_MEMBER data.participant',
    'FIELD_INVALID data.participant',
    'NOT_A_COMPANY member',
    'FIELD_INVALID data.role',
  ]);
});

it('a company has at most 200 people', () => {
  const world = companies();
  for (let count = 0; count <= 200; count += 1) {
    const told = world.told('member.enrolled', `p${count}`, { kind: 'person', company: 'acme' });
    expect(told).toBe(count < 200 ? 'done' : 'TOO_MANY_PARTICIPANTS data.company');
  }
});

it('whatever is asked, a company that has people has an admin, and both sides agree', () => {
  const person = fc.constantFrom('ann', 'bob', 'carl');
  const company = fc.constantFrom('acme', 'bolt');
  const role = fc.constantFrom('admin', 'redeemer', 'viewer');
  const step = fc.oneof(
    fc.record({
      type: fc.constant(added),
      company,
      data: fc.record({ participant: person, role }),
    }),
    fc.record({ type: fc.constant(removed), company, data: fc.record({ participant: person }) }),
    fc.record({
      type: fc.constant('member.merged'),
      company,
      data: fc.record({ from: fc.oneof(company, person) }),
    }),
  );
  const property = fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
    const world = companies();
    for (const { type, company: asked, data } of steps) {
      const had = Object.keys(world.profile(asked)?.participants ?? {}).length;
      world.send(type, asked, data);
      const has = world.profile(asked);
      if (had > 0 && has?.mergedInto === undefined) expect(hasAdmin(world, asked)).toBe(true);
    }
    for (const one of ['acme', 'bolt']) {
      const { participants = {} } = world.profile(one) ?? {};
      if (Object.keys(participants).length > 0) expect(hasAdmin(world, one)).toBe(true);
      const named = ['ann', 'bob', 'carl'].filter((each) => world.profile(each)?.company === one);
      expect(Object.keys(participants).sort()).toEqual(named);
    }
  });
  fc.assert(property, { numRuns: 300, seed: 17 });
});

function hasAdmin(world: MemberWorld, company: string): boolean {
  return Object.values(world.profile(company)?.participants ?? {}).includes('admin');
}
