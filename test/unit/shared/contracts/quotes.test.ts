import { describe, expect, it } from 'vitest';
import { problemOf } from '../../../../shared/contracts/problem.ts';
import { quoteView, readQuote } from '../../../../shared/contracts/quotes.ts';
import type { Quote } from '../../../../shared/domain/redemption/terms.ts';
import { instantOf } from '../../../../shared/domain/time.ts';
import { day } from '../../../support/points.ts';

const good = { rewardId: 'card', amountMinor: '1000', currency: 'GBP', country: 'GB' };

describe('what is asked of a quote', () => {
  it('is a reward, and what the member wants of it', () => {
    expect(readQuote('ann', good)).toEqual({
      ok: true,
      value: { ...good, member: 'ann', amountMinor: 1000n },
    });
    const { amountMinor: _, ...thing } = good;
    expect(readQuote('ann', { ...thing, points: 700, language: 'de' })).toEqual({
      ok: true,
      value: { ...thing, member: 'ann', points: 700n, language: 'de' },
    });
  });

  it.each([
    [{ amountMinor: 0 }, 'INVALID_AMOUNT', 'amountMinor'],
    [{ points: '-1' }, 'INVALID_AMOUNT', 'points'],
    [{ currency: 'XXX' }, 'UNKNOWN_CURRENCY', 'currency'],
    [{ country: 'England' }, 'INVALID_COUNTRY', 'country'],
    [{ rewardId: undefined }, 'FIELD_MISSING', 'rewardId'],
    [{ email: 'ann@example.com' }, 'UNKNOWN_FIELD', 'email'],
  ])('%j is refused', (parts, code, field) => {
    expect(readQuote('ann', { ...good, ...parts })).toEqual({
      ok: false,
      failure: { code, field },
    });
  });

  it.each([null, [], 'text'])('a body that is no object: %j', (body) => {
    expect(readQuote('ann', body)).toEqual({ ok: false, failure: { code: 'MALFORMED_JSON' } });
  });
});

it('a quote is told with amounts as digits, and its rate as a fraction', () => {
  const rate = { from: 'JPY', to: 'EUR', rate: { numerator: 1n, denominator: 160n } };
  const quote: Quote = {
    ...{ id: 'q', program: 'p', member: 'ann', rewardId: 'card', country: 'JP', unit: 'PTS' },
    ...{ value: { amountMinor: 5000n, currency: 'JPY' }, points: 2500n, promisedMinutes: 30 },
    terms: {
      ...{ rewardName: 'Card', kind: 'eGiftCard', language: 'en', marginBasisPoints: 250 },
      ...{ sources: [{ provider: 'tango', products: ['A'] }] },
      rate: { ...rate, asOf: day('2026-06-12'), source: 'ecb' },
      cash: { amountMinor: 7n, currency: 'JPY' },
    },
    ...{ quotedAt: instantOf(0), expiresAt: instantOf(900_000) },
  };
  const limit = { limit: 'm', unit: 'PTS', window: 'month', resetsOn: day('2026-07-01') } as const;
  const means = { shortBy: 500n, limits: [{ ...limit, pointsLeft: 20n }] };
  const view = quoteView({ quote, means });
  expect(view).toMatchObject({
    ...{ quote: 'q', points: '2500', amountMinor: '5000', currency: 'JPY', marginBasisPoints: 250 },
    ...{ cash: { amountMinor: '7', currency: 'JPY' }, promisedMinutes: 30 },
    rate: { from: 'JPY', to: 'EUR', rate: '1/160', asOf: '2026-06-12', source: 'ecb' },
    expiresAt: '1970-01-01T00:15:00.000Z',
    ...{ affordable: false, shortBy: '500', limits: [{ ...limit, pointsLeft: '20' }] },
  });
  const rich = quoteView({ quote, means: { shortBy: 0n, limits: [] } });
  expect(rich).toMatchObject({ affordable: true });
  expect(rich).not.toHaveProperty('shortBy');
  expect(rich).not.toHaveProperty('limits');
  expect(quoteView({ quote, means: { ...means, shortBy: 0n } })).toMatchObject({
    affordable: false,
  });
  // Whom we buy from is nobody's business.
  expect(JSON.stringify(view)).not.toContain('tango');
});

it('a refusal of what is gone names what is nearest', () => {
  const near = { rewardId: 'x', name: 'X', kind: 'eGiftCard', currency: 'GBP' } as const;
  const alternatives = [{ ...near, amountMinor: 500n }, near];
  expect(problemOf({ code: 'REWARD_UNAVAILABLE', alternatives })).toMatchObject({
    ...{ code: 'REWARD_UNAVAILABLE', status: 422 },
    alternatives: [{ ...near, amountMinor: '500' }, near],
  });
});

it('a limit that is met says what is left of it, and when it begins anew', () => {
  const limits = [
    { limit: 'm', unit: 'PTS', window: 'month', timesLeft: 0n, resetsOn: day('2026-07-01') },
    { limit: 'l', unit: 'PTS', window: 'lifetime', pointsLeft: 7n },
  ] as const;
  expect(problemOf({ code: 'LIMIT_REACHED', limits })).toMatchObject({
    limits: [
      { limit: 'm', unit: 'PTS', window: 'month', timesLeft: '0', resetsOn: '2026-07-01' },
      { limit: 'l', unit: 'PTS', window: 'lifetime', pointsLeft: '7' },
    ],
  });
});
