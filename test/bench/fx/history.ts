import { seededRandomness } from '../../faults/seeded-randomness.ts';

const days = 6_983;
const currencies =
  'USD JPY CZK DKK GBP HUF PLN RON SEK CHF ISK NOK TRY AUD BRL CAD CNY HKD IDR ILS INR KRW MXN ' +
  'MYR NZD PHP SGD THB ZAR';
const dayMs = 86_400_000;

/** A history as long as the European Central Bank's, for machines that do not have the real one. */
export function historyText(): string {
  const random = seededRandomness(7);
  const codes = currencies.split(' ');
  const rates = codes.map(() => 10_000 + Math.floor(random.next() * 2_000_000));
  const lines: string[] = [];
  for (let index = 0; index < days; index += 1) {
    for (const [at, rate] of rates.entries()) {
      rates[at] = rate + Math.floor((random.next() - 0.5) * 0.01 * rate);
    }
    const date = new Date(Date.UTC(1999, 0, 4) + index * dayMs).toISOString().slice(0, 10);
    const cells = rates.map((rate) => `${Math.floor(rate / 10_000)}.${1 + (rate % 9_999)}`);
    lines.push(`${date},${cells.join(',')},`);
  }
  return `${[`Date,${codes.join(',')},`, ...lines.toReversed()].join('\n')}\n`;
}
