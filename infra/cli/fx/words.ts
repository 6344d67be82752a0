import type { LeftDay } from '../../../shared/app/booking/keep-history.ts';
import type { RateFinding, RateJump } from '../../../shared/domain/rates/admission.ts';
import type { LoadReport } from './load.ts';
import type { WaitingDay } from './quarantine.ts';
import type { ConversionAnswer, RateAnswer } from './question.ts';

/** Of many lines about a history, so many are shown to a reader. */
const shownLines = 10;

export function waitingInWords({ source, date, since, findings }: WaitingDay): string[] {
  const lines = findingsInWords(findings).map((line) => `  ${line}`);
  return [`${source} ${date}, since ${since}:`, ...lines];
}

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
  const { source, from, to, days, kept, known, left, flagged } = report;
  const untouched = left.length > 0 ? `, left as they were ${left.length}` : '';
  return [
    `${source}, ${from} to ${to}: days ${days}, kept ${kept}, already known ${known}, ` +
      `jumps flagged ${flagged.length}${untouched}`,
    ...atMost(flagged.map((jump) => `  ${jumpInWords(jump)}`)),
    ...atMost(left.map(leftInWords)),
  ];
}

function atMost(lines: readonly string[]): string[] {
  const more = lines.length - shownLines;
  return [
    ...lines.slice(0, shownLines),
    ...(more > 0 ? [`  and ${more} more; --json lists all`] : []),
  ];
}

function leftInWords({ date, currencies }: LeftDay): string {
  return `  ${date} stays as it was kept; the file differs in ${currencies.join(', ')}`;
}

/** What cannot be found by the rates of a day that is released. */
export function lacksInWords(findings: readonly RateFinding[]): string[] {
  const lacks = findings.filter(({ kind }) => kind !== 'jump').map(({ currency }) => currency);
  if (lacks.length === 0) return [];
  return [
    `They are without ${lacks.sort().join(', ')}, for which an older rate counts. A day stays ` +
      'as it is kept: load a history that has them later with --keep-known.',
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
