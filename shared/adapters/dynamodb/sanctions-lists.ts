import * as z from 'zod/mini';
import { sanctionsIndex } from '../../domain/payout/sanctions.ts';
import { invariant } from '../../domain/result.ts';
import type { KeptList, SanctionsStore } from '../../ports/payouts.ts';
import { instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { isExactly, itemAbsent } from './condition.ts';
import { getItem, getItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { cutJson } from './program-text.ts';
import { type ItemKey, part } from './schema.ts';
import { metered, type Table } from './table.ts';

/*
 * | who asks   | what                     | operation     | pk      | sk       |
 * |------------|--------------------------|---------------|---------|----------|
 * | payout run | which texts make a list  | Get; Put      | SL#list | LIST     |
 * | payout run | its names, JSON in parts | BatchGet; Put | SL#list | T#hash#n |
 *
 * Attributes of a list: h the hash and n the number of its texts, c how many names, o loaded at; of
 * a text: j. The list itself is written last, so that nobody reads half of one.
 */

const listSchema = z.object({ h: z.string(), n: wholeNumber, c: wholeNumber, o: instantField });
const textSchema = z.object({ j: z.string() });
const namesSchema = z.array(z.string());

export function createSanctionsStore(table: Table): SanctionsStore {
  return {
    async index(list) {
      const image = await getItem(table, listKey(list));
      if (image === undefined) return undefined;
      const { h, n } = parseImage(listSchema, image, 'sanctions list');
      const keys = Array.from({ length: n }, (_, number) => textKey(list, h, number));
      const imageAt = await getItems(table, keys);
      const texts = keys.map((key) => {
        const text = imageAt(key);
        invariant(text !== undefined, `A part of the list ${list} is missing.`);
        return parseImage(textSchema, text, 'sanctions text').j;
      });
      return sanctionsIndex(z.parse(namesSchema, JSON.parse(texts.join(''))));
    },
    async stamp(list) {
      const image = await getItem(table, listKey(list));
      return image && parseImage(listSchema, image, 'sanctions list').h;
    },
    keep: (kept, replaced) =>
      metered(table, { operation: 'audit', count: 1 }, async (bill) => {
        const { list, names, loadedAt } = kept;
        const { hash, texts } = cutJson(names);
        for (const [number, j] of texts.entries()) {
          await putAlways(table, toImage({ ...textKey(list, hash, number), j }), bill);
        }
        const fields = { h: hash, n: texts.length, c: names.length, o: loadedAt };
        const item = toImage({ ...listKey(list), ...fields });
        if (replaced === undefined) {
          await putAlways(table, item, bill);
          return 'kept';
        }
        const { stamp } = replaced;
        const condition = stamp === undefined ? itemAbsent : isExactly('h', stamp);
        const outcome = await putOnCondition(table, { item, condition }, bill);
        // Whoever has put the same names was as right.
        const isKept = outcome.kind === 'put' || outcome.existing.h?.S === hash;
        return isKept ? 'kept' : 'lost';
      }),
  };
}

type List = KeptList['list'];

function listPartition(list: List): string {
  return `SL#${part(list)}`;
}

function listKey(list: List): ItemKey {
  return { pk: listPartition(list), sk: 'LIST' };
}

function textKey(list: List, hash: string, number: number): ItemKey {
  return { pk: listPartition(list), sk: `T#${hash}#${number.toString().padStart(3, '0')}` };
}
