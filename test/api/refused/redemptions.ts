import type { RefusalCode } from '../../../shared/domain/refusal.ts';
import {
  each,
  noAmounts,
  noCountries,
  noCurrencies,
  noEmails,
  noLanguages,
  type Refused,
} from './row.ts';

/** Of whatever asks for a reward at a price. */
function priced(of: string): Refused[] {
  const asked = (code: RefusalCode, field: string, body: object): Refused => {
    return { of, code, field, body: { ...body } };
  };
  return [
    ...each(of, 'INVALID_AMOUNT', 'amountMinor', noAmounts),
    ...each(of, 'INVALID_AMOUNT', 'points', noAmounts),
    ...each(of, 'UNKNOWN_CURRENCY', 'currency', noCurrencies),
    ...each(of, 'INVALID_COUNTRY', 'country', noCountries),
    ...each(of, 'FIELD_MISSING', 'country', [undefined, '']),
    ...each(of, 'FIELD_MISSING', 'rewardId', [undefined, '']),
    ...each(of, 'FIELD_INVALID', 'rewardId', ['x'.repeat(64), 5, null]),
    ...each(of, 'FIELD_INVALID', 'language', noLanguages),
    asked('UNKNOWN_REWARD', 'rewardId', { rewardId: 'yacht' }),
    asked('REWARD_NOT_IN_COUNTRY', 'country', { country: 'FR' }),
    asked('REWARD_CURRENCY_MISMATCH', 'currency', { currency: 'EUR' }),
    asked('AMOUNT_NOT_OFFERED', 'amountMinor', { rewardId: 'cinema-ticket', amountMinor: '1500' }),
    asked('BELOW_MINIMUM', 'amountMinor', { amountMinor: '499' }),
    asked('FIELD_INVALID', 'points', { amountMinor: '1000', points: '1001' }),
    asked('CASH_SHARE_EXCEEDED', 'points', { amountMinor: '1000', points: '499' }),
  ];
}

const quote = 'ten pounds';
const now = 'at the price of now';
const quoted = 'by a quote';
const nobodys = '00000000-0000-8000-8000-000000000000';

export const refusedRedemptions: readonly Refused[] = [
  ...priced(quote),
  { of: quote, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { amountMinor: '900' } },
  { of: quote, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { points: '600' } },
  ...priced(now),
  ...each(now, 'INVALID_EMAIL', 'email', noEmails),
  ...each(now, 'ADDRESS_NOT_WANTED', 'address', [['1 Road', 'London']]),
  ...each(now, 'FIELD_INVALID', 'address', [[], 'Road', Array(9).fill('Road')]),
  ...each(now, 'PARTICIPANT_UNKNOWN', 'participant', ['zoe']),
  { of: now, code: 'INSUFFICIENT_POINTS', field: 'amountMinor', body: { amountMinor: '2500000' } },
  { of: now, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { amountMinor: '900' } },
  { of: now, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { email: 'x@example.com' } },
  { of: quoted, code: 'UNKNOWN_FIELD', field: 'currency', body: { currency: 'GBP' } },
  { of: quoted, code: 'QUOTE_EXPIRED', field: 'quote' },
  ...each(quoted, 'FIELD_MISSING', 'quote', ['']),
  ...each(quoted, 'UNKNOWN_QUOTE', 'quote', ['nothing', 5, nobodys]),
  { of: quoted, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: { email: 'x@example.com' } },
];

const payment = 'what the merchant has collected';
const review = 'let go';
const resend = 'to a corrected address';
const choice = 'one of two';
const cards = (second: object) => {
  const card = { rewardId: 'gift-card-gbp', amountMinor: '1000', currency: 'GBP' };
  return { rewards: [card, { ...card, ...second }] };
};

export const refusedActs: readonly Refused[] = [
  { of: 'before anything is ordered', code: 'ALREADY_DELIVERED', path: { redemption: 'redeem-1' } },
  ...each(payment, 'INVALID_AMOUNT', 'amountMinor', noAmounts),
  ...each(payment, 'UNKNOWN_CURRENCY', 'currency', noCurrencies),
  ...each(payment, 'FIELD_MISSING', 'paymentId', ['', undefined]),
  ...each(payment, 'PAYMENT_MISMATCH', 'amountMinor', ['399', '401']),
  ...each(payment, 'PAYMENT_MISMATCH', 'currency', ['EUR']),
  ...each(payment, 'PAYMENT_CONFLICT', 'paymentId', ['till-78']),
  { of: payment, code: 'PAYMENT_NOT_DUE', path: { redemption: 'redeem-1' } },
  ...each(review, 'FIELD_INVALID', 'decision', ['maybe', 5]),
  ...each(review, 'FIELD_INVALID', 'reason', ['  ', 'x'.repeat(501)]),
  ...each(review, 'FIELD_MISSING', 'reason', ['', undefined]),
  { of: review, code: 'REVIEW_DECIDED', body: { decision: 'block' } },
  { of: review, code: 'UNKNOWN_REVIEW', path: { redemption: 'redeem-1' } },
  ...each(resend, 'INVALID_EMAIL', 'email', noEmails),
  { of: resend, code: 'NOT_DELIVERED', path: { redemption: 'redeem-3' } },
  { of: resend, code: 'RESEND_TOO_SOON' },
  ...each(choice, 'FIELD_INVALID', 'rewards', [[], [cards({}).rewards[0]], 'two']),
  ...each(choice, 'INVALID_COUNTRY', 'country', noCountries),
  ...each(choice, 'INVALID_EMAIL', 'email', noEmails),
  ...each(choice, 'FIELD_INVALID', 'validDays', [0, 366, 1.5]),
  ...each(choice, 'FIELD_MISSING', 'sender', ['', undefined]),
  {
    of: choice,
    code: 'UNKNOWN_REWARD',
    field: 'rewards.1.rewardId',
    body: cards({ rewardId: 'yacht' }),
  },
  {
    of: choice,
    code: 'INVALID_AMOUNT',
    field: 'rewards.1.amountMinor',
    body: cards({ amountMinor: 2 ** 53 }),
  },
  { of: choice, code: 'REWARD_CURRENCY_MISMATCH', body: cards({ currency: 'EUR' }) },
  { of: choice, code: 'IDEMPOTENCY_CONFLICT', sameKey: true, body: cards({ amountMinor: '2000' }) },
];
