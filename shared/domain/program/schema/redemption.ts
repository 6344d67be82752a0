import * as z from 'zod/mini';
import { rewardKinds } from '../../catalogue/product.ts';
import { country } from '../../country.ts';
import {
  basisPoints,
  between,
  currency,
  name,
  names,
  path,
  percent,
  positive,
  text,
  unitCode,
} from './shapes.ts';

const products = z.array(z.string().check(z.minLength(1), z.maxLength(128)));
const source = {
  provider: name,
  /** The provider's own product ids. */
  products: products.check(z.minLength(1), z.maxLength(20)),
};

export const rewardOffer = z.strictObject({
  id: name,
  kind: z.enum(rewardKinds),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** In other languages than the program's first. */
  names: z.optional(names),
  currency,
  countries: z.array(country),
  /** Also every country that no other reward of the program lists. */
  otherCountries: z.optional(z.boolean()),
  unit: unitCode,
  /** One of three prices: for each major unit of the face value, */
  pointsPerMajorUnit: z.optional(positive),
  /** for the thing, whatever its face value, */
  points: z.optional(positive),
  /** or what points are worth (`redemption.policies`), at the rate of the day, and so much more. */
  marginBasisPoints: z.optional(basisPoints),
  /** Points are rounded up once per redemption. */
  rounding: z.literal('up'),
  minimumPoints: z._default(positive, 1),
  /** Only these face values, minor units; without them, what the provider offers. */
  amountsMinor: z.optional(z.array(positive).check(z.minLength(1), z.maxLength(50))),
  ...source,
  /** Where else it can be had, should the first provider have said no or be worse now. */
  alternatives: z.optional(z.array(z.strictObject(source)).check(z.minLength(1), z.maxLength(5))),
  /** Members of these tier levels, or in one of these segments, and nobody else. */
  tiers: z.optional(z.array(text).check(z.minLength(1))),
  segments: z.optional(z.array(name).check(z.minLength(1))),
  available: z.optional(between),
  /** What members are told; without it, what the provider usually takes. */
  promisedMinutes: z.optional(positive),
  disclosure: z.optional(z.string().check(z.maxLength(2000))),
});

/** Sells what the providers' catalogues hold, beside the rewards that are listed. */
export const catalogue = z.strictObject({
  unit: unitCode,
  marginBasisPoints: basisPoints,
  minimumPoints: z._default(positive, 1),
  kinds: z.optional(z.array(z.enum(rewardKinds)).check(z.minLength(1))),
  providers: z.optional(z.array(name).check(z.minLength(1))),
  brands: z.optional(z.array(text).check(z.minLength(1), z.maxLength(500))),
  /** Rewards that are not sold, by the id that the catalogue gives them. */
  leaveOut: z._default(z.array(name).check(z.maxLength(500)), []),
});

/** What a redemption in a unit may be, whatever the reward. */
const policy = z.strictObject({
  unit: unitCode,
  minimumPoints: z.optional(positive),
  /** Only these numbers of points. */
  steps: z.optional(z.array(positive).check(z.minLength(1))),
  /** Points may pay at most so many percent of a price. */
  maximumSharePercent: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  /** Minor units of a currency that one point is worth, as a fraction. */
  worth: z.optional(z.strictObject({ currency, amountMinor: positive, points: positive })),
  /** A point is worth more on some items: by the value of a field of the item. */
  valuePercents: z.optional(z.strictObject({ by: path, rows: z.record(text, percent) })),
  /** Redemptions of one order. */
  maximumPerOrder: z.optional(positive),
});

/** What one member may redeem of a unit in a window; what was given back does not count. */
const limit = z.strictObject({
  id: name,
  unit: unitCode,
  window: z.enum(['day', 'week', 'month', 'quarter', 'year', 'lifetime']),
  maximumPoints: z.optional(positive),
  maximumTimes: z.optional(positive),
});

/** Redemptions that a person looks at before anything is ordered; every condition must hold. */
const review = z.strictObject({
  id: name,
  /** The member has had no reward for points of this unit, as far as these rules were in force. */
  first: z.optional(z.literal(true)),
  /** Of at least so many points. */
  fromPoints: z.optional(positive),
  /** The member has asked for at least so many in the hours before, this one not counted. */
  velocity: z.optional(
    z.strictObject({ times: positive, hours: z.int().check(z.minimum(1), z.maximum(720)) }),
  ),
});

export const redemption = z.strictObject({
  /** Days a claim link opens its code. */
  claimLinkDays: z._default(z.int().check(z.minimum(1), z.maximum(3650)), 365),
  /** How far ahead released points go whose lot has expired meanwhile. */
  releaseGraceDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
  /** An unknown outcome older than this becomes a case for a person. */
  unsettledCaseHours: z._default(z.int().check(z.minimum(1), z.maximum(8760)), 24),
  /** How long a quote holds its price. */
  quoteMinutes: z._default(z.int().check(z.minimum(1), z.maximum(1440)), 15),
  /** So long after the promised time the points go back, once every provider has said no. */
  giveUpHours: z._default(z.int().check(z.minimum(1), z.maximum(8760)), 72),
  policies: z.optional(z.array(policy)),
  limits: z._default(z.array(limit).check(z.maxLength(10)), []),
  reviews: z._default(z.array(review).check(z.maxLength(10)), []),
  /** Letting go what is under review takes a second person from so many points on. */
  secondPersonFrom: z.optional(positive),
  /** Points pay a part and the member the rest, which the merchant collects. */
  cash: z.optional(
    z.strictObject({
      /** Of the price, at most so much in cash. */
      maximumPercent: z.int().check(z.minimum(1), z.maximum(99)),
      /** Unpaid after that, the points go back. */
      paidWithinHours: z._default(z.int().check(z.minimum(1), z.maximum(720)), 24),
    }),
  ),
  /** Mails of one reward that a member may ask for again. */
  resends: z._default(z.strictObject({ maximum: positive, waitMinutes: positive }), {
    maximum: 3,
    waitMinutes: 10,
  }),
});
