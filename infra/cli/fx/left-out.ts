import { guerdon } from '../exit.ts';
import { legsDisagree, type PositionReport } from './position-report.ts';
import { stateIsAt } from './refused-rate.ts';

/** What the totals of a report are without, and why: a line for each reason, its code first. */
export function leftOutInWords(report: PositionReport): string[] {
  const currencies = new Map<string, Set<string>>();
  for (const row of [...report.positions, ...report.roundingAccounts]) {
    if (!('refused' in row)) continue;
    const found = currencies.get(row.refused) ?? new Set();
    currencies.set(row.refused, found.add(row.currency));
  }
  return [...currencies].map(([code, of]) => {
    const named = [...of].sort().join(', ');
    return `${code}: The totals are without ${named}: ${reasonOf(code, report)}`;
  });
}

function reasonOf(code: string, report: PositionReport): string {
  const { currency, source, day, ratesUntil, staleDays } = report;
  if (code === legsDisagree) {
    return `legs and exchanges differ; ${guerdon} ledger verify names the entries.`;
  }
  const rate = `${source} has no rate into ${currency}`;
  const present = ratesUntil < day ? ` ${stateIsAt(ratesUntil)}` : '';
  if (code !== 'RATE_STALE') return `${rate} by ${ratesUntil}.${present}`;
  return `${rate} that is at most ${staleDays} days old on ${day}.${present}`;
}
