import * as z from 'zod/mini';
import { country } from '../domain/country.ts';
import { language } from '../domain/language.ts';
import { isCurrency } from '../domain/money/currency.ts';
import type { AskedReward } from '../domain/redemption/asked.ts';
import { isRedemptionId } from '../domain/redemption/reference.ts';
import { type Refusal, type RefusalCode, refusal } from '../domain/refusal.ts';
import { failure, type Result, success } from '../domain/result.ts';
import { Secret } from '../domain/secret.ts';
import { amountDigits } from './amount.ts';
import { memberReference } from './body.ts';
import { canonicalJson, refusalOf } from './json.ts';

/**
 * An address we are willing to send to: ASCII, one @, no spaces or control characters, a dotted
 * domain. Narrower than RFC 5321 on purpose.
 */
const localPart = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
const domainLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const emailPattern = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+[A-Za-z]{2,63}$`);

export const emailAddress = z.string().check(z.maxLength(254), z.regex(emailPattern));
const positiveDigits = amountDigits.check(z.refine((amount) => amount > 0n));
const addressLine = z
  .string()
  .check(z.minLength(1), z.maxLength(100), z.regex(/^[^\p{Cc}]*$/u), z.regex(/\S/));

/** What is asked for, and where; shared with quotes. */
export const askedReward = {
  rewardId: z.string().check(z.minLength(1), z.maxLength(63)),
  /** May be left out where the reward has one face value, or none. */
  amountMinor: z.optional(positiveDigits),
  currency: z.string().check(z.refine(isCurrency)),
  country,
  /** Fewer than the price: the merchant collects the rest. */
  points: z.optional(positiveDigits),
  language: z.optional(language),
};

const delivered = {
  /** Without it, the one that the member has told before. */
  email: z.optional(emailAddress),
  /** Of goods, line by line. */
  address: z.optional(z.array(addressLine).check(z.minLength(1), z.maxLength(8))),
  /** Who redeems for a company. */
  participant: z.optional(memberReference),
};

/** The bodies of `POST …/redemptions`: by a quote, or of a reward at the price of now. */
export const redemptionBodySchema = z.strictObject({ ...askedReward, ...delivered });
export const quotedBodySchema = z.strictObject({
  quote: z.string().check(z.refine(isRedemptionId)),
  ...delivered,
});

export const redemptionFieldCodes: Readonly<Record<string, RefusalCode>> = {
  amountMinor: 'INVALID_AMOUNT',
  points: 'INVALID_AMOUNT',
  currency: 'UNKNOWN_CURRENCY',
  country: 'INVALID_COUNTRY',
  email: 'INVALID_EMAIL',
  quote: 'UNKNOWN_QUOTE',
};

export interface ReceivedRedemption {
  readonly member: string;
  readonly asked: AskedReward;
  readonly email?: Secret;
  readonly address?: Secret;
  readonly participant?: string;
  /** What a repeated idempotency key must repeat, besides the addresses. */
  readonly canonicalBody: string;
}

export function readRedemption(member: string, body: unknown): Result<ReceivedRedemption, Refusal> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return failure(refusal('MALFORMED_JSON'));
  }
  if (Object.hasOwn(body, 'quote')) {
    const parsed = z.safeParse(quotedBodySchema, body);
    if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, redemptionFieldCodes));
    const { quote, ...rest } = parsed.data;
    return success({ ...addressed(member, rest, { quote }), asked: { kind: 'quote', quote } });
  }
  const parsed = z.safeParse(redemptionBodySchema, body);
  if (!parsed.success) return failure(refusalOf(parsed.error.issues, body, redemptionFieldCodes));
  const { email, address, participant, ...reward } = parsed.data;
  const told = { email, address, participant };
  const request = requestOf(member, reward);
  return success({ ...addressed(member, told, reward), asked: { kind: 'reward', request } });
}

type ParsedReward = z.output<ReturnType<typeof rewardShape>>;
const rewardShape = () => z.object(askedReward);

/** Without the fields that were not told. */
export function requestOf(member: string, reward: ParsedReward) {
  const { rewardId, amountMinor, currency, country, points, language } = reward;
  return {
    ...{ member, rewardId, currency, country },
    ...(amountMinor !== undefined && { amountMinor }),
    ...(points !== undefined && { points }),
    ...(language !== undefined && { language }),
  };
}

interface Told {
  readonly email?: string | undefined;
  readonly address?: readonly string[] | undefined;
  readonly participant?: string | undefined;
}

function addressed(member: string, told: Told, rest: Readonly<Record<string, unknown>>) {
  const { email, address, participant } = told;
  // That an address was told belongs to the body; which one is compared with what is sealed.
  const canonical = {
    ...{ ...digitsOf(rest), member, participant },
    ...(email === undefined && { email: null }),
    ...(address !== undefined && { address: true }),
  };
  return {
    member,
    ...(email !== undefined && { email: new Secret(email) }),
    ...(address !== undefined && { address: new Secret(address.join('\n')) }),
    ...(participant !== undefined && { participant }),
    canonicalBody: canonicalJson(canonical),
  };
}

function digitsOf(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const written = Object.entries(fields).map(([name, value]) => {
    return [name, typeof value === 'bigint' ? value.toString() : value];
  });
  return Object.fromEntries(written);
}
