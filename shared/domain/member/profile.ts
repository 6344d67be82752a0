import * as z from 'zod/mini';
import type { Instant } from '../time.ts';
import type { RecordWrite } from './decision.ts';
import { roles } from './role.ts';
import { type MemberSnapshot, recordOf } from './snapshot.ts';

/** What the program knows of a member without sealing: nothing that names a person. */
const profileSchema = z.strictObject({
  kind: z.enum(['person', 'company']),
  /** Epoch milliseconds. */
  enrolledAt: z.int(),
  country: z.optional(z.string()),
  segments: z._default(z.array(z.string()), []),
  /** Month and day; the year is nobody's business here. */
  birthday: z.optional(z.string()),
  /** When it was told, epoch milliseconds; without it, at enrolment. */
  birthdaySetAt: z.optional(z.int()),
  /** What the member reckons in; a retired one stands for its successor. */
  currency: z.optional(z.string()),
  /** What of their cashback they give away, in whole percent. */
  donation: z.optional(z.strictObject({ charity: z.string(), percent: z.int() })),
  /** The company that this person acts for. */
  company: z.optional(z.string()),
  /** People who act for this company, by role. */
  participants: z._default(z.record(z.string(), z.enum(roles)), {}),
  /** The member that this one has become. */
  mergedInto: z.optional(z.string()),
});

export type Profile = z.output<typeof profileSchema>;

export const profileId = '0';

/** `undefined` for somebody who was never enrolled. */
export function profileOf(snapshot: MemberSnapshot): Profile | undefined {
  const record = recordOf(snapshot, 'profile', profileId);
  return record && z.parse(profileSchema, record.value);
}

/** When membership began: enrolment, where there was one. */
export function enrolledAt(snapshot: MemberSnapshot): Instant | undefined {
  return profileOf(snapshot)?.enrolledAt as Instant | undefined;
}

/**
 * Who books what is sent for this member: themselves, or the member they were merged into. That
 * one may have been merged since, so ask again with their snapshot.
 */
export function survivorOf(snapshot: MemberSnapshot): string {
  return profileOf(snapshot)?.mergedInto ?? snapshot.member;
}

/** Replaces the profile that the snapshot holds; fields that are `undefined` are left out. */
export function profileWrite(snapshot: MemberSnapshot, profile: Profile): RecordWrite {
  const version = recordOf(snapshot, 'profile', profileId)?.version;
  const told = Object.entries(profile).filter(([, value]) => value !== undefined);
  return {
    ...{ member: snapshot.member, kind: 'profile', id: profileId },
    ...(version !== undefined && { version }),
    next: Object.fromEntries(told),
  };
}
