import * as z from 'zod/mini';
import type { Quote } from '../../domain/redemption/terms.ts';
import { addMs, type Instant } from '../../domain/time.ts';
import type { Hold } from '../../ports/stores.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { quoteKey, quoteUseKey } from './quote-keys.ts';
import { decodeTerms, encodeTerms, termsField } from './terms-codec.ts';

/*
 * Attributes of a quote: i id, pr program, m member, rw reward, co country, am and cu value, u
 * unit, n points, t terms (terms-codec.ts; its promised time stands for when the quote was made),
 * pm promised minutes, e expires at, ttl when it is forgotten. Of its use: r redemption, ttl.
 */

const quoteSchema = z.object({
  i: z.string(),
  pr: z.string(),
  m: z.string(),
  rw: z.string(),
  co: z.string(),
  am: z.bigint(),
  cu: z.string(),
  u: z.string(),
  n: z.bigint(),
  t: termsField,
  pm: wholeNumber,
  e: instantField,
});

/** An expired quote says so for a week. */
const keptMs = 7 * 86_400_000;

/** When a quote, and that somebody counts on it, may go: epoch seconds, as the table wants them. */
export function forgottenAt(expiresAt: Instant): number {
  return Math.floor(addMs(expiresAt, keptMs) / 1000);
}

export function encodeQuote(quote: Quote): Image {
  const { id, program, member, value, terms, quotedAt, expiresAt } = quote;
  return toImage({
    ...quoteKey({ program, member }, id),
    ...{ i: id, pr: program, m: member, rw: quote.rewardId, co: quote.country },
    ...{ am: value.amountMinor, cu: value.currency, u: quote.unit, n: quote.points },
    t: encodeTerms({ ...terms, promisedBy: quotedAt }),
    ...{ pm: quote.promisedMinutes, e: expiresAt, ttl: forgottenAt(expiresAt) },
  });
}

/** No quote is good for longer than a day: its use is remembered until it is forgotten itself. */
export function encodeQuoteUse(
  { redemption, entry: { program, member, postedAt } }: Hold,
  quote: string,
): Image {
  const ttl = forgottenAt(addMs(postedAt, keptMs));
  return toImage({ ...quoteUseKey({ program, member }, quote), r: redemption, ttl });
}

export function parseQuote(image: Image): Quote {
  const { i, pr, m, rw, co, am, cu, u, n, t, pm, e } = parseImage(quoteSchema, image, 'quote');
  const { promisedBy: quotedAt, ...terms } = decodeTerms(t);
  return {
    ...{ id: i, program: pr, member: m, rewardId: rw, country: co, unit: u, points: n },
    value: { amountMinor: am, currency: cu },
    ...{ terms, promisedMinutes: pm, quotedAt, expiresAt: e },
  };
}
