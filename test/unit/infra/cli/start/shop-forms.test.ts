import { expect, it } from 'vitest';
import {
  choiceBody,
  paymentBody,
  quoteBody,
  usualAmount,
} from '../../../../../infra/cli/start/shop-forms.ts';
import type { ShownOffer } from '../../../../../infra/cli/start/shop-shapes.ts';

const place = { country: 'GB', language: 'en' };
const offer: ShownOffer = {
  ...{ rewardId: 'card', kind: 'eGiftCard', name: 'Card', currency: 'GBP', unit: 'PTS' },
  ...{ price: { kind: 'fixed', points: 5 }, minimumPoints: 1n, promisedMinutes: 5 },
};
const band = (minimumMinor: bigint, maximumMinor: bigint) => ({ minimumMinor, maximumMinor });

it.each([
  ['12.5', 'GBP', '1250'],
  ['12', 'GBP', '1200'],
  [' 0.001 ', 'KWD', '1'],
  ['500', 'JPY', '500'],
])('reads %s %s as minor units', (amount, currency, amountMinor) => {
  const fields = new URLSearchParams({ rewardId: 'card', currency, amount });
  expect(quoteBody(fields, place)).toMatchObject({ amountMinor });
});

it('leaves what is no exact amount to the API to refuse', () => {
  const body = (amount: string, currency: string) =>
    quoteBody(new URLSearchParams({ rewardId: 'card', currency, amount }), place).amountMinor;
  expect(body('12.345', 'GBP')).toBe('12.345');
  expect(body('ten', 'GBP')).toBe('ten');
  expect(body('10', 'QQQ')).toBe('10');
  expect(body('-5', 'GBP')).toBe('-500');
});

it('leaves out what nobody has typed', () => {
  const fields = { rewardId: 'spa', currency: 'GBP', amountMinor: '0', points: ' ' };
  const bare = { ...place, rewardId: 'spa', currency: 'GBP' };
  expect(quoteBody(new URLSearchParams(fields), place)).toEqual(bare);
  const listed = { rewardId: 'spa', currency: 'GBP', amountMinor: '500', points: '250' };
  const whole = { ...bare, amountMinor: '500', points: '250' };
  expect(quoteBody(new URLSearchParams(listed), place)).toEqual(whole);
});

it('names one payment by its form, however often that is sent', () => {
  const fields = new URLSearchParams({ key: 'k', amountMinor: '625', currency: 'GBP' });
  expect(paymentBody(fields)).toEqual({
    ...{ paymentId: 'shop-k', amountMinor: '625', currency: 'GBP' },
  });
});

it('offers what can be had: the usual amount, else the smallest', () => {
  expect(usualAmount({ ...offer, bands: [band(1n, 5000n)] }, 1000n)).toBe(1000n);
  expect(usualAmount({ ...offer, bands: [band(2000n, 5000n)] }, 1000n)).toBe(2000n);
  expect(usualAmount(offer, 1000n)).toBe(1000n);
  const offers = [
    { ...offer, kind: 'perk' as const },
    { ...offer, bands: [] },
    ...['a', 'b', 'c', 'd'].map((rewardId) => ({ ...offer, rewardId })),
  ];
  const chosen = ['a', 'b', 'c'].map((rewardId) => ({
    ...{ rewardId, amountMinor: '1000', currency: 'GBP' },
  }));
  expect(choiceBody(offers, place)).toEqual({ sender: 'The shop', rewards: chosen, ...place });
});
