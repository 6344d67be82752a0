import { isCurrency } from '../../../shared/domain/money/currency.ts';
import { toDecimal } from '../../../shared/domain/money/money.ts';
import { textTable } from '../text-table.ts';
import type { TrialBalance } from './trial-balance.ts';

const meanings: Readonly<Record<string, string>> = {
  lot: 'members can spend',
  pending: 'members have coming',
  debt: 'members owe',
  held: 'set aside for redemptions',
  donation: 'owed to a charity',
  providerPayable: 'owed to a provider',
  redeemed: 'spent',
  breakage: 'expired',
  rewardCost: 'cost of rewards',
  merchantReceivable: 'collected by merchants',
  issued: 'earned by members',
  adjusted: 'corrected by hand',
  migrated: 'brought from elsewhere',
  converted: 'turned into another unit',
  fxPosition: 'open position in a currency',
  rounding: 'given by rounding up',
  payoutFee: 'borne by members for payouts',
  fxResult: 'gained by conversions that came back',
};

/** Of what rewards cost: here a positive amount is a debit, everywhere else a credit. */
const debitKinds: ReadonlySet<string> = new Set([
  ...['rewardCost', 'merchantReceivable', 'providerPayable'],
]);

/** Money in major units, points as they are. */
export function trialBalanceText({ entries, accounts, sumByUnit, balanced }: TrialBalance): string {
  const units = Object.entries(sumByUnit).flatMap(([unit, sum]) => [
    ...accounts
      .filter((row) => row.unit === unit)
      .map(({ account, amount }) => [
        ...[inWords(account), unit, amountIn(unit, amount), sideOf(account, amount)],
      ]),
    [sum === '0' ? 'sum' : 'sum, NOT ZERO', unit, amountIn(unit, sum), ''],
  ]);
  const lines = [
    `${entries} entries, ${balanced ? 'balanced' : 'NOT balanced'}`,
    '  Positive is a credit: the program owes it, or it is used up. Negative is a debit: where it',
    '  came from, or what is owed to the program. The other way round, as accounts of what rewards',
    `  cost: ${[...debitKinds].join(', ')}.`,
    ...textTable(['account', 'unit', 'amount', 'side'], units),
  ];
  return `${lines.join('\n')}\n`;
}

function amountIn(unit: string, amount: string): string {
  return isCurrency(unit) ? toDecimal({ amountMinor: BigInt(amount), currency: unit }) : amount;
}

function sideOf(account: string, amount: string): string {
  if (amount === '0') return '';
  const isNegative = amount.startsWith('-');
  return isNegative === debitKinds.has(kindOf(account)) ? 'credit' : 'debit';
}

function inWords(account: string): string {
  return `${account}, ${meanings[kindOf(account)] ?? ''}`;
}

function kindOf(account: string): string {
  return account.split(':')[0] ?? '';
}
