import { type Refusal, refusal } from '../refusal.ts';
import type { Profile } from './profile.ts';

/** What people may do for their company, from the least to the most. */
export const roles = ['viewer', 'redeemer', 'admin'] as const;
export type Role = (typeof roles)[number];

export type RoleAction = 'see' | 'redeem' | 'administer';

const leastRole: Readonly<Record<RoleAction, Role>> = {
  see: 'viewer',
  redeem: 'redeemer',
  administer: 'admin',
};

/** `undefined` for somebody who does not act for the company. */
export function roleOf(company: Profile, participant: string): Role | undefined {
  if (!Object.hasOwn(company.participants, participant)) return undefined;
  return company.participants[participant];
}

/** `PARTICIPANT_UNKNOWN` without a role, `ROLE_NOT_ENOUGH` with one that does not allow it. */
export function refuseRole(role: Role | undefined, action: RoleAction): Refusal | undefined {
  if (role === undefined) return refusal('PARTICIPANT_UNKNOWN');
  return higherRole(role, leastRole[action]) === role ? undefined : refusal('ROLE_NOT_ENOUGH');
}

export function higherRole(left: Role, right: Role | undefined): Role {
  if (right === undefined) return left;
  return roles.indexOf(left) >= roles.indexOf(right) ? left : right;
}

export function hasAdmin(participants: Profile['participants']): boolean {
  return Object.values(participants).includes('admin');
}
