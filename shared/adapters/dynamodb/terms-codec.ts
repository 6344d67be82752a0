import * as z from 'zod/mini';
import { rewardKinds } from '../../domain/catalogue/product.ts';
import { formatFraction, parseFraction } from '../../domain/money/fraction.ts';
import type { AgreedTerms, LockedRate } from '../../domain/redemption/terms.ts';
import { addMs, type Instant, type LocalDate } from '../../domain/time.ts';
import { type Fields, instantField, wholeNumber } from './attributes.ts';
import { decodePayout, encodePayout, payoutField } from './payout-codec.ts';

/*
 * What was agreed, as one map: n name, k kind, s sources (provider and products), l language, b
 * promised by, r rate (from, to, fraction, day, source), m margin in basis points, c cash (currency
 * and minor units), q quote, g choice of a gift, p of a payout (payout-codec.ts).
 */

export const termsField = z.object({
  n: z.string(),
  k: z.enum([...rewardKinds, 'payout']),
  s: z.array(z.array(z.string())),
  l: z.string(),
  b: instantField,
  r: z.optional(z.array(z.string())),
  m: z.optional(wholeNumber),
  c: z.optional(z.array(z.string())),
  q: z.optional(z.string()),
  g: z.optional(z.string()),
  p: z.optional(payoutField),
});

export function encodeTerms(terms: AgreedTerms): Fields {
  const { rewardName, kind, sources, language, promisedBy, rate, cash } = terms;
  return {
    n: rewardName,
    k: kind,
    s: sources.map(({ provider, products }) => [provider, ...products]),
    l: language,
    b: promisedBy,
    r: rate && [rate.from, rate.to, formatFraction(rate.rate), rate.asOf, rate.source],
    m: terms.marginBasisPoints,
    c: cash && [cash.currency, cash.amountMinor.toString()],
    q: terms.quote,
    g: terms.choice,
    p: terms.payout && encodePayout(terms.payout),
  };
}

export function decodeTerms(terms: z.output<typeof termsField>): AgreedTerms {
  const { n: rewardName, k: kind, l: language, b: promisedBy, m, q: quote, g: choice } = terms;
  const rate = rateOf(terms.r);
  const [currency, amount] = terms.c ?? [];
  return {
    ...{ rewardName, kind, language, promisedBy },
    sources: terms.s.map(([provider = '', ...products]) => ({ provider, products })),
    ...(rate && { rate }),
    ...(m !== undefined && { marginBasisPoints: m }),
    ...(currency !== undefined && { cash: { currency, amountMinor: BigInt(amount ?? 0) } }),
    ...(quote !== undefined && { quote }),
    ...(choice !== undefined && { choice }),
    ...(terms.p !== undefined && { payout: decodePayout(terms.p) }),
  };
}

function rateOf(parts: readonly string[] | undefined): LockedRate | undefined {
  const [from, to, fraction, asOf, source] = parts ?? [];
  const rate = parseFraction(fraction ?? '');
  if (from === undefined || to === undefined || rate === undefined || source === undefined) {
    return undefined;
  }
  return { from, to, rate, asOf: asOf as LocalDate, source };
}

const dayMs = 86_400_000;

/** Of a hold from before terms were kept: the program's own reward is what was agreed. */
export function termsBefore(rewardId: string, heldAt: Instant): AgreedTerms {
  const promisedBy = addMs(heldAt, dayMs);
  return { rewardName: rewardId, kind: 'eGiftCard', sources: [], language: 'en', promisedBy };
}
