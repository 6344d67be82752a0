import { currentCurrency, isRetired } from '../money/currency.ts';
import { type Program, programCurrencyOf, unitsOf } from '../program/schema.ts';
import type { LocalDate } from '../time.ts';
import type { Profile } from './profile.ts';

interface WalletQuestion {
  readonly program: Program;
  readonly profile: Pick<Profile, 'currency'> | undefined;
  /** Of what brings the money: a purchase, or an exchange. */
  readonly eventCurrency: string;
  /** Its day in the program's zone: what is retired by then stands for its successor. */
  readonly on: LocalDate;
}

/** The currency that the member reckons in: their own, else the program's. */
export function memberCurrencyOf({
  program,
  profile,
  on,
}: Pick<WalletQuestion, 'program' | 'profile' | 'on'>): string {
  return currentCurrency(profile?.currency ?? programCurrencyOf(program), on);
}

/** The currency in which the program wants a member's money; the day's rates may not lead there. */
export function walletCurrencyOf(question: WalletQuestion): string {
  const { program, on } = question;
  return keptCurrency(program, wantedCurrency(question), on);
}

function wantedCurrency(question: WalletQuestion): string {
  const { program, eventCurrency } = question;
  switch (program.money.walletCurrency) {
    case 'purchase':
      return eventCurrency;
    case 'program':
      return programCurrencyOf(program);
    case 'member':
      return memberCurrencyOf(question);
  }
}

/** A wanted currency as it is kept: its successor on that day; `otherwise` where it is no unit. */
export function keptCurrency(program: Program, wanted: string, on: LocalDate): string {
  const current = currentCurrency(wanted, on);
  return unitsOf(program).includes(current) ? current : otherwiseCurrencyOf(program, on);
}

/** Where money is kept that cannot be kept in the wanted currency. */
export function otherwiseCurrencyOf(program: Program, on: LocalDate): string {
  return currentCurrency(program.money.otherwise ?? programCurrencyOf(program), on);
}

/** Whether members hold money in this currency on that day. */
export function isWallet(program: Program, currency: string, on: LocalDate): boolean {
  return unitsOf(program).includes(currency) && !isRetired(currency, on);
}
