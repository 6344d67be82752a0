import { currentCurrency, retirementOf } from '../../../shared/domain/money/currency.ts';
import { type RateSource, rateSources } from '../../../shared/domain/rates/snapshot.ts';
import { howeverOld } from '../../../shared/domain/rates/valuation.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { LocalDate } from '../../../shared/domain/time.ts';
import type { RateStore } from '../../../shared/ports/rates.ts';
import { type KeptRates, readRatesUntil } from './kept-rates.ts';
import type { RateQuestion } from './question.ts';

/** Where a refused question about a rate was asked. */
export interface RefusedIn {
  readonly rates: RateStore;
  /** What it was answered from. */
  readonly kept: KeptRates;
  /** The present of the state: what is kept of later days is not used. */
  readonly today: LocalDate;
}

/** A sentence with the particulars of one refusal; `undefined` where the general one says it. */
export async function refusedRateInWords(
  { code }: Refusal,
  question: RateQuestion,
  place: RefusedIn,
): Promise<string | undefined> {
  if (code === 'CURRENCY_RETIRED') return retiredInWords(question.to);
  if (code === 'RATE_STALE') {
    return `${staleInWords(question, place)} ${await adviceOn(question, place)}`;
  }
  if (code !== 'RATE_MISSING') return undefined;
  return `${missingInWords(question, place)} ${await adviceOn(question, place)}`;
}

export function retiredInWords(currency: string): string | undefined {
  const retirement = retirementOf(currency);
  if (retirement === undefined) return undefined;
  const { into, from, law } = retirement;
  return `${currency} was replaced by ${into} on ${from} (${law}). Name ${into}.`;
}

export function stateIsAt(day: LocalDate): string {
  return `The state is at ${day}; rates after that are kept and not used.`;
}

function staleInWords(question: RateQuestion, { kept }: RefusedIn): string {
  const { from, to, on, source, staleDays } = question;
  const newest = kept.book.rateAt({ from, to, on, staleDays: howeverOld });
  const day = newest.ok ? `is of ${newest.value.asOf}` : 'is none';
  return (
    `The newest rate of ${source} from ${from} into ${to} by ${on} ${day}, ` +
    `and may be at most ${staleDays} days old.`
  );
}

function missingInWords({ from, to, on, source }: RateQuestion, { kept }: RefusedIn): string {
  const { base } = rateSources[source];
  const missing = [...new Set([currentCurrency(from, on), to])].filter(
    (currency) =>
      currency !== base &&
      !kept.book.rateAt({ from: base, to: currency, on, staleDays: howeverOld }).ok,
  );
  if (missing.length === 0) return `No day of ${source} by ${on} has both ${from} and ${to}.`;
  return `There is no rate of ${missing.join(' nor ')} from ${source} by ${on}.`;
}

/** What would answer the question: the state's time, another source, or else a file. */
async function adviceOn(
  question: RateQuestion,
  { rates, kept, today }: RefusedIn,
): Promise<string> {
  const { source, on } = question;
  const everything = on > today ? await readRatesUntil(rates, source, on) : kept;
  if (everything.days.length > kept.days.length) return stateIsAt(today);
  const until = on < today ? on : today;
  for (const other of Object.keys(rateSources) as RateSource[]) {
    if (other === source) continue;
    const found = (await readRatesUntil(rates, other, until)).book.rateAt(question);
    if (found.ok) return `There is one of ${found.value.asOf} with --source ${other}.`;
  }
  return 'Load a file that has one, if there is any.';
}
