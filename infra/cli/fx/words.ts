import type { RateFinding, RateJump } from '../../../shared/domain/rates/admission.ts';
import type { LoadReport } from './load.ts';
import type { ConversionAnswer, RateAnswer } from './question.ts';

/** Of many jumps in a history, so many are shown to a reader. */
const shownJumps = 10;

/** What is odd about a day, for who decides whether it is used. */
export function findingsInWords(findings: readonly RateFinding[]): string[] {
  const codesOf = (wanted: RateFinding['kind']) =>
    findings.filter(({ kind }) => kind === wanted).map(({ currency }) => currency);
  const [missing, zero] = [codesOf('missing'), codesOf('zero')];
  return [
    ...(missing.length > 0 ? [`missing, unlike the day before: ${missing.join(', ')}`] : []),
    ...(zero.length > 0 ? [`zero: ${zero.join(', ')}`] : []),
    ...findings.flatMap((finding) => (finding.kind === 'jump' ? [jumpInWords(finding)] : [])),
  ];
}

function jumpInWords({ date, currency, before, beforeDate, after }: RateJump): string {
  return `${date} ${currency} went from ${before} (${beforeDate}) to ${after}, by more than 10 %`;
}

export function reportInWords(report: LoadReport): string[] {
  const { source, from, to, days, kept, known, flagged } = report;
  const shown = flagged.slice(0, shownJumps).map((jump) => `  ${jumpInWords(jump)}`);
  const more = flagged.length - shown.length;
  return [
    `${source}, ${from} to ${to}: days ${days}, kept ${kept}, already known ${known}, ` +
      `jumps flagged ${flagged.length}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more; --json lists all`] : []),
  ];
}

export function rateInWords(from: string, to: string, answer: RateAnswer): string {
  const { rate, decimal, asOf, source, path } = answer;
  const way = path.length > 2 ? `, by way of ${path.slice(1, -1).join(', ')}` : '';
  return `1 ${from} = ${decimal} ${to} (exactly ${rate}), as of ${asOf}, ${source}${way}`;
}

export function conversionInWords(answer: ConversionAnswer): string {
  const { amountMinor, currency, residual } = answer;
  return `${amountMinor} minor units of ${currency}, rounded half up (by ${residual} of one)`;
}
