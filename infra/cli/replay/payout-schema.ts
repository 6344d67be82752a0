import * as z from 'zod/mini';
import { payoutChoiceBodySchema } from '../../../shared/contracts/payout-choice.ts';
import { payoutHindrances } from '../../../shared/domain/payout/decide.ts';
import { common, refused, text, whole, wholeByName } from './scenario-shapes.ts';

/* Steps about money that is paid out. */

/** Part of the names of payouts, `RUN/MEMBER/CURRENCY`. */
const run = z.string().check(z.regex(/^[a-z0-9-]{1,63}$/, 'lower-case letters, digits and -'));
const count = z.int().check(z.minimum(0));

/** How a member wants to be paid, as the member API takes it. */
export const payoutChoiceStep = z.strictObject({
  ...common,
  payoutChoice: z.strictObject({ member: text, ...payoutChoiceBodySchema.shape }),
  refused,
});

export const payoutStep = z.strictObject({
  ...common,
  payout: z.strictObject({
    /** The same one goes on where it was. */
    run,
    requestedBy: z.optional(text),
    /** Names on the list that the program holds its payees against. */
    listed: z.optional(z.array(text)),
  }),
  refused,
  /** Wallets that this run has paid, those of its steps before too. */
  placed: z.optional(count),
  /** Wallets that it has left, by the reason; whole. */
  skipped: z.optional(z.partialRecord(z.enum(payoutHindrances), count)),
});

/** Of a row of the report, what is named. */
const row = z.strictObject({
  rail: text,
  currency: text,
  members: z.optional(count),
  payouts: z.optional(count),
  grossMinor: z.optional(whole),
  feesMinor: z.optional(whole),
  netMinor: z.optional(whole),
  paidMinor: z.optional(whole),
  openMinor: z.optional(whole),
  failedMinor: z.optional(whole),
  returnedMinor: z.optional(whole),
  /** By currency of the wallet; whole. */
  donated: z.optional(wholeByName),
  fxResult: z.optional(wholeByName),
  /** What was paid in points, by their unit; whole. */
  points: z.optional(wholeByName),
});

/** By run: its report's rows, by rail and currency; whole. */
export const expectedPayouts = z.record(run, z.array(row));

export type ExpectedRow = z.output<typeof row>;
