import * as z from 'zod/mini';
import type { QuoteStore } from '../../ports/offers.ts';
import { type Image, instantField, parseImage, toImage } from './attributes.ts';
import { itemAbsent, itemPresent } from './condition.ts';
import { getItem, queryItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { encodeQuote, forgottenAt, parseQuote } from './quote-item.ts';
import { interestPartition, quotedInterestKey, quoteKey, savedInterestKey } from './quote-keys.ts';
import { metered, type Table } from './table.ts';
import { Transaction } from './transact.ts';

/* Attributes of an interest: m member, e when a quote expires (absent: saved), ttl. */

const interestSchema = z.object({ m: z.string(), e: z.optional(instantField) });

export function createQuoteStore(table: Table): QuoteStore {
  return {
    put(quote) {
      const { id, member, expiresAt } = quote;
      const interest = toImage({
        ...quotedInterestKey(quote, id),
        ...{ m: member, e: expiresAt, ttl: forgottenAt(expiresAt) },
      });
      return metered(table, { operation: 'quote', count: 1 }, async (bill) => {
        // First: of a quote that nobody hears about again, at worst somebody is told too much.
        await putAlways(table, interest, bill);
        const put = { item: encodeQuote(quote), condition: itemAbsent };
        const outcome = await putOnCondition(table, put, bill);
        if (outcome.kind === 'put') return 'done';
        if (outcome.mayBeOwn && isSame(outcome.existing, put.item)) return 'done';
        bill.count = 0;
        return 'exists';
      });
    },

    async read({ program, member, quote }) {
      const image = await getItem(table, quoteKey({ program, member }, quote));
      return image && parseQuote(image);
    },

    async save(reward) {
      const item = toImage({ ...savedInterestKey(reward), m: reward.member });
      const call = { operation: 'quote', count: 0 } as const;
      await metered(table, call, (bill) => putAlways(table, item, bill));
    },

    async unsave(reward) {
      const removal = new Transaction(table).delete('saved', savedInterestKey(reward), itemPresent);
      const call = { operation: 'quote', count: 0 } as const;
      await metered(table, call, (bill) => removal.commit(bill));
    },

    async *interested(program, rewardId) {
      const pk = interestPartition(program, rewardId);
      for await (const image of queryItems(table, { pk })) {
        const { m: member, e } = parseImage(interestSchema, image, 'interest');
        if (e === undefined) yield { member, kind: 'saved' };
        else yield { member, kind: 'quote', until: e };
      }
    },
  };
}

/** A put whose answer was lost meets itself. */
function isSame(existing: Image, written: Image): boolean {
  return JSON.stringify(encodeQuote(parseQuote(existing))) === JSON.stringify(written);
}
