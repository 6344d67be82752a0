import * as z from 'zod/mini';
import { type Program, programSchema } from '../../domain/program/schema.ts';
import { type ProgramVersion, publishedOf } from '../../domain/program/version.ts';
import { invariant } from '../../domain/result.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { itemAbsent, itemPresent } from './condition.ts';
import { getItems, queryItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { cutJson } from './program-text.ts';
import {
  programNameKey,
  programNamesPartition,
  programPartition,
  programTextKey,
  programVersionKey,
  versionPrefix,
} from './schema.ts';
import { metered, type Table } from './table.ts';
import type { Bill } from './table-client.ts';
import { Transaction } from './transact.ts';

/*
 * Attributes of a version: f from (epoch ms), b its program without product lists, l its product
 * lists by name k. Each is the hash h and the number n of the items that hold its JSON, attribute
 * j. What several versions share stands there once. i tells one call of publish from another.
 */

const nameSchema = z.object({ sk: z.string() });
const textSchema = z.object({ j: z.string() });
const partsSchema = z.object({ h: z.string(), n: wholeNumber });
const versionSchema = z.object({
  f: instantField,
  b: partsSchema,
  l: z.array(z.extend(partsSchema, { k: z.string() })),
});

type Parts = z.output<typeof partsSchema>;
type StoredVersion = z.output<typeof versionSchema>;

export function createProgramStore(table: Table): ProgramStore {
  /** A version never changes: it is read, checked and (by who asks for it) compiled once. */
  const known = new Map<string, ProgramVersion>();
  return {
    async load(name) {
      const stored: StoredVersion[] = [];
      const query = { pk: programPartition(name), skPrefix: versionPrefix };
      for await (const image of queryItems(table, query)) {
        stored.push(parseImage(versionSchema, image, 'program version'));
      }
      const keyOf = (version: StoredVersion) => JSON.stringify([name, version]);
      const unknown = stored.filter((version) => !known.has(keyOf(version)));
      for (const [version, read] of await readVersions(table, name, unknown)) {
        known.set(keyOf(version), read);
      }
      return publishedOf(stored.flatMap((version) => known.get(keyOf(version)) ?? []));
    },

    publish: (version) =>
      metered(table, { operation: 'publish', count: 1 }, (bill) => publish(table, version, bill)),

    withdraw: (name, from) =>
      metered(table, { operation: 'publish', count: 1 }, async (bill) => {
        // Its texts stay: another version may have them too.
        const { kind } = await new Transaction(table)
          .delete('version', programVersionKey(name, from), itemPresent)
          .commit(bill);
        return kind === 'committed' ? 'withdrawn' : 'absent';
      }),

    async *names() {
      for await (const image of queryItems(table, { pk: programNamesPartition })) {
        yield parseImage(nameSchema, image, 'program name').sk;
      }
    },
  };
}

/** The version itself comes last: nobody reads one that is not whole. */
async function publish(
  table: Table,
  { from, program }: ProgramVersion,
  bill: Bill,
): Promise<'published' | 'exists'> {
  const name = program.program;
  const { productLists = {}, ...body } = program;
  const lists: (Parts & { readonly k: string })[] = [];
  for (const [k, value] of Object.entries(productLists)) {
    lists.push({ k, ...(await putText(table, { name, value }, bill)) });
  }
  const i = table.randomness.next().toString();
  const version = { i, f: from, b: await putText(table, { name, value: body }, bill), l: lists };
  await putAlways(table, toImage({ ...programNameKey(name) }), bill);
  const item = toImage({ ...programVersionKey(name, from), ...version });
  const put = await putOnCondition(table, { item, condition: itemAbsent }, bill);
  if (put.kind === 'put') return 'published';
  return put.mayBeOwn && put.existing.i?.S === item.i?.S ? 'published' : 'exists';
}

async function putText(
  table: Table,
  { name, value }: { readonly name: string; readonly value: unknown },
  bill: Bill,
): Promise<Parts> {
  const { hash, texts } = cutJson(value);
  for (const [number, j] of texts.entries()) {
    await putAlways(table, toImage({ ...programTextKey(name, hash, number), j }), bill);
  }
  return { h: hash, n: texts.length };
}

async function readVersions(
  table: Table,
  name: string,
  stored: readonly StoredVersion[],
): Promise<(readonly [StoredVersion, ProgramVersion])[]> {
  const keysOf = ({ h, n }: Parts) =>
    Array.from({ length: n }, (_, number) => programTextKey(name, h, number));
  const parts = stored.flatMap(({ b, l }) => [b, ...l]);
  const imageAt = await getItems(table, parts.flatMap(keysOf));
  const jsonOf = (part: Parts): unknown => {
    const texts = keysOf(part).map((key) => {
      const image = imageAt(key);
      invariant(image !== undefined, `A part of the published program ${name} is missing.`);
      return parseImage(textSchema, image, 'program text').j;
    });
    return JSON.parse(texts.join(''));
  };
  return stored.map((version) => {
    const lists = version.l.map((part) => [part.k, jsonOf(part)]);
    const productLists = lists.length === 0 ? {} : { productLists: Object.fromEntries(lists) };
    const program = readAgain(name, { ...objectOf(jsonOf(version.b)), ...productLists });
    return [version, { from: version.f, program }];
  });
}

const objectOf = (value: unknown) => z.parse(z.record(z.string(), z.unknown()), value);

function readAgain(name: string, stored: unknown): Program {
  // Everything else was checked before it was published.
  const parsed = z.safeParse(programSchema, stored);
  invariant(parsed.success, `The published program ${name} no longer fits its schema.`);
  return parsed.data;
}
