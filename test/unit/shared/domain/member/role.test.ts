import { expect, it } from 'vitest';
import type { Profile } from '../../../../../shared/domain/member/profile.ts';
import {
  type Role,
  type RoleAction,
  refuseRole,
  roleOf,
} from '../../../../../shared/domain/member/role.ts';

const cases: [Role, RoleAction, boolean][] = [
  ['admin', 'administer', true],
  ['admin', 'redeem', true],
  ['admin', 'see', true],
  ['redeemer', 'administer', false],
  ['redeemer', 'redeem', true],
  ['redeemer', 'see', true],
  ['viewer', 'administer', false],
  ['viewer', 'redeem', false],
  ['viewer', 'see', true],
];

it.each(cases)('a participant who is %s may %s: %s', (role, action, isAllowed) => {
  const refused = refuseRole(role, action);
  expect(refused).toEqual(isAllowed ? undefined : { code: 'ROLE_NOT_ENOUGH' });
});

it('has no role for somebody whom the company does not name', () => {
  const participants = { ann: 'viewer' } as const;
  const company: Profile = { kind: 'company', enrolledAt: 0, segments: [], participants };
  expect(roleOf(company, 'ann')).toBe('viewer');
  for (const stranger of ['bob', 'constructor']) expect(roleOf(company, stranger)).toBeUndefined();
  expect(refuseRole(undefined, 'see')).toEqual({ code: 'PARTICIPANT_UNKNOWN' });
});
