import { invariant } from '../result.ts';
import { type LocalDate, parseLocalDate } from '../time.ts';
import type { Fraction } from './fraction.ts';

/**
 * ISO 4217 active codes with a minor unit of 0, 2 or 3 digits (list of currency and funds codes,
 * 2026). Codes with other exponents (CLF, UYW), metals, funds and testing codes are left out on
 * purpose.
 */
const exponent0 = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const exponent2 =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
  'CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
  'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA ' +
  'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
  'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
  'TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';
const exponent3 = 'BHD IQD JOD KWD LYD OMR TND';

export type CurrencyExponent = 0 | 2 | 3;

/** A currency that another one has replaced, at a rate that the law fixes for ever. */
export interface Retirement {
  readonly currency: string;
  readonly into: string;
  /** Major units of the old currency for one of the new. */
  readonly rate: Fraction;
  /** The first day without it. */
  readonly from: LocalDate;
  /** Where the rate stands. */
  readonly law: string;
}

/** Code, minor unit, successor, decimal rate, first day without it, legal source. */
const retirements: readonly (readonly [
  string,
  CurrencyExponent,
  string,
  string,
  string,
  string,
])[] = [
  ['TRL', 0, 'TRY', '1000000', '2005-01-01', 'Law No 5083 of Türkiye'],
  ['ROL', 0, 'RON', '10000', '2005-07-01', 'Law No 348/2004 of Romania'],
  ['SIT', 2, 'EUR', '239.640', '2007-01-01', 'Council Regulation (EC) No 1086/2006'],
  ['MTL', 2, 'EUR', '0.429300', '2008-01-01', 'Council Regulation (EC) No 1134/2007'],
  ['CYP', 2, 'EUR', '0.585274', '2008-01-01', 'Council Regulation (EC) No 1135/2007'],
  ['SKK', 2, 'EUR', '30.1260', '2009-01-01', 'Council Regulation (EC) No 694/2008'],
  ['EEK', 2, 'EUR', '15.6466', '2011-01-01', 'Council Regulation (EU) No 671/2010'],
  ['LVL', 2, 'EUR', '0.702804', '2014-01-01', 'Council Regulation (EU) No 870/2013'],
  ['LTL', 2, 'EUR', '3.45280', '2015-01-01', 'Council Regulation (EU) No 851/2014'],
  ['HRK', 2, 'EUR', '7.53450', '2023-01-01', 'Council Regulation (EU) 2022/1208'],
  ['BGN', 2, 'EUR', '1.95583', '2026-01-01', 'Council Regulation (EU) 2025/1409'],
];

const retired: ReadonlyMap<string, Retirement> = new Map(
  retirements.map(([currency, , into, rate, day, law]) => {
    const from = parseLocalDate(day);
    invariant(from !== undefined, `The table of retired currencies has no day ${day}.`);
    return [currency, { currency, into, rate: decimalFraction(rate), from, law }];
  }),
);

const exponents: ReadonlyMap<string, CurrencyExponent> = new Map([
  ...exponent0.split(' ').map((code) => [code, 0] as const),
  ...exponent2.split(' ').map((code) => [code, 2] as const),
  ...exponent3.split(' ').map((code) => [code, 3] as const),
  ...retirements.map(([code, exponent]) => [code, exponent] as const),
]);

/** Digits of the minor unit, or `undefined` for a code that is not supported. */
export function currencyExponent(code: string): CurrencyExponent | undefined {
  return exponents.get(code);
}

/** Retired currencies too: of before their last day. */
export function isCurrency(code: string): boolean {
  return exponents.has(code);
}

/** What became of a currency, whenever that is; `undefined` for one that lives on. */
export function retirementOf(currency: string): Retirement | undefined {
  return retired.get(currency);
}

export function isRetired(currency: string, on: LocalDate): boolean {
  const retirement = retired.get(currency);
  return retirement !== undefined && retirement.from <= on;
}

/** The currency itself, or on that day what has replaced it. */
export function currentCurrency(currency: string, on: LocalDate): string {
  const retirement = retired.get(currency);
  return retirement !== undefined && retirement.from <= on ? retirement.into : currency;
}

/** The exact value of a decimal text without sign or exponent, such as `0.8705`. */
function decimalFraction(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}
