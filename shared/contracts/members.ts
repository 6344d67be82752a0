import * as z from 'zod/mini';
import { factShapes } from '../domain/commands/facts.ts';
import { country } from '../domain/country.ts';
import { language } from '../domain/language.ts';
import { roles } from '../domain/member/role.ts';
import { messageKinds } from '../domain/program/schema/messages.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import { memberReference } from './body.ts';
import { emailAddress } from './redemptions.ts';

const personName = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^[^\p{Cc}]*$/u));
const consentName = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/));
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** Of rewards: a program's own, or the catalogue's. */
const rewardId = z.string().check(z.minLength(1), z.maxLength(63));

/** How somebody is reached; sealed as soon as it is read. */
const addresses = { email: z.optional(emailAddress), name: z.optional(personName) };

/** The body of `POST …/members`. */
export const enrolmentBodySchema = z.strictObject({
  member: memberReference,
  kind: z._default(z.enum(['person', 'company']), 'person'),
  ...factShapes,
  /** Of the present, as this is about somebody who joins now. */
  country: z.optional(country),
  /** The company that this person acts for. */
  company: z.optional(memberReference),
  /** Members who act for this company, one of them an admin. */
  participants: z.optional(
    z
      .array(z.strictObject({ participant: memberReference, role: z.enum(roles) }))
      .check(z.minLength(1), z.maxLength(20)),
  ),
  ...addresses,
  language: z.optional(language),
  /** What they have agreed to, by name, such as `terms`. */
  consents: z.optional(z.array(consentName).check(z.maxLength(20))),
});
export type EnrolmentBody = z.output<typeof enrolmentBodySchema>;

/** The body of `PUT …/preferences`: what is left out stays as it is, `null` takes it away. */
export const preferencesBodySchema = z.strictObject({
  language: z.optional(z.nullable(language)),
  off: z.optional(z.array(z.enum(messageKinds)).check(z.maxLength(messageKinds.length))),
  quietHours: z.optional(z.nullable(z.strictObject({ from: timeOfDay, to: timeOfDay }))),
  saved: z.optional(z.array(rewardId).check(z.maxLength(100))),
  consents: z.optional(z.array(consentName).check(z.maxLength(20))),
  email: z.optional(z.nullable(emailAddress)),
  name: z.optional(z.nullable(personName)),
});
export type PreferencesBody = z.output<typeof preferencesBodySchema>;

export const memberFieldCodes: Readonly<Record<string, RefusalCode>> = {
  country: 'INVALID_COUNTRY',
  email: 'INVALID_EMAIL',
};

export const historyQuerySchema = z.strictObject({
  /** `next` of the page before. */
  before: z.optional(z.string().check(z.minLength(1), z.maxLength(300))),
});

export const statementQuerySchema = z.strictObject({ language: z.optional(language) });
export const noQuerySchema = z.strictObject({});
