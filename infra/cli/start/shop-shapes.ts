import * as z from 'zod';
import { rewardKinds } from '../../../shared/domain/catalogue/product.ts';
import { redemptionStatuses } from '../../../shared/domain/redemption/status.ts';

const digits = z.string().regex(/^\d+$/).transform(BigInt);

/** Of a profile; who was never enrolled has none. */
export const profileShape = z.object({ country: z.string().optional() });

export const balanceShape = z.object({ available: z.record(z.string(), digits) });

const price = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('perMajorUnit'), points: z.int() }),
  z.object({ kind: z.literal('fixed'), points: z.int() }),
  z.object({ kind: z.literal('byWorth'), marginBasisPoints: z.int() }),
]);

const offer = z.object({
  rewardId: z.string(),
  kind: z.enum(rewardKinds),
  name: z.string(),
  currency: z.string(),
  unit: z.string(),
  price,
  minimumPoints: digits,
  /** Absent: any amount; empty: no face value is named. */
  bands: z.array(z.object({ minimumMinor: digits, maximumMinor: digits })).optional(),
  promisedMinutes: z.int(),
  disclosure: z.string().optional(),
});
export type ShownOffer = z.infer<typeof offer>;

export const catalogueShape = z.object({ rewards: z.array(offer), next: z.string().optional() });

const money = { amountMinor: digits, currency: z.string() };
const cash = z.object(money);

export const quoteShape = z.object({
  quote: z.string(),
  rewardId: z.string(),
  rewardName: z.string(),
  country: z.string(),
  language: z.string(),
  amountMinor: digits,
  currency: z.string(),
  unit: z.string(),
  points: digits,
  promisedMinutes: z.int(),
  cash: cash.optional(),
  rate: z.object({ rate: z.string() }).optional(),
  quotedAt: z.string(),
  expiresAt: z.string(),
});
export type ShownQuote = z.infer<typeof quoteShape>;

const status = z.enum(redemptionStatuses);
export type ShownStatus = z.infer<typeof status>;

export const redemptionShape = z.object({
  redemption: z.string(),
  status,
  history: z.array(z.object({ status, at: z.string() })),
  rewardName: z.string(),
  amountMinor: digits,
  currency: z.string(),
  country: z.string(),
  unit: z.string(),
  points: digits,
  promisedBy: z.string(),
  cash: cash.extend({ paid: z.boolean() }).optional(),
});
export type ShownRedemption = z.infer<typeof redemptionShape>;

/** Of what changes a redemption, only which one it was: how it stands is read afterwards. */
export const askedShape = z.object({ redemption: z.string() });

/** A page that whoever has the address may open for some minutes. */
export const linkShape = z.object({ url: z.url() });

export const choiceShape = z.object({
  rewards: z.array(z.object({ name: z.string(), ...money })),
  expiresAt: z.string(),
});
export type ShownChoice = z.infer<typeof choiceShape>;

const alternative = z.object({
  rewardId: z.string(),
  name: z.string(),
  currency: z.string(),
  amountMinor: digits.optional(),
});

/** What the API answers instead, as RFC 9457 has it; what stands before it has a message only. */
export const problemShape = z.object({
  title: z.string(),
  code: z.string(),
  field: z.string().optional(),
  alternatives: z.array(alternative).optional(),
});
export type ShownProblem = z.infer<typeof problemShape>;
