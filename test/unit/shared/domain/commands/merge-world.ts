import { MemberWorld } from './member-world.ts';

export const person = { kind: 'person' };

export function two(parts: { ann?: object; bob?: object } = {}): MemberWorld {
  const world = new MemberWorld({ perks: undefined });
  world.send('member.enrolled', 'ann', { ...person, ...parts.ann });
  world.send('member.enrolled', 'bob', { ...person, ...parts.bob });
  return world;
}

export function merge(world: MemberWorld, member = 'ann', from = 'bob'): string {
  return world.told('member.merged', member, { from });
}
