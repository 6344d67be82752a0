import { currencyExponent } from './currency.ts';
import { type Money, toDecimal } from './money.ts';

/**
 * Such as `£12.50`; exact at any size, because the number is formatted from its digits, and with
 * the digits of ISO 4217, which a language's own habits (`HUF 13`) would round away.
 */
export function formatMoney(language: string, money: Money): string {
  const { currency } = money;
  const digits = currencyExponent(currency) ?? 0;
  const format = new Intl.NumberFormat(language, {
    ...{ style: 'currency', currency },
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  });
  return format.format(toDecimal(money) as Intl.StringNumericLiteral);
}
