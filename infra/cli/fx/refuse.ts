import { type Refusal, refusalSentences } from '../../../shared/domain/refusal.ts';
import { exitCodes, say } from '../exit.ts';

/** Of many refusals, so many are said. */
const shownRefusals = 10;

/** What only rates are refused for; the other codes stand in `refusalSentences`. */
export interface RatesRefusal {
  readonly code:
    | 'RATES_FILE_INVALID'
    | 'RATES_CONFLICT'
    | 'RATES_IN_FUTURE'
    | 'RATES_QUARANTINED'
    | 'RATES_NOT_QUARANTINED';
  /** Such as `FILE:3 USD`, or a day. */
  readonly where: string;
  readonly sentence: string;
}

/** Says refusals on stderr and sets the exit code to 1. */
export function refuseRates(refusals: readonly RatesRefusal[]): void {
  for (const { code, where, sentence } of refusals.slice(0, shownRefusals)) {
    say(`${code}: ${where}: ${sentence}`);
  }
  const more = refusals.length - shownRefusals;
  if (more > 0) say(`${more} more are not shown.`);
  process.exitCode = exitCodes.findings;
}

/** With the particulars of the case, where there are any. */
export interface RefusedQuestion extends Refusal {
  readonly sentence?: string;
}

/** Says on stderr what a question is refused for, and sets the exit code to 1. */
export function refuseQuestion({ code, field, sentence }: RefusedQuestion): void {
  const option = field === undefined ? '' : ` (--${field})`;
  say(`${code}: ${sentence ?? refusalSentences[code]}${option}`);
  process.exitCode = exitCodes.findings;
}
