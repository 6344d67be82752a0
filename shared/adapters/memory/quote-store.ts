import type { Quote } from '../../domain/redemption/terms.ts';
import type { Interest, QuoteStore } from '../../ports/offers.ts';
import { keyOf } from './memory-table.ts';

export function createMemoryQuoteStore(): QuoteStore {
  const quotes = new Map<string, Quote>();
  const saved = new Map<string, { program: string; member: string; rewardId: string }>();
  return {
    async put(quote) {
      const key = keyOf(quote.program, quote.member, quote.id);
      if (quotes.has(key)) return 'exists';
      quotes.set(key, quote);
      return 'done';
    },

    async read({ program, member, quote }) {
      return quotes.get(keyOf(program, member, quote));
    },

    async save(reward) {
      saved.set(keyOf(reward.program, reward.rewardId, reward.member), reward);
    },

    async unsave({ program, member, rewardId }) {
      saved.delete(keyOf(program, rewardId, member));
    },

    async *interested(program, rewardId) {
      const isOf = (one: { program: string; rewardId: string }) =>
        one.program === program && one.rewardId === rewardId;
      const open = [...quotes.values()].filter(isOf).map(({ member, expiresAt }): Interest => {
        return { member, kind: 'quote', until: expiresAt };
      });
      const kept = [...saved.values()].filter(isOf).map(({ member }): Interest => {
        return { member, kind: 'saved' };
      });
      yield* [...open, ...kept];
    },
  };
}
