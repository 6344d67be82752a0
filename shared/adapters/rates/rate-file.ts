import { readEcbCsv } from './ecb-csv.ts';
import { readEcbXml } from './ecb-xml.ts';
import { readOpenExchangeRates } from './open-exchange-rates.ts';
import { faultAt, type RateFile, type RateReading } from './rate-day.ts';

const byteOrderMark = /^\uFEFF/;
const html = /<(!doctype\s+)?html\b/i;
/** A page says that it is one within these. */
const headCharacters = 2000;
const expected =
  'This is no file of rates: CSV of the European Central Bank, which begins with Date, its XML, ' +
  'or a JSON object of Open Exchange Rates. Get one of them.';

/**
 * Reads a file of rates, whichever it is: CSV or XML of the European Central Bank, JSON of Open
 * Exchange Rates. It is read whole or refused whole, with the line and what to do. Whether its days
 * lie in the future is for the caller, who has a clock.
 */
export function readRateFile(text: string): RateReading<RateFile> {
  const plain = text.replace(byteOrderMark, '');
  const start = plain.trimStart().slice(0, headCharacters);
  if (start === '') return faultAt(1, 'The file is empty. Get it again.');
  if (start.startsWith('<') && html.test(start)) {
    return faultAt(1, 'This is a web page. Get the file of rates itself, not a page about it.');
  }
  if (start.startsWith('PK\u0003\u0004')) {
    return faultAt(1, 'This is a zip file. Unpack it and name the file in it.');
  }
  if (start.startsWith('<')) return readEcbXml(plain);
  if (start.startsWith('{')) return readOpenExchangeRates(plain);
  if (!start.startsWith('Date')) return faultAt(firstLineOf(plain), expected);
  return readEcbCsv(plain);
}

/** The first that is not blank; lines count from 1. */
function firstLineOf(text: string): number {
  return text.split('\n').findIndex((line) => line.trim() !== '') + 1;
}
