import type { ExchangeRecord } from '../../domain/ledger/entry.ts';
import type { Language } from '../../domain/message/language.ts';
import { formatMoney } from '../../domain/money/format.ts';
import { rounded } from '../../domain/money/fraction.ts';
import {
  givenAmount,
  isGift,
  type ReturnedMoney,
  type ToldPayout,
} from '../../domain/payout/told.ts';
import { formatDate } from '../pages/language.ts';
import type { PayoutTexts } from './payout-texts.ts';
import type { Values } from './say.ts';

export interface PayoutLine {
  readonly key: keyof PayoutTexts;
  readonly values?: Values;
}

/**
 * How a payout was worked out, step by step: of a gift, to whom it goes; nothing where all of a
 * wallet arrives as it was.
 */
export function workedOut(language: Language, told: ToldPayout): PayoutLine[] {
  const { amounts, charity = '' } = told;
  const { gross, net, donatedMinor, exchange, feeMinor, bearer } = amounts;
  const given = line('given', { amount: formatMoney(language, givenAmount(amounts)), charity });
  if (isGift(told)) return [given];
  const isBorne = bearer === 'member' && feeMinor > 0n;
  if (donatedMinor === 0n && exchange === undefined && !isBorne) return [];
  const fee = formatMoney(language, { ...net, amountMinor: feeMinor });
  return [
    line('taken', { amount: formatMoney(language, gross) }),
    ...(donatedMinor > 0n ? [given] : []),
    ...(exchange ? [line('exchanged', exchangeValues(language, exchange))] : []),
    ...(isBorne ? [line('fee', { amount: fee })] : []),
    line('paid', { amount: formatMoney(language, net) }),
  ];
}

/** What came back, and why it is no other amount. */
export function cameBack(
  language: Language,
  told: ToldPayout,
  { amount, wasPaid }: ReturnedMoney,
): PayoutLine[] {
  const { amounts, charity = '' } = told;
  const given = formatMoney(language, givenAmount(amounts));
  const isConverted = wasPaid && amounts.exchange !== undefined;
  return [
    line('returned', { amount: formatMoney(language, amount) }),
    ...(isConverted ? [line('returnedRate')] : []),
    ...(wasPaid && amounts.donatedMinor > 0n ? [line('stayed', { amount: given, charity })] : []),
  ];
}

function line(key: PayoutLine['key'], values?: Values): PayoutLine {
  return { key, ...(values && { values }) };
}

function exchangeValues(language: Language, exchange: ExchangeRecord): Values {
  const { from, fromMinor, to, toMinor, asOf } = exchange;
  return {
    from: formatMoney(language, { amountMinor: fromMinor, currency: from }),
    to: formatMoney(language, { amountMinor: toMinor, currency: to }),
    rate: `1\u00a0${from} = ${formatRate(language, exchange)}\u00a0${to}`,
    day: formatDate(language, asOf),
  };
}

const rateDecimals = 12;

/** To six significant digits, for the eye: amounts are converted by the exact fraction. */
function formatRate(language: Language, { rate }: ExchangeRecord): string {
  const { numerator, denominator } = rate;
  const scaled = rounded(
    { numerator: numerator * 10n ** BigInt(rateDecimals), denominator },
    'halfUp',
  );
  const digits = scaled.toString().padStart(rateDecimals + 1, '0');
  const decimal = `${digits.slice(0, -rateDecimals)}.${digits.slice(-rateDecimals)}`;
  const format = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
  return format.format(decimal as Intl.StringNumericLiteral);
}
