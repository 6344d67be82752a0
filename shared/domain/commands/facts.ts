import * as z from 'zod/mini';
import { country, name } from '../program/schema/shapes.ts';
import type { Program } from '../program/schema.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { parseLocalDate } from '../time.ts';

/** Any day of a leap year. */
const birthday = z
  .string()
  .check(
    z.refine((day) => parseLocalDate(`2024-${day}`) !== undefined, 'month and day, such as 02-29'),
  );

/** What an enrolment or a change may say of a member. */
export const factShapes = {
  country: z.optional(country),
  birthday: z.optional(birthday),
  segments: z.optional(z.array(name).check(z.maxLength(50))),
};

export interface Facts {
  readonly country?: string | undefined;
  readonly birthday?: string | undefined;
  readonly segments?: readonly string[] | undefined;
}

/** Facts as a profile keeps them; what was not said is not in it. */
export function keptFacts({ country: home, birthday: day, segments }: Facts): {
  country?: string;
  birthday?: string;
  segments?: string[];
} {
  return {
    ...(home !== undefined && { country: home }),
    ...(day !== undefined && { birthday: day }),
    ...(segments !== undefined && { segments: [...new Set(segments)].sort() }),
  };
}

/** A country the program does not work in, or a segment that nobody is put into by hand. */
export function refuseFacts(program: Program, facts: Facts): Refusal | undefined {
  const { country: home, segments = [] } = facts;
  if (home !== undefined && program.countries?.includes(home) === false) {
    return refusal('COUNTRY_NOT_IN_PROGRAM', 'data.country');
  }
  const listed = program.segments.filter(({ kind }) => kind === 'listed').map(({ id }) => id);
  const unknown = segments.findIndex((segment) => !listed.includes(segment));
  return unknown < 0 ? undefined : refusal('UNKNOWN_SEGMENT', `data.segments.${unknown}`);
}
