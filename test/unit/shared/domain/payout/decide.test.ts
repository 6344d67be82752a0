import { describe, expect, it } from 'vitest';
import { type PayoutQuestion, planPayout } from '../../../../../shared/domain/payout/decide.ts';
import { type Rate, rateOf } from '../../../../../shared/domain/rates/rate.ts';
import { type Refusal, refusal } from '../../../../../shared/domain/refusal.ts';
import { failure, type Result, success } from '../../../../../shared/domain/result.ts';
import { day } from '../../../../support/points.ts';
import { policyOf } from './rails.ts';

const half = { numerator: 1n, denominator: 2n };

function halfRate(from: string, to: string): Result<Rate, Refusal> {
  const parts = { from, to, asOf: day('2026-03-13'), source: 'ecb', path: [from, to] };
  return success(rateOf(half, parts));
}

const asked: PayoutQuestion = {
  policy: policyOf(),
  choice: { rail: 'bank', currency: 'EUR', country: 'DE' },
  ...{ hasPayee: true, isListed: false, rateOf: halfRate },
  available: { amountMinor: 2_500n, currency: 'EUR' },
};

const plan = (change: Partial<PayoutQuestion>) => planPayout({ ...asked, ...change });
const choice = asked.choice ?? { rail: '', currency: '', country: '' };
const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const dollars = (amountMinor: bigint) => ({ amountMinor, currency: 'USD' });

describe('a wallet is not paid out, with the reason', () => {
  it.each<[string, Partial<PayoutQuestion>]>([
    ['NO_CHOICE', { choice: undefined }],
    ['RAIL_NOT_OFFERED', { choice: { ...choice, rail: 'carrier-pigeon' } }],
    ['CURRENCY_NOT_ON_RAIL', { choice: { ...choice, currency: 'GBP' } }],
    ['COUNTRY_BLOCKED', { policy: policyOf({}, { blockedCountries: ['DE'] }) }],
    [
      'COUNTRY_BLOCKED',
      { policy: policyOf({}, { blockedCountries: ['FR'] }), payeeCountries: ['DE', 'FR'] },
    ],
    ['COUNTRY_NOT_ON_RAIL', { policy: policyOf({ countries: ['FR'] }) }],
    ['PAYEE_MISSING', { hasPayee: false }],
    ['CHARITY_MISSING', { policy: policyOf({ kind: 'donation' }) }],
    ['BELOW_THRESHOLD', { available: euros(999n) }],
    ['BELOW_THRESHOLD', { available: dollars(1_999n) }],
    [
      'FEE_TAKES_ALL',
      { policy: policyOf({ fee: { bearer: 'member', fixedMinor: { EUR: 2_500 } } }) },
    ],
    [
      'RATE_MISSING',
      { available: dollars(2_500n), rateOf: () => failure(refusal('RATE_MISSING')) },
    ],
  ])('%s', (hindrance, change) => {
    expect(plan(change)).toBe(hindrance);
  });
});

describe('a wallet is paid out', () => {
  it.each<[string, Partial<PayoutQuestion>, { net: object; doubts: readonly string[] }]>([
    ['whole, in its own currency', {}, { net: euros(2_500n), doubts: [] }],
    ['from the threshold on', { available: euros(1_000n) }, { net: euros(1_000n), doubts: [] }],
    ['converted, down', { available: dollars(2_501n) }, { net: euros(1_250n), doubts: [] }],
    [
      'less the fee that the member bears',
      {
        policy: policyOf({ fee: { bearer: 'member', fixedMinor: { EUR: 50 }, basisPoints: 100 } }),
      },
      { net: euros(2_425n), doubts: [] },
    ],
    [
      'whole where the program bears the fee',
      { policy: policyOf({ fee: { bearer: 'program', basisPoints: 100 } }) },
      { net: euros(2_500n), doubts: [] },
    ],
    [
      'with a fee that is never more than its maximum',
      {
        policy: policyOf({
          fee: { bearer: 'member', basisPoints: 5_000, maximumMinor: { EUR: 100 } },
        }),
      },
      { net: euros(2_400n), doubts: [] },
    ],
    [
      'in part where the rest is given away, by the threshold of the whole',
      {
        choice: { ...choice, donation: { charity: 'food-bank', percent: 25 } },
        available: euros(1_002n),
      },
      { net: euros(751n), doubts: [] },
    ],
    [
      'to a charity, in the wallet’s own currency',
      {
        policy: policyOf({ kind: 'donation' }),
        choice: { ...choice, donation: { charity: 'food-bank', percent: 25 } },
        available: dollars(2_500n),
      },
      { net: dollars(0n), doubts: [] },
    ],
    ['once a hit is looked at', { isListed: true }, { net: euros(2_500n), doubts: ['sanctions'] }],
    [
      'once a second person has seen the amount',
      { policy: policyOf({ maximumMinor: { EUR: 2_000 } }, { secondPersonFrom: { EUR: 2_500 } }) },
      { net: euros(2_500n), doubts: ['amount', 'maximum'] },
    ],
  ])('%s', (_, change, expected) => {
    const planned = plan(change);
    if (typeof planned === 'string') throw new Error(planned);
    expect({ net: planned.amounts.net, doubts: planned.doubts }).toEqual(expected);
  });
});
