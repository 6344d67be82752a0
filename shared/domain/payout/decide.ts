import type { Money } from '../money/money.ts';
import type { Rate } from '../rates/rate.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import { amountOf, type PayoutAmounts, payoutAmounts } from './amounts.ts';
import type { PayoutChoice, PayoutPolicy, Rail } from './policy.ts';

/** Why a wallet is not paid out now; nothing is touched. */
export type PayoutHindrance =
  | 'NO_CHOICE'
  | 'RAIL_NOT_OFFERED'
  | 'CURRENCY_NOT_ON_RAIL'
  | 'COUNTRY_BLOCKED'
  | 'COUNTRY_NOT_ON_RAIL'
  | 'PAYEE_MISSING'
  | 'BELOW_THRESHOLD'
  | 'FEE_TAKES_ALL'
  | 'RATE_MISSING';

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
  /** Whether a name in question stands on the program's list. */
  readonly isListed: boolean;
  /** What can be spent of the wallet: more than nothing. */
  readonly available: Money;
  /** From the wallet's currency into another one. */
  readonly rateOf: (from: string, to: string) => Result<Rate, Refusal>;
}

/** What is to be paid of a wallet now, or what stands in the way. */
export function planPayout(question: PayoutQuestion): PlannedPayout | PayoutHindrance {
  const { policy, choice, available, isListed } = question;
  if (choice === undefined) return 'NO_CHOICE';
  const rail = policy.rails.find(({ id }) => id === choice.rail);
  if (rail === undefined) return 'RAIL_NOT_OFFERED';
  const minimum = rail.minimumMinor[choice.currency];
  if (minimum === undefined) return 'CURRENCY_NOT_ON_RAIL';
  if (policy.blockedCountries.includes(choice.country)) return 'COUNTRY_BLOCKED';
  if (rail.countries?.includes(choice.country) === false) return 'COUNTRY_NOT_ON_RAIL';
  if (needsPayee(rail) && !question.hasPayee) return 'PAYEE_MISSING';
  const rate = rateFor(question, choice);
  if (rate?.ok === false) return 'RATE_MISSING';
  const amounts = payoutAmounts(available, rail, rate?.value);
  const amount = amountOf(amounts);
  if (amount.amountMinor < BigInt(minimum)) return 'BELOW_THRESHOLD';
  if (amounts.net.amountMinor <= 0n) return 'FEE_TAKES_ALL';
  return { rail, amounts, doubts: doubtsOf(policy, rail, { amount, isListed }) };
}

/** Whether somebody outside is paid by name. */
export function needsPayee({ kind }: Pick<Rail, 'kind'>): boolean {
  return kind === 'payPal' || kind === 'bankAccount';
}

function rateFor({ available, rateOf }: PayoutQuestion, { currency }: PayoutChoice) {
  return available.currency === currency ? undefined : rateOf(available.currency, currency);
}

function doubtsOf(
  { secondPersonFrom }: PayoutPolicy,
  { maximumMinor }: Rail,
  { amount, isListed }: { readonly amount: Money; readonly isListed: boolean },
): PayoutDoubt[] {
  const from = secondPersonFrom?.[amount.currency];
  const most = maximumMinor?.[amount.currency];
  const doubts: PayoutDoubt[] = isListed ? ['sanctions'] : [];
  if (from !== undefined && amount.amountMinor >= BigInt(from)) doubts.push('amount');
  if (most !== undefined && amount.amountMinor > BigInt(most)) doubts.push('maximum');
  return doubts;
}
