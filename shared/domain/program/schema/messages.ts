import * as z from 'zod/mini';

const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/, 'a colour such as #1a4fba'));
const https = z.url({ protocol: /^https$/ }).check(z.maxLength(500));
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 21:00'));

/** How the program looks to its members: mails and pages carry nothing else. */
export const brand = z.strictObject({
  /** Of buttons and headings: white text on it must be readable. */
  colour: z.optional(colour),
  logo: z.optional(https),
  /** Who mails are from; the address must be of a domain that the region may send for. */
  sender: z.optional(
    z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^[^\p{Cc}"<>]*$/u)),
      address: z.optional(z.email()),
    }),
  ),
  /** Where members ask for help. */
  support: z.optional(https),
  /** Where claim, choose and statement pages are reached, instead of the region's own address. */
  pages: z.optional(https),
});

/** What may be written to members without their asking; they can turn each off. */
export const messageKinds = [
  'rewardReady',
  'pointsReturned',
  'rewardDelayed',
  'rewardChanged',
  'underReview',
  'paymentDue',
  'tierChanged',
  'pointsExpiring',
  'choice',
  'payout',
  'payoutChoice',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/**
 * Answers to what a member asked for, or what somebody else may have asked for in their name: no
 * cap, quiet hour or preference holds them back.
 */
export const owedMessages: ReadonlySet<MessageKind> = new Set([
  'rewardReady',
  'pointsReturned',
  'rewardDelayed',
  'underReview',
  'paymentDue',
  'choice',
  'payoutChoice',
]);

/** About money of the member's own: one for each payout, however many there are in a day. */
export const uncappedMessages: ReadonlySet<MessageKind> = new Set(['payout']);

export const notifications = z.strictObject({
  off: z._default(z.array(z.enum(messageKinds)), []),
  /** In the program's zone; what would go out then goes out at their end. */
  quietHours: z.optional(z.strictObject({ from: timeOfDay, to: timeOfDay })),
  /** Messages a member gets in a day at most, those that are owed left out. */
  maximumPerDay: z._default(z.int().check(z.minimum(1), z.maximum(50)), 3),
});
