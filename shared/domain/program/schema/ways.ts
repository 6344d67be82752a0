import * as z from 'zod/mini';
import {
  between,
  currency,
  days,
  months,
  name,
  names,
  path,
  pattern,
  positive,
  reward,
  text,
  unitCode,
  zeroOrMore,
} from './shapes.ts';

/** Something a member may have or do; a free item is used up. */
export const entitlement = z.strictObject({
  names,
  kind: z.enum(['perk', 'freeItem', 'access']),
  /** Ends so long after it was granted; without it, when what granted it ends. */
  days: z.optional(days),
});

/** Granted at enrolment; they lapse when a period ends without the purchases it asks for. */
export const perks = z.strictObject({
  entitlements: z.array(name).check(z.minLength(1)),
  requirement: z.optional(
    z.strictObject({
      metric: name,
      atLeast: positive,
      every: z.enum(['month', 'quarter', 'year', 'membershipYear']),
    }),
  ),
});

/** The member of the events is the referrer; `id` is the field that names the referral. */
export const referral = z.strictObject({
  id: path,
  stages: z
    .array(
      z.strictObject({
        id: z.enum(['referred', 'qualified', 'won']),
        when: pattern,
        reward: z.optional(reward),
        /** Days from the referral; later it no longer pays. */
        withinDays: z.optional(days),
      }),
    )
    .check(z.minLength(1), z.maxLength(3)),
  /** Referrals of one member that pay, in each calendar year. */
  maximumPerYear: z.optional(positive),
});

/** Steps of one kind, counted: a challenge, or a punch card that begins anew when it is full. */
export const challenge = z.strictObject({
  id: name,
  names,
  when: pattern,
  steps: positive,
  /** Each step waits for a person who has seen the proof. */
  approval: z._default(z.boolean(), false),
  /** The field of the event that holds the proof. */
  proof: z.optional(path),
  between: z.optional(between),
  repeat: z.enum(['once', 'always']),
  reward,
});

/** Different tasks, each counted once. */
export const checklist = z.strictObject({
  id: name,
  names,
  tasks: z
    .array(z.strictObject({ id: name, when: pattern, reward: z.optional(reward) }))
    .check(z.minLength(1), z.maxLength(20)),
  /** From enrolment; later neither tasks nor the whole pay. */
  withinDays: z.optional(days),
  reward: z.optional(reward),
});

/** Pays once; the answers are kept apart from whoever gave them. */
export const survey = z.strictObject({ id: name, between: z.optional(between), reward });

export const occasion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('birthday'), id: name, reward }),
  /** Each year of membership, or only these. */
  z.strictObject({
    kind: z.literal('anniversary'),
    id: name,
    years: z.optional(z.array(positive).check(z.minLength(1))),
    reward,
  }),
  /** Once, when the sum of a metric since ever reaches a figure. */
  z.strictObject({
    kind: z.literal('milestone'),
    id: name,
    metric: name,
    atLeast: positive,
    reward,
  }),
]);

/** What an apology is worth, by how bad it was. */
export const goodwill = z.strictObject({
  unit: unitCode,
  severities: z.record(name, z.strictObject({ minimum: positive, maximum: positive })),
});

/** A sum that an employee spends on members, with a reason, and never over it. */
export const envelope = z.strictObject({
  id: name,
  /** A points unit, or the currency of the spending. */
  unit: z.union([unitCode, currency]),
  amount: positive,
  period: z.enum(['month', 'quarter', 'year']),
  /** Only on members of these segments. */
  segments: z.optional(z.array(name).check(z.minLength(1))),
});

/**
 * A paid membership. Patterns name the billing system's events. One trial, then a period from each
 * payment; past due when that is over, or a payment failed.
 */
export const membership = z.strictObject({
  id: name,
  names,
  fee: z.strictObject({ amountMinor: positive, currency }),
  every: z.enum(['month', 'year']),
  trialDays: z.optional(days),
  /** Past due for longer than this, it lapses. */
  graceDays: days,
  entitlements: z.strictObject({
    trial: z.optional(z.array(name)),
    active: z.array(name),
    pastDue: z.optional(z.array(name)),
  }),
  events: z.strictObject({
    started: pattern,
    paid: pattern,
    failed: z.optional(pattern),
    cancelled: z.optional(pattern),
  }),
});

/** A gift without points that a rule of events sets off, unannounced. */
export const gift = z.strictObject({
  id: name,
  when: pattern,
  entitlements: z.array(name).check(z.minLength(1)),
  /** Between two gifts to one member. */
  everyDays: z.optional(days),
});

export const segment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listed'), id: name }),
  /** Below the level, and within so many percent of what it takes. */
  z.strictObject({ kind: z.literal('nearTier'), id: name, level: name, withinPercent: positive }),
  z.strictObject({
    kind: z.literal('tier'),
    id: name,
    levels: z.array(name).check(z.minLength(1)),
  }),
  z.strictObject({ kind: z.literal('enrolledWithin'), id: name, days }),
]);

/** Reviews take no level from a member whose life has other things in it for a while. */
export const lifeEvents = z.strictObject({
  reasons: z.array(name).check(z.minLength(1)),
  maximumMonths: months,
});

export const members = z.strictObject({
  /** `closed`: events of a member who was not enrolled are refused. */
  enrolment: z._default(z.enum(['open', 'closed']), 'open'),
  kinds: z._default(z.array(z.enum(['person', 'company'])).check(z.minLength(1)), ['person']),
  /** Wallets keep units apart; a unit belongs to one wallet. */
  wallets: z.optional(
    z.record(
      name,
      z.strictObject({
        units: z.array(unitCode).check(z.minLength(1)),
        /** `company`: what a participant earns goes to the company. */
        owner: z.enum(['member', 'company']),
        /** Fields that an event must have to earn into it. */
        requires: z.optional(z.array(path)),
      }),
    ),
  ),
  /** An adjustment of more points than this waits for a second person. */
  secondPersonAbove: z._default(zeroOrMore, 0),
  reasons: z._default(z.array(text).check(z.minLength(1)), ['correction', 'migration']),
});
