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

const exponents: ReadonlyMap<string, CurrencyExponent> = new Map([
  ...exponent0.split(' ').map((code) => [code, 0] as const),
  ...exponent2.split(' ').map((code) => [code, 2] as const),
  ...exponent3.split(' ').map((code) => [code, 3] as const),
]);

/** Digits of the minor unit, or `undefined` for a code that is not supported. */
export function currencyExponent(code: string): CurrencyExponent | undefined {
  return exponents.get(code);
}

export function isCurrency(code: string): boolean {
  return exponents.has(code);
}
