import * as z from 'zod/mini';
import { country } from '../../country.ts';
import { basisPoints, currency, name, names, positive } from './shapes.ts';

export const railKinds = ['payPal', 'bankAccount', 'prepaidCard', 'donation', 'points'] as const;

/** Minor units by the currency that is paid out. */
const byCurrency = z.record(currency, positive);

/** What a payout costs; of a member, it is taken from what is paid out. */
const fee = z.strictObject({
  bearer: z.enum(['member', 'program']),
  fixedMinor: z.optional(byCurrency),
  /** Of what is paid out, rounded half up, beside what is fixed. */
  basisPoints: z.optional(basisPoints),
  /** Both together are never more. */
  maximumMinor: z.optional(byCurrency),
});

/** One way in which members may have their money. */
const rail = z.strictObject({
  id: name,
  kind: z.enum(railKinds),
  /** In the languages of the program. */
  names,
  /** The currencies that it pays, each from so much on, before fees. */
  minimumMinor: byCurrency,
  /** Of one payout; more than that waits for a person. */
  maximumMinor: z.optional(byCurrency),
  /** Without it, every country of the program that is not blocked. */
  countries: z.optional(z.array(country).check(z.minLength(1))),
  /** Providers that can pay it, and the products of a card, in the order of preference. */
  sources: z._default(
    z
      .array(
        z.strictObject({
          provider: name,
          products: z._default(z.array(z.string()).check(z.maxLength(20)), []),
        }),
      )
      .check(z.maxLength(5)),
    [],
  ),
  /** Of the rail `points`: the way from the wallet to points, one of `exchanges`. */
  exchange: z.optional(name),
  fee: z.optional(fee),
  /** What members are told. */
  promisedMinutes: z._default(positive, 7200),
});

/** Cashback in wallets that reaches members as money. */
export const payouts = z.strictObject({
  rails: z.array(rail).check(z.minLength(1), z.maxLength(20)),
  /** Runs come by themselves at the start of each, in the program's zone; else by command. */
  every: z.optional(z.enum(['day', 'week', 'month'])),
  blockedCountries: z._default(z.array(country), []),
  /** Names are held against this list; a hit waits for a person. */
  sanctionsList: z.optional(name),
  /** From so much on, a person must let it go, and another one than who asked for the run. */
  secondPersonFrom: z.optional(byCurrency),
});
