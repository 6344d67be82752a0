import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { ShownOffer, ShownStatus } from './shop-shapes.ts';

export const statusWords: Readonly<Record<ShownStatus, string>> = {
  requested: 'Asked for',
  underReview: 'Somebody has a look at it first',
  awaitingPayment: 'Waiting for the payment',
  ordered: 'Ordered',
  delayed: 'Takes longer than promised',
  delivered: 'Delivered: the mail with the link is on its way',
  beingReplaced: 'Being replaced',
  cancelling: 'Being called off',
  pointsReturned: 'Called off: the points are back',
};

/** Nothing will change by itself any more. */
export const finalStatuses: ReadonlySet<ShownStatus> = new Set(['delivered', 'pointsReturned']);

export const kindWords: Readonly<Record<ShownOffer['kind'], string>> = {
  eGiftCard: 'Gift card',
  prepaidCard: 'Prepaid card',
  experience: 'Experience',
  donation: 'Donation',
  sweepstakeEntry: 'Sweepstake entry',
  perk: 'Perk',
  merchandise: 'Sent by post',
};

/** Such as `1,250 points`. */
export type PointsWords = (points: bigint) => string;

/** With the name that a program gives its unit, by plural category. */
export function pointsWords(names: Readonly<Record<string, string>>): PointsWords {
  const [number, plural] = [new Intl.NumberFormat('en'), new Intl.PluralRules('en')];
  return (points) => {
    const category = points === 1n ? plural.select(1) : 'other';
    return `${number.format(points)} ${names[category] ?? names.other ?? 'points'}`;
  };
}

export function moneyWords(amountMinor: bigint, currency: string): string {
  return formatMoney('en', { amountMinor, currency });
}

export function priceWords(offer: ShownOffer, points: PointsWords): string {
  const least = offer.minimumPoints > 1n ? `, at least ${points(offer.minimumPoints)}` : '';
  return `${rateWords(offer, points)}${least}`;
}

function rateWords({ price, currency }: ShownOffer, points: PointsWords): string {
  if (price.kind === 'fixed') return points(BigInt(price.points));
  if (price.kind === 'perMajorUnit') return `${points(BigInt(price.points))} for each ${currency}`;
  const margin = price.marginBasisPoints / 100;
  return margin === 0 ? 'at the rate of the day' : `at the rate of the day, plus ${margin}\u00a0%`;
}

const openEnd = 10n ** 15n;

/** Face values as a member reads them; a bound that nobody ever meets is left out. */
export function amountsWords({ bands, currency }: ShownOffer): string {
  if (bands === undefined) return 'Any amount';
  const widest = bands.filter(
    (band) => !bands.some((other) => other !== band && holds(other, band)),
  );
  return widest
    .map(({ minimumMinor, maximumMinor }) => {
      const from = moneyWords(minimumMinor, currency);
      if (minimumMinor === maximumMinor) return from;
      if (maximumMinor >= openEnd) return `from ${from}`;
      return `${from} to ${moneyWords(maximumMinor, currency)}`;
    })
    .join(', ');
}

/** For whoever has asked for another amount. */
export function offeredWords(offer: ShownOffer, points: PointsWords): string {
  const { name, bands } = offer;
  const amounts = bands?.length === 0 ? 'no amount is named' : lowerFirst(amountsWords(offer));
  return `${name} can be had for: ${amounts}. Price: ${priceWords(offer, points)}.`;
}

function lowerFirst(words: string): string {
  return words.replace(/^Any /, 'any ');
}

type Band = NonNullable<ShownOffer['bands']>[number];

function holds(outer: Band, inner: Band): boolean {
  return outer.minimumMinor <= inner.minimumMinor && outer.maximumMinor >= inner.maximumMinor;
}

/** The only face values, where no other can be had. */
export function listedAmounts({ bands }: ShownOffer): readonly bigint[] | undefined {
  const isListed = bands?.every(({ minimumMinor, maximumMinor }) => minimumMinor === maximumMinor);
  return isListed ? bands?.map(({ minimumMinor }) => minimumMinor) : undefined;
}

export function durationWords(minutes: number): string {
  if (minutes === 1) return 'a minute';
  if (minutes < 120) return `${minutes} minutes`;
  if (minutes < 2 * 1440) return `${Math.round(minutes / 60)} hours`;
  return `${Math.round(minutes / 1440)} days`;
}

/** Times of a program's zone. */
export function timeWords(timeZone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ dateStyle: 'medium', timeStyle: 'short' },
    timeZone,
  });
  return (instant) => format.format(new Date(instant));
}
