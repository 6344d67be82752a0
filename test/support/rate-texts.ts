/** Files as the European Central Bank writes them. */

const root = 'http://www.gesmes.org/xml/2002-08-01';
const vocabulary = 'http://www.ecb.int/vocabulary/2002-08-01/eurofxref';

/** The daily layout: spaces, the month in words, a comma at the end. */
export const dailyCsv = 'Date, USD, JPY, HUF, \n13 April 2026, 1.1684, 186.75, 366.90, \n';

/** The history: newest first, `N/A` where there is none, a comma at the end. */
export const historyCsv = `Date,USD,JPY,BGN,HUF,
2026-04-13,1.1684,186.75,N/A,366.9,
2026-04-10,1.1711,186.43,N/A,377.2,
2025-12-31,1.175,184.09,1.9558,385.15,
`;

/** A file of as many days as are given, each a date and its rates by currency. */
export function ecbXml(...days: readonly (readonly [string, Record<string, string>])[]): string {
  const cubes = days.map(([time, rates]) => {
    const lines = Object.entries(rates).map(
      ([currency, rate]) => `\t\t\t<Cube currency='${currency}' rate='${rate}'/>\n`,
    );
    return `\t\t<Cube time='${time}'>\n${lines.join('')}\t\t</Cube>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="${root}" xmlns="${vocabulary}">
\t<gesmes:subject>Reference rates</gesmes:subject>
\t<gesmes:Sender>
\t\t<gesmes:name>European Central Bank</gesmes:name>
\t</gesmes:Sender>
\t<Cube>
${cubes.join('')}\t</Cube>
</gesmes:Envelope>
`;
}

/** A reply of Open Exchange Rates with these rates, as text: digits are what they are. */
export function openExchangeRatesJson(rates: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rates).map(([code, rate]) => `    "${code}": ${rate}`);
  // 2026-04-13T23:59:59Z
  return `{
  "disclaimer": "Usage subject to terms: https://openexchangerates.org/terms",
  "license": "https://openexchangerates.org/license",
  "timestamp": 1776124799,
  "base": "USD",
  "rates": {
${lines.join(',\n')}
  }
}
`;
}
