import type { ExchangeRecord } from '../../domain/ledger/entry.ts';
import { type Rounding, roundings } from '../../domain/money/fraction.ts';
import { invariant } from '../../domain/result.ts';
import { type LocalDate, parseLocalDate } from '../../domain/time.ts';

/*
 * Exchanges as one short text, a line each: what was given, what was got, its whole minor units
 * where they differ from it, the rate, its day, how it was rounded, and its source to the end.
 *
 *   USD150 EUR138 137 20000/21699 20260313 halfUp ecb
 */

export function encodeExchanges(exchanges: readonly ExchangeRecord[]): string {
  return exchanges.map(encodeExchange).join('\n');
}

function encodeExchange(exchange: ExchangeRecord): string {
  const { from, fromMinor, to, toMinor, wholeMinor, rate, asOf, source, rounding } = exchange;
  invariant(!source.includes('\n'), 'A source of rates is one line.');
  const day = asOf.replaceAll('-', '');
  return [
    ...[`${from}${fromMinor}`, `${to}${toMinor}`],
    ...(wholeMinor === toMinor ? [] : [`${wholeMinor}`]),
    ...[`${rate.numerator}/${rate.denominator}`, day, rounding, source],
  ].join(' ');
}

const amounts = /([A-Z]{3})(-?\d+) ([A-Z]{3})(-?\d+)(?: (-?\d+))?/.source;
const rate = /(\d+)\/(\d+) (\d{4})(\d{2})(\d{2}) (\w+) (.+)/.source;
const line = new RegExp(`^${amounts} ${rate}$`);

/** Throws on a text that `encodeExchanges` never writes. */
export function decodeExchanges(text: string): ExchangeRecord[] {
  return text.split('\n').map(decodeExchange);
}

function decodeExchange(text: string): ExchangeRecord {
  const found = line.exec(text);
  invariant(found !== null, 'A stored exchange tells amounts, rate, day, rounding and source.');
  const [, from = '', given = '', to = '', got = '', whole = got, ...rest] = found;
  const [numerator = '', denominator = '', year, month, day, rounding, source = ''] = rest;
  const toMinor = BigInt(got);
  return {
    ...{ from, fromMinor: BigInt(given), to, toMinor, wholeMinor: BigInt(whole) },
    rate: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
    ...{ asOf: dateOf(`${year}-${month}-${day}`), source, rounding: roundingOf(rounding) },
  };
}

function dateOf(text: string): LocalDate {
  const date = parseLocalDate(text);
  invariant(date !== undefined, 'A stored exchange has a day that never was.');
  return date;
}

function roundingOf(text: string | undefined): Rounding {
  const rounding = roundings.find((known) => known === text);
  invariant(rounding !== undefined, 'A stored exchange is rounded in an unknown way.');
  return rounding;
}
