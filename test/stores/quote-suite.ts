import { beforeEach, describe, expect, it } from 'vitest';
import type { Quote } from '../../shared/domain/redemption/terms.ts';
import { addMs, instantOf } from '../../shared/domain/time.ts';
import type { QuoteStore } from '../../shared/ports/offers.ts';
import { day } from '../support/points.ts';
import { collected } from './auditor.ts';

const at = instantOf(Date.parse('2026-06-15T12:00:00Z'));

export function aQuote(parts: Partial<Quote> = {}): Quote {
  return {
    ...{ id: 'q1', program: 'shop', member: 'ann#%', rewardId: 'card', country: 'GB' },
    ...{
      value: { amountMinor: 10n ** 17n, currency: 'JPY' },
      unit: 'PTS',
      points: 10n ** 17n + 1n,
    },
    terms: {
      ...{ rewardName: 'Карта', kind: 'eGiftCard', language: 'en', marginBasisPoints: 250 },
      sources: [{ provider: 'tango', products: ['A', 'B'] }],
      rate: {
        ...{ from: 'JPY', to: 'EUR', rate: { numerator: 1n, denominator: 160n } },
        ...{ asOf: day('2026-06-12'), source: 'ecb' },
      },
      cash: { amountMinor: 7n, currency: 'JPY' },
    },
    ...{ promisedMinutes: 30, quotedAt: at, expiresAt: addMs(at, 900_000) },
    ...parts,
  };
}

/** What every quote store does. */
export function quoteSuite(open: () => Promise<QuoteStore>): void {
  let store: QuoteStore;
  beforeEach(async () => {
    store = await open();
  });
  const read = (quote: string, member = 'ann#%') => store.read({ program: 'shop', member, quote });
  const interested = async (rewardId = 'card') => {
    const found = await collected(store.interested('shop', rewardId));
    return found.map(({ member, kind }) => `${member} ${kind}`).sort();
  };

  describe('a quote', () => {
    it('is kept whole, for its member', async () => {
      expect(await store.put(aQuote())).toBe('done');
      expect(await read('q1')).toEqual(aQuote());
      expect(await read('q1', 'bob')).toBeUndefined();
      expect(await read('q2')).toBeUndefined();
      const bare = aQuote({ id: 'q2', terms: { ...aQuote().terms } });
      const { rate: _, cash: __, ...terms } = bare.terms;
      await store.put({ ...bare, terms });
      expect(await read('q2')).toEqual({ ...bare, terms });
    });

    it('stands as it was put first', async () => {
      await store.put(aQuote());
      expect(await store.put(aQuote({ points: 5n }))).toBe('exists');
      expect(await read('q1')).toEqual(aQuote());
      expect(await store.put(aQuote({ member: 'bob', points: 5n }))).toBe('done');
    });

    it('put by many at once is one of them', async () => {
      const all = [1n, 2n, 3n, 4n].map((points) => aQuote({ points }));
      const outcomes = await Promise.all(all.map((quote) => store.put(quote)));
      expect(outcomes.filter((outcome) => outcome === 'done').length).toBeLessThanOrEqual(1);
      expect(all).toContainEqual(await read('q1'));
    });
  });

  describe('who counts on a reward', () => {
    it('has an open quote of it, or has saved it', async () => {
      await store.put(aQuote());
      await store.put(aQuote({ id: 'q2', rewardId: 'other' }));
      await store.save({ program: 'shop', member: 'bob', rewardId: 'card' });
      await store.save({ program: 'shop', member: 'bob', rewardId: 'card' });
      await store.save({ program: 'elsewhere', member: 'eve', rewardId: 'card' });
      expect(await interested()).toEqual(['ann#% quote', 'bob saved']);
      expect(await interested('other')).toEqual(['ann#% quote']);
      await store.unsave({ program: 'shop', member: 'bob', rewardId: 'card' });
      await store.unsave({ program: 'shop', member: 'bob', rewardId: 'card' });
      expect(await interested()).toEqual(['ann#% quote']);
      const [quoted] = await collected(store.interested('shop', 'card'));
      expect(quoted?.until).toBe(aQuote().expiresAt);
    });
  });
}
