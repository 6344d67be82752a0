import * as z from 'zod/mini';
import type { CodeStore } from '../../ports/stores.ts';
import { parseImage, toImage, wholeNumber } from './attributes.ts';
import { itemAbsent } from './condition.ts';
import { queryItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { attemptSortKey, revealSortKey, sealedPartition } from './schema.ts';
import { metered, type Table } from './table.ts';

/* Attributes of a sealed reward: a attempt, kd link or code, s the sealed text. */

const sealedSchema = z.object({ a: wholeNumber, kd: z.enum(['link', 'code']), s: z.string() });

/** Sorts after every attempt and before the reveals. */
const afterAttempts = 'A';

export function createCodeStore(table: Table): CodeStore {
  return {
    async put(reward) {
      const item = toImage({
        pk: sealedPartition(reward),
        sk: attemptSortKey(reward.attempt),
        a: reward.attempt,
        kd: reward.kind,
        s: reward.sealed,
      });
      const call = { operation: 'dispatch', count: 0, subject: reward.redemption } as const;
      await metered(table, call, (bill) =>
        putOnCondition(table, { item, condition: itemAbsent }, bill),
      );
    },

    async read(key) {
      const last = queryItems(table, {
        pk: sealedPartition(key),
        skBefore: afterAttempts,
        newestFirst: true,
        limit: 1,
      });
      for await (const image of last) {
        const { a, kd, s } = parseImage(sealedSchema, image, 'sealed reward');
        return { ...key, attempt: a, kind: kd, sealed: s };
      }
      return undefined;
    },

    async recordReveal({ revealedAt, revealId, ...key }) {
      const pk = sealedPartition(key);
      const item = toImage({ pk, sk: revealSortKey(revealedAt, revealId), o: revealedAt });
      const call = { operation: 'audit', count: 1, subject: key.redemption } as const;
      await metered(table, call, (bill) => putAlways(table, item, bill));
    },
  };
}
