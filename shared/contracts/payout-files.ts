import * as z from 'zod/mini';
import { type LocalDate, parseLocalDate } from '../domain/time.ts';

const text = z.string().check(z.minLength(1));
const count = z.int().check(z.minimum(0));
const day = z.pipe(
  z.string().check(z.refine((written) => parseLocalDate(written) !== undefined)),
  z.transform((written) => written as LocalDate),
);

/**
 * To payout-files: all that is due, by the schedule; or, for whoever asks, that and what waits for
 * one account, whatever the hour.
 */
export const payoutFilesTaskSchema = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('exchange') }),
  z.strictObject({
    task: z.literal('write'),
    /** The id of one of our accounts. */
    account: text,
    /** When the bank is to pay; absent: the next day from Monday to Friday. */
    executionDate: z.optional(day),
  }),
]);

export type PayoutFilesTask = z.output<typeof payoutFilesTaskSchema>;

/** Handed out for the bank, in `bank/outgoing`. */
const written = z.strictObject({
  account: text,
  file: text,
  transfers: count,
  /** Whole minor units, as digits. */
  total: z.strictObject({ amountMinor: z.string().check(z.regex(/^\d+$/)), currency: text }),
  executionDate: z.string(),
});

/** Answers of banks that count, now in `bank/read`. */
const read = z.strictObject({
  file: text,
  kind: z.enum(['report', 'statements']),
  /** It was read before, and changed nothing. */
  again: z.optional(z.literal(true)),
  accepted: count,
  rejected: count,
  booked: count,
  returned: count,
  /** Lines of statements that are about no transfer of ours. */
  unmatched: count,
  /** Announced, not booked. */
  unbooked: count,
  /** Transfers that a person has to look at: each is a case. */
  conflicts: z.array(z.strictObject({ reference: text, reason: text })),
});

const refused = z.strictObject({
  /** Where it came in; it lies in `refused` beside that now, unless `stays`. */
  folder: z.enum(['bank/incoming', 'sanctions/incoming']),
  file: text,
  code: text,
  /** The element that says so. */
  path: z.optional(text),
  line: z.optional(count),
  /** What to do about it, in a sentence. */
  advice: text,
  /** It could not be moved, and is refused again each time. */
  stays: z.optional(z.literal(true)),
});

/** What one call of payout-files has done. */
export const payoutFilesSummarySchema = z.strictObject({
  written: z.array(written),
  /** Accounts that nothing could be written for, or that were asked for in vain. */
  unwritten: z.array(
    z.strictObject({ account: text, code: text, file: z.optional(text), advice: text }),
  ),
  read: z.array(read),
  refused: z.array(refused),
  lists: z.array(z.strictObject({ list: text, names: count })),
  /** What broke off and is tried again with the next call; the log says why. */
  failed: z.array(z.strictObject({ what: text })),
});

export type PayoutFilesSummary = z.output<typeof payoutFilesSummarySchema>;
export type RefusedFile = PayoutFilesSummary['refused'][number];
