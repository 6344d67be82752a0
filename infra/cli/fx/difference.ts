import type { RateDay } from '../../../shared/adapters/rates/rate-day.ts';
import { differingCurrencies } from '../../../shared/domain/rates/admission.ts';
import type { RateSnapshot } from '../../../shared/domain/rates/snapshot.ts';

/** Of many currencies that differ on a day, so many are shown. */
const shownCurrencies = 3;

/** What a day of a file says otherwise than what is kept. */
export interface Difference {
  /** Of the first value that is named, or of the day. */
  readonly line: number;
  /** Such as `USD is 1.1 as kept, 1.2 in the file.` */
  readonly sentence: string;
}

export function differenceOf(
  kept: RateSnapshot,
  { line, snapshot: told, rateLines }: RateDay,
): Difference {
  const differing = differingCurrencies(kept, told);
  const isInBoth = (currency: string) => kept.rates.has(currency) && told.rates.has(currency);
  const currencies = [
    ...differing.filter(isInBoth),
    ...differing.filter((currency) => !isInBoth(currency)),
  ];
  const shown = currencies.slice(0, shownCurrencies).map((currency) => {
    const [before, now] = [kept, told].map((each) => each.rates.get(currency) ?? 'absent');
    return `${currency} is ${before} as kept, ${now} in the file`;
  });
  const more = currencies.length - shown.length;
  const parts = [...shown, ...(more > 0 ? [`and ${more} more differ`] : [])];
  const [first] = currencies.flatMap((currency) => rateLines.get(currency) ?? []);
  return { line: first ?? line, sentence: `${parts.join('; ')}.` };
}
