import * as z from 'zod/mini';
import { redemptionStatuses } from '../../../shared/domain/redemption/status.ts';
import { common, country, data, refused, text, whole } from './scenario-shapes.ts';

/* Steps about what points buy. */

const reward = z.strictObject({
  id: text,
  /** Left out where the reward has one face value, or none. */
  amountMinor: z.optional(whole),
  currency: text,
  country,
  /** Fewer than it costs: the rest is paid in cash. */
  points: z.optional(whole),
});

const price = {
  refused,
  /** What the reward costs, in points. */
  costs: z.optional(whole),
  /** The part in cash, in minor units of the reward's currency. */
  cashMinor: z.optional(whole),
};

export const quoteStep = z.strictObject({
  ...common,
  /** Named by the step that redeems by it. */
  id: z.optional(text),
  quote: z.strictObject({ member: text, reward }),
  ...price,
});

export const redeemStep = z.strictObject({
  ...common,
  /** Named by the steps that follow the redemption. */
  id: z.optional(text),
  redeem: z.strictObject({
    member: text,
    /** Points of a unit by themselves, a reward of the program, or what a step was quoted. */
    unit: z.optional(text),
    points: z.optional(whole),
    reward: z.optional(reward),
    quote: z.optional(text),
    /** Where goods are sent to, line by line. */
    address: z.optional(z.array(text)),
    /** Who redeems for a company. */
    participant: z.optional(text),
    /** The price that the points pay in part. */
    priceMinor: z.optional(whole),
    currency: z.optional(text),
    item: z.optional(data),
    order: z.optional(text),
  }),
  /** The points leave the member, first-expiring first; without it, only the price is asked. */
  take: z.optional(z.literal(true)),
  ...price,
  /** What the points are worth, in minor units. */
  worthMinor: z.optional(whole),
  /** What the member is told then. */
  status: z.optional(z.enum(redemptionStatuses)),
});

/** What becomes of a redemption, by whoever decides it. */
export const redemptionActs = [
  /** It goes to a provider, which has it ready later, or says no for good. */
  'order',
  'deliver',
  'fail',
  /** The provider undoes what it had delivered. */
  'undo',
  /** By its member. */
  'cancel',
  /** By a person, of one under review. */
  'release',
  'block',
  /** By the merchant. */
  'pay',
] as const;

export const redemptionStep = z.strictObject({
  ...common,
  redemption: z.strictObject({
    /** The name of the step that asked for it. */
    id: text,
    act: z.enum(redemptionActs),
    /** Who decides a review. */
    actor: z.optional(text),
    /** What was paid. */
    amountMinor: z.optional(whole),
    currency: z.optional(text),
  }),
  refused,
  status: z.optional(z.enum(redemptionStatuses)),
});

/** Rewards of which a member may pick one, which somebody else pays for. */
export const choiceStep = z.strictObject({
  ...common,
  /** Named by the steps that pick. */
  id: z.optional(text),
  choice: z.strictObject({
    member: text,
    rewards: z.array(z.strictObject({ id: text, amountMinor: z.optional(whole), currency: text })),
    country,
    validDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
  }),
  refused,
});

const offer = z.int().check(z.minimum(0));

export const chooseStep = z.strictObject({
  ...common,
  /** Names the redemption that comes of it. */
  id: z.optional(text),
  choose: z.strictObject({
    /** The name of the step that offered it. */
    id: text,
    /** From 0. */
    offer,
  }),
  refused,
  /** It is too late to pick. */
  expired: z.optional(z.literal(true)),
  /** What had been picked before, where that is another offer. */
  stands: z.optional(offer),
  status: z.optional(z.enum(redemptionStatuses)),
});
