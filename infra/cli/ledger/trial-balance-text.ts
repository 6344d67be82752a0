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
  issued: 'earned by members',
  adjusted: 'corrected by hand',
  migrated: 'brought from elsewhere',
  converted: 'turned into another unit',
  fxPosition: 'open position in a currency',
  rounding: 'given by rounding up',
};

/** Money in major units, points as they are. */
export function trialBalanceText({ entries, accounts, sumByUnit, balanced }: TrialBalance): string {
  const units = Object.entries(sumByUnit).flatMap(([unit, sum]) => [
    ...accounts
      .filter((row) => row.unit === unit)
      .map(({ account, amount }) => [inWords(account), unit, amountIn(unit, amount)]),
    [sum === '0' ? 'sum' : 'sum, NOT ZERO', unit, amountIn(unit, sum)],
  ]);
  const lines = [
    `${entries} entries, ${balanced ? 'balanced' : 'NOT balanced'}`,
    '  Positive: owed to somebody, or used up. Negative: where it came from, or owed by somebody.',
    ...textTable(['account', 'unit', 'amount'], units),
  ];
  return `${lines.join('\n')}\n`;
}

function amountIn(unit: string, amount: string): string {
  return isCurrency(unit) ? toDecimal({ amountMinor: BigInt(amount), currency: unit }) : amount;
}

function inWords(account: string): string {
  const [kind = ''] = account.split(':');
  return `${account}, ${meanings[kind] ?? ''}`;
}
