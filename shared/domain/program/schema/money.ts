import * as z from 'zod/mini';
import { rateSources } from '../../rates/snapshot.ts';
import { currency, days, name, names, positive, rounding, unitCode } from './shapes.ts';

const sourceNames = Object.keys(rateSources) as [keyof typeof rateSources];

/** In which currency amounts are kept, and by which rates they get there. */
export const money = z.strictObject({
  /** What members' cashback is kept in. */
  walletCurrency: z._default(z.enum(['purchase', 'program', 'member']), 'purchase'),
  /** Without it, the first of `currencies`. */
  programCurrency: z.optional(currency),
  /** Currencies that members may hold beside the `units`; named by the language, not by us. */
  wallets: z._default(z.array(currency).check(z.maxLength(170)), []),
  /**
   * Kept in this one where the wanted currency has no fresh rate or is no wallet; without it, in
   * the program's.
   */
  otherwise: z.optional(currency),
  rateSource: z._default(z.enum(sourceNames), 'ecb'),
  /** Rates that are older on the day they are wanted for are refused. */
  staleDays: z._default(days, 7),
});

/** Cashback that members give away. */
export const donations = z.strictObject({
  charities: z.record(name, z.strictObject({ names })),
  /** Only these shares; without them any whole percent. */
  percents: z.optional(z.array(positive).check(z.minLength(1), z.maxLength(20))),
});

/**
 * Members turn points of a unit into money in a wallet, or back: so many points for so many minor
 * units of a currency, converted at the rate of the day, and down, where the wallet holds another.
 */
export const exchange = z.strictObject({
  id: name,
  direction: z.enum(['pointsToWallet', 'walletToPoints']),
  unit: unitCode,
  points: positive,
  amountMinor: positive,
  currency,
  /** Of what is given: points, or minor units of `currency`. */
  minimum: z.optional(positive),
  /** Of what is got, in the unit or in `currency`; of a unit that goes both ways, only down. */
  rounding: z._default(rounding, 'down'),
});
