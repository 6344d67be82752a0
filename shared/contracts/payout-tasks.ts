import * as z from 'zod/mini';
import { type Instant, parseInstant } from '../domain/time.ts';

const instant = z.pipe(
  z.string().check(z.refine((text) => parseInstant(text) !== undefined)),
  z.transform((text): Instant => parseInstant(text) as Instant),
);

/** To payout-run: one run that somebody asks for, or, by the schedule, whatever is due. */
export const payoutRunTaskSchema = z.union([
  z.strictObject({ task: z.literal('due') }),
  z.strictObject({
    program: z.string().check(z.minLength(1)),
    /** The same name goes on with the same run. */
    run: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
    asOf: instant,
    requestedBy: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
]);
