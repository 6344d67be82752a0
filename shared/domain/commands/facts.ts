import * as z from 'zod/mini';
import { countryOfHistory } from '../country.ts';
import { isCurrency, isRetired } from '../money/currency.ts';
import { name, text } from '../program/schema/shapes.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type Instant, localDateAt, parseLocalDate } from '../time.ts';

/** Any day of a leap year. */
const birthday = z
  .string()
  .check(
    z.refine((day) => parseLocalDate(`2024-${day}`) !== undefined, 'month and day, such as 02-29'),
  );

const donation = z.strictObject({
  charity: text,
  percent: z.int().check(z.minimum(0), z.maximum(100)),
});

/** What an enrolment or a change may say of a member. */
export const factShapes = {
  country: z.optional(countryOfHistory),
  /** Any that can be converted into, whether or not the program keeps money in it. */
  currency: z.optional(text),
  /** `null`: no longer. */
  donation: z.optional(z.nullable(donation)),
  birthday: z.optional(birthday),
  segments: z.optional(z.array(name).check(z.maxLength(50))),
};

export type Facts = z.output<z.ZodMiniObject<typeof factShapes>>;

interface KeptFacts {
  country?: string;
  currency?: string;
  /** `undefined`: whatever was donated is not any more. */
  donation?: z.output<typeof donation> | undefined;
  birthday?: string;
  segments?: string[];
}

/** Facts as a profile keeps them; what was not said is not in it. */
export function keptFacts(facts: Facts): KeptFacts {
  const { country: home, currency, donation: given, birthday: day, segments } = facts;
  return {
    ...(home !== undefined && { country: home }),
    ...(currency !== undefined && { currency }),
    ...(given !== undefined && { donation: given?.percent ? given : undefined }),
    ...(day !== undefined && { birthday: day }),
    ...(segments !== undefined && { segments: [...new Set(segments)].sort() }),
  };
}

/**
 * A country the program does not work in, a currency that nobody has any more, a donation that the
 * program does not offer, or a segment that nobody is put into by hand.
 */
export function refuseFacts(program: Program, facts: Facts, now: Instant): Refusal | undefined {
  const { country: home, segments = [] } = facts;
  if (home !== undefined && program.countries?.includes(home) === false) {
    return refusal('COUNTRY_NOT_IN_PROGRAM', 'data.country');
  }
  const refused = refuseCurrency(program, facts, now) ?? refuseDonation(program, facts);
  if (refused !== undefined) return refused;
  const listed = program.segments.filter(({ kind }) => kind === 'listed').map(({ id }) => id);
  const unknown = segments.findIndex((segment) => !listed.includes(segment));
  return unknown < 0 ? undefined : refusal('UNKNOWN_SEGMENT', `data.segments.${unknown}`);
}

function refuseCurrency(
  { timeZone }: Program,
  { currency }: Facts,
  now: Instant,
): Refusal | undefined {
  if (currency === undefined) return undefined;
  if (!isCurrency(currency)) return refusal('UNKNOWN_CURRENCY', 'data.currency');
  const isGone = isRetired(currency, localDateAt(now, timeZone));
  return isGone ? refusal('CURRENCY_RETIRED', 'data.currency') : undefined;
}

function refuseDonation({ donations }: Program, { donation: given }: Facts): Refusal | undefined {
  if (!given) return undefined;
  const { charity, percent } = given;
  if (donations === undefined || !Object.hasOwn(donations.charities, charity)) {
    return refusal('UNKNOWN_CHARITY', 'data.donation.charity');
  }
  const isOffered = percent === 0 || donations.percents?.includes(percent) !== false;
  return isOffered ? undefined : refusal('SHARE_NOT_OFFERED', 'data.donation.percent');
}
