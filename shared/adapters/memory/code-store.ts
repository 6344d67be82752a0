import { formatInstant } from '../../domain/time.ts';
import type { CodeStore } from '../../ports/stores.ts';
import { keyOf, type MemoryTable } from './memory-table.ts';

export function createMemoryCodeStore(table: MemoryTable): CodeStore {
  return {
    async put(reward) {
      const { program, redemption, attempt } = reward;
      const key = keyOf(program, redemption, attempt.toString());
      if (!table.sealed.has(key)) table.sealed.set(key, reward);
    },
    async read({ program, redemption }) {
      const ofRedemption = [...table.sealed.values()].filter(
        (reward) => reward.program === program && reward.redemption === redemption,
      );
      return ofRedemption.sort((left, right) => right.attempt - left.attempt)[0];
    },
    async recordReveal({ program, redemption, revealedAt, revealId }) {
      const key = keyOf(program, redemption, formatInstant(revealedAt), revealId);
      table.reveals.set(key, revealedAt);
    },
  };
}
