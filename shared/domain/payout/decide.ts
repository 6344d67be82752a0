import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import type { Refusal } from '../refusal.ts';
import { invariant, type Result } from '../result.ts';
import {
  amountOf,
  boundsOf,
  type PayoutAmounts,
  payoutAmounts,
  secondPersonFrom,
} from './amounts.ts';
import type { PayoutChoice, PayoutPolicy, Rail } from './policy.ts';

/** Why a wallet is not paid out now; nothing is touched. */
export const payoutHindrances = [
  'NO_CHOICE',
  'RAIL_NOT_OFFERED',
  'CURRENCY_NOT_ON_RAIL',
  'COUNTRY_BLOCKED',
  'COUNTRY_NOT_ON_RAIL',
  'PAYEE_MISSING',
  'CHARITY_MISSING',
  /** Of points no part is given away. */
  'SHARE_NOT_OFFERED',
  /** The points of the rail are held by companies alone. */
  'WALLET_OF_COMPANIES',
  'EMAIL_MISSING',
  'BELOW_THRESHOLD',
  'FEE_TAKES_ALL',
  'RATE_MISSING',
  /** An earlier payout of the wallet is still on its way. */
  'STILL_OPEN',
] as const;
export type PayoutHindrance = (typeof payoutHindrances)[number];

/** Why a person must look at it before it is paid. */
export type PayoutDoubt = 'sanctions' | 'amount' | 'maximum';

export interface PlannedPayout {
  readonly rail: Rail;
  readonly amounts: PayoutAmounts;
  readonly doubts: readonly PayoutDoubt[];
}

export interface PayoutQuestion {
  readonly policy: PayoutPolicy;
  readonly choice: PayoutChoice | undefined;
  /** Whether it is known whom the money goes to. */
  readonly hasPayee: boolean;
  /** Where whom it goes to is, and the account. */
  readonly payeeCountries?: readonly string[] | undefined;
  /** Whether a name in question stands on the program's list. */
  readonly isListed: boolean;
  /** What can be spent of the wallet: more than nothing. */
  readonly available: Money;
  /** From the wallet's currency into another one. */
  readonly rateOf: (from: string, to: string) => Result<Rate, Refusal>;
}

/** The rail that a wallet would be paid by now. */
export interface OpenRail {
  readonly rail: Rail;
  readonly choice: PayoutChoice;
  /** What is paid; a gift and points come out of the wallet as it is. */
  readonly currency: string;
  /** The threshold, in that currency. */
  readonly least: bigint;
}

type RailQuestion = Pick<PayoutQuestion, 'policy' | 'choice' | 'available' | 'payeeCountries'>;

/** By what a member is paid where nothing but the amount may stand in the way. */
export function openRail({
  policy,
  choice,
  available,
  payeeCountries = [],
}: RailQuestion): OpenRail | PayoutHindrance {
  if (choice === undefined) return 'NO_CHOICE';
  const rail = policy.rails.find(({ id }) => id === choice.rail);
  if (rail === undefined) return 'RAIL_NOT_OFFERED';
  const staysIn = rail.kind === 'donation' || rail.kind === 'points';
  const currency = staysIn ? available.currency : choice.currency;
  const { least } = boundsOf(rail, currency);
  if (least === undefined) return 'CURRENCY_NOT_ON_RAIL';
  const countries = [choice.country, ...payeeCountries];
  const isBlocked = countries.some((country) => policy.blockedCountries.includes(country));
  if (isBlocked) return 'COUNTRY_BLOCKED';
  if (rail.countries?.includes(choice.country) === false) return 'COUNTRY_NOT_ON_RAIL';
  return { rail, choice, currency, least };
}

/** What is to be paid of a wallet now, or what stands in the way; points are planned apart. */
export function planPayout(question: PayoutQuestion): PlannedPayout | PayoutHindrance {
  const { policy, available, isListed } = question;
  const open = openRail(question);
  if (typeof open === 'string') return open;
  const { rail, choice, currency, least } = open;
  invariant(rail.kind !== 'points', 'Points are booked at once, and never held.');
  const isGift = rail.kind === 'donation';
  const { most } = boundsOf(rail, currency);
  if (isGift && choice.donation === undefined) return 'CHARITY_MISSING';
  if (needsPayee(rail) && !question.hasPayee) return 'PAYEE_MISSING';
  const isSame = available.currency === currency;
  const rate = isSame ? undefined : question.rateOf(available.currency, currency);
  if (rate?.ok === false) return 'RATE_MISSING';
  const whole = amountOf(payoutAmounts(available, { rail, donatedPercent: 0, rate: rate?.value }));
  if (whole.amountMinor < least) return 'BELOW_THRESHOLD';
  const donatedPercent = isGift ? 100 : (choice.donation?.percent ?? 0);
  const amounts = payoutAmounts(available, { rail, donatedPercent, rate: rate?.value });
  if (donatedPercent < 100 && amounts.net.amountMinor <= 0n) return 'FEE_TAKES_ALL';
  const from = secondPersonFrom(policy, currency);
  const doubts: PayoutDoubt[] = isListed ? ['sanctions'] : [];
  if (from !== undefined && whole.amountMinor >= from) doubts.push('amount');
  if (most !== undefined && whole.amountMinor > most) doubts.push('maximum');
  return { rail, amounts, doubts };
}

/** Whether somebody outside is paid by name. */
export function needsPayee({ kind }: Pick<Rail, 'kind'>): boolean {
  return kind === 'payPal' || kind === 'bankAccount';
}
