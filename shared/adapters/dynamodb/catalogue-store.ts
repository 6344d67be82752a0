import * as z from 'zod/mini';
import type { CatalogueProduct } from '../../domain/catalogue/product.ts';
import { invariant } from '../../domain/result.ts';
import type { CatalogueState, CatalogueStore } from '../../ports/offers.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { catalogueStateKey, catalogueTextKey } from './catalogue-keys.ts';
import { decodeProducts, encodeProducts } from './catalogue-text.ts';
import { isExactly, itemAbsent } from './condition.ts';
import { getItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { metered, type Table } from './table.ts';
import type { Bill } from './table-client.ts';

/*
 * Attributes of where a catalogue stands: ra read at (epoch ms), v version, i what tells one write
 * from another, c its texts by currency: k currency, h hash, n number of items. Of a text: j, and
 * ttl once it is replaced by another.
 */

const stateSchema = z.object({
  ra: instantField,
  v: wholeNumber,
  c: z.array(z.object({ k: z.string(), h: z.string(), n: wholeNumber })),
});
const textSchema = z.object({ j: z.string() });

type Stored = z.output<typeof stateSchema>;
type Part = Stored['c'][number];

/** Readers that hold a state from before have so long to finish. */
const replacedLifeMs = 24 * 3_600_000;

export function createCatalogueStore(table: Table): CatalogueStore {
  return {
    async state(provider) {
      const stored = await readState(table, provider);
      return stored && stateOf(provider, stored);
    },

    async products(provider, currency) {
      const stored = await readState(table, provider);
      const part = stored?.c.find(({ k }) => k === currency);
      return part === undefined ? [] : readPart(table, provider, part);
    },

    replace(read, { readAt, products }, provider) {
      return metered(table, { operation: 'catalogue', count: 1 }, async (bill) => {
        const stored = await readState(table, provider);
        if (stored?.v !== read?.version) return 'lost';
        const kept = new Map((stored?.c ?? []).map((part) => [part.k, part]));
        const parts: Part[] = [];
        for (const [currency, list] of byCurrency(products)) {
          parts.push(await putPart(table, { provider, currency, list, kept }, bill));
        }
        const i = table.randomness.next().toString();
        const next = { ra: readAt, v: (stored?.v ?? 0) + 1, c: parts, i };
        const item = toImage({ ...catalogueStateKey(provider), ...next });
        const condition = stored === undefined ? itemAbsent : isExactly('v', BigInt(stored.v));
        const put = await putOnCondition(table, { item, condition }, bill);
        const isOwn = put.kind === 'put' || (put.mayBeOwn && put.existing.i?.S === i);
        if (!isOwn) return 'lost';
        const gone = [...kept.values()].filter(({ h }) => !parts.some((part) => part.h === h));
        for (const part of gone) await forget(table, { provider, part, readAt }, bill);
        return 'done';
      });
    },
  };
}

function stateOf(provider: string, { ra, v, c }: Stored): CatalogueState {
  return { provider, readAt: ra, version: v, currencies: c.map(({ k }) => k) };
}

async function readState(table: Table, provider: string): Promise<Stored | undefined> {
  const key = catalogueStateKey(provider);
  const image = (await getItems(table, [key]))(key);
  return image && parseImage(stateSchema, image, 'catalogue');
}

function byCurrency(products: readonly CatalogueProduct[]): Map<string, CatalogueProduct[]> {
  const lists = new Map<string, CatalogueProduct[]>();
  for (const product of products) {
    const list = lists.get(product.currency) ?? [];
    lists.set(product.currency, [...list, product]);
  }
  return lists;
}

interface PartToPut {
  readonly provider: string;
  readonly currency: string;
  readonly list: readonly CatalogueProduct[];
  readonly kept: ReadonlyMap<string, Part>;
}

/** A text that stands already is not written again: most readings change few currencies. */
async function putPart(
  table: Table,
  { provider, currency, list, kept }: PartToPut,
  bill: Bill,
): Promise<Part> {
  const { hash, texts } = encodeProducts(list);
  const part = { k: currency, h: hash, n: texts.length };
  if (kept.get(currency)?.h === hash) return part;
  for (const [number, j] of texts.entries()) {
    await putAlways(table, toImage({ ...catalogueTextKey(provider, hash, number), j }), bill);
  }
  return part;
}

function keysOf(provider: string, { h, n }: Part) {
  return Array.from({ length: n }, (_, number) => catalogueTextKey(provider, h, number));
}

async function readPart(
  table: Table,
  provider: string,
  part: Part,
): Promise<readonly CatalogueProduct[]> {
  const keys = keysOf(provider, part);
  const imageAt = await getItems(table, keys);
  const texts = keys.map((key) => {
    const image: Image | undefined = imageAt(key);
    invariant(image !== undefined, `A part of the catalogue of ${provider} is missing.`);
    return parseImage(textSchema, image, 'catalogue').j;
  });
  return decodeProducts(texts);
}

async function forget(
  table: Table,
  { provider, part, readAt }: { provider: string; part: Part; readAt: number },
  bill: Bill,
): Promise<void> {
  const keys = keysOf(provider, part);
  const imageAt = await getItems(table, keys);
  const ttl = Math.floor((readAt + replacedLifeMs) / 1000);
  for (const key of keys) {
    const image = imageAt(key);
    if (image !== undefined) await putAlways(table, { ...image, ...toImage({ ttl }) }, bill);
  }
}
