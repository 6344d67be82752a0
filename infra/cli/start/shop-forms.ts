import { decimalReader, isWhole, toWhole } from '../../../shared/domain/import/decimal.ts';
import { currencyExponent } from '../../../shared/domain/money/currency.ts';
import type { Place } from './shop-api.ts';
import type { ShownOffer } from './shop-shapes.ts';

const readDecimal = decimalReader({ decimalSeparator: '.' });

export function placeIn(fields: URLSearchParams, language: string): Place {
  return { country: fields.get('country') ?? '', language: fields.get('language') ?? language };
}

/** The body of a quote, as it was typed; what is no amount is left for the API to refuse. */
export function quoteBody(fields: URLSearchParams, place: Place): Record<string, string> {
  const text = (name: string) => fields.get(name)?.trim() ?? '';
  const [rewardId, currency, points] = [text('rewardId'), text('currency'), text('points')];
  const amountMinor = text('amountMinor') || minorDigits(text('amount'), currency);
  return {
    ...{ ...place, rewardId, currency },
    // A reward without a face value is asked for without one.
    ...(amountMinor !== '' && amountMinor !== '0' && { amountMinor }),
    ...(points !== '' && { points }),
  };
}

/** `12.5` of a currency with two decimals is `1250`. */
function minorDigits(typed: string, currency: string): string {
  const value = readDecimal(typed);
  const exponent = currencyExponent(currency);
  if (value === undefined || exponent === undefined || !isWhole(value, exponent)) return typed;
  return toWhole(value, exponent).toString();
}

/** Of the cash part that the shop has collected. */
export function paymentBody(fields: URLSearchParams): Record<string, string> {
  const text = (name: string) => fields.get(name) ?? '';
  return {
    ...{ paymentId: `shop-${text('key')}`, amountMinor: text('amountMinor') },
    currency: text('currency'),
  };
}

const choiceSize = 3;
/** Ten of most currencies. */
export const usualMinor = 1000n;

/** The first few gift cards, of the usual amount where they have it, else of their smallest. */
export function choiceBody(offers: readonly ShownOffer[], place: Place): object {
  const cards = offers.filter(({ kind, bands }) => kind === 'eGiftCard' && bands?.length !== 0);
  const offered = cards.slice(0, choiceSize).map((offer) => {
    const { rewardId, currency } = offer;
    return { rewardId, currency, amountMinor: usualAmount(offer, usualMinor).toString() };
  });
  return { sender: 'The shop', rewards: offered, ...place };
}

/** In minor units: what is wanted where it can be had, else the smallest face value. */
export function usualAmount({ bands = [] }: ShownOffer, wantedMinor: bigint): bigint {
  const isHeld = bands.some(
    ({ minimumMinor, maximumMinor }) => wantedMinor >= minimumMinor && wantedMinor <= maximumMinor,
  );
  return isHeld ? wantedMinor : (bands[0]?.minimumMinor ?? wantedMinor);
}
