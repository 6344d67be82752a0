import * as z from 'zod/mini';
import { monthDay, months, name, names, pattern, percent, positive } from './shapes.ts';

/** Any of the alternatives; all parts of one. */
const condition = z.strictObject({
  anyOf: z
    .array(
      z.strictObject({
        allOf: z
          .array(z.strictObject({ metric: name, atLeast: positive }))
          .check(z.minLength(1), z.maxLength(4)),
      }),
    )
    .check(z.minLength(1), z.maxLength(4)),
});

const level = z.strictObject({
  id: name,
  names,
  /** The lowest level has none. */
  qualify: z.optional(condition),
  /** To stay at a review; without it, as to qualify. */
  keep: z.optional(condition),
  entitlements: z.optional(z.array(name)),
});

/** Which months of the metrics count. */
const window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calendarYear') }),
  z.strictObject({ kind: z.literal('membershipYear') }),
  z.strictObject({ kind: z.literal('rolling'), months }),
]);

const every = z.enum(['month', 'quarter', 'year', 'membershipYear']);

export const tiers = z.strictObject({
  /** From the lowest to the highest. */
  levels: z.array(level).check(z.minLength(1), z.maxLength(12)),
  window,
  /** At once, or at the review. */
  up: z.discriminatedUnion('when', [
    z.strictObject({ when: z.literal('now') }),
    z.strictObject({ when: z.literal('review'), every }),
  ]),
  down: z.discriminatedUnion('when', [
    z.strictObject({ when: z.literal('never') }),
    z.strictObject({
      when: z.literal('review'),
      every,
      /** The day of a yearly review; without it 1 January. */
      on: z.optional(monthDay),
      /** A level that is no longer earned is kept so long after the review. */
      graceMonths: z.optional(months),
      step: z.enum(['one', 'all']),
    }),
  ]),
  /** One deal of this kind puts its member on the level at once. */
  placements: z.optional(z.array(z.strictObject({ when: pattern, level: name }))),
  /** A person may set a level, with a reason, for so long. */
  overrideMonths: z.optional(months),
  /** No review takes a level within so many percent of its requirement. */
  nearPercent: z.optional(percent),
});
