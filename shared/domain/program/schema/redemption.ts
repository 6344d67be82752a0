import * as z from 'zod/mini';
import { country, currency, name, path, percent, positive, text, unitCode } from './shapes.ts';

export const rewardOffer = z.strictObject({
  id: name,
  kind: z.literal('eGiftCard'),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  currency,
  countries: z.array(country),
  /** Also every country that no other reward of the program lists. */
  otherCountries: z.optional(z.boolean()),
  unit: unitCode,
  pointsPerMajorUnit: positive,
  /** Points are rounded up once per redemption. */
  rounding: z.literal('up'),
  minimumPoints: positive,
  provider: name,
  /** The provider's own product ids. */
  products: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
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

export const redemption = z.strictObject({
  /** Days a claim link opens its code. */
  claimLinkDays: z._default(z.int().check(z.minimum(1), z.maximum(3650)), 365),
  /** How far ahead released points go whose lot has expired meanwhile. */
  releaseGraceDays: z._default(z.int().check(z.minimum(1), z.maximum(365)), 30),
  /** An unknown outcome older than this becomes a case for a person. */
  unsettledCaseHours: z._default(z.int().check(z.minimum(1), z.maximum(8760)), 24),
  policies: z.optional(z.array(policy)),
});
