import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { type CatalogueProduct, rewardKinds } from '../../domain/catalogue/product.ts';
import { systemDigest } from '../crypto.ts';

/** Characters of one item; an item holds at most 400 KB with its key (aws-facts 1.1). */
const charactersPerItem = 350_000;
/** A text above this when inflated is not one of ours. */
const maximumBytes = 64 * 1024 * 1024;

const digits = z.pipe(
  // Some name an upper end that nobody ever meets.
  z.string().check(z.regex(/^\d{1,40}$/)),
  z.transform((text: string) => BigInt(text)),
);

const productSchema = z.strictObject({
  provider: z.string(),
  product: z.string(),
  name: z.string(),
  brand: z.string(),
  kind: z.enum(rewardKinds),
  currency: z.string(),
  bands: z.array(
    z.strictObject({
      minimumMinor: digits,
      maximumMinor: digits,
      stepMinor: z.optional(digits),
    }),
  ),
  countries: z.array(z.string()),
  languages: z.array(z.string()),
  disclosure: z.optional(z.string()),
  image: z.optional(z.string()),
  deliveryMinutes: z.int(),
  costBasisPoints: z.int(),
  fee: z.optional(z.strictObject({ currency: z.string(), amountMinor: digits })),
  orderable: z.boolean(),
  program: z.optional(z.string()),
});

export interface CatalogueText {
  /** Of the products, in whatever order they came. */
  readonly hash: string;
  /** Compressed, base64, cut so that each fits an item. */
  readonly texts: readonly string[];
}

export function encodeProducts(products: readonly CatalogueProduct[]): CatalogueText {
  const sorted = [...products].sort((left, right) => (left.product < right.product ? -1 : 1));
  const json = JSON.stringify(sorted, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const packed = deflateRawSync(Buffer.from(json, 'utf8')).toString('base64');
  const texts: string[] = [];
  for (let from = 0; from < packed.length; from += charactersPerItem) {
    texts.push(packed.slice(from, from + charactersPerItem));
  }
  return { hash: systemDigest.sha256Short(json), texts };
}

/** Throws where the texts are not what `encodeProducts` made. */
export function decodeProducts(texts: readonly string[]): CatalogueProduct[] {
  const packed = Buffer.from(texts.join(''), 'base64');
  const json = inflateRawSync(packed, { maxOutputLength: maximumBytes }).toString('utf8');
  const products = z.parse(z.array(productSchema), JSON.parse(json));
  return products.map(({ disclosure, image, fee, bands, program, ...product }) => ({
    ...product,
    bands: bands.map(({ stepMinor, ...band }) => ({ ...band, ...(stepMinor && { stepMinor }) })),
    ...(disclosure !== undefined && { disclosure }),
    ...(image !== undefined && { image }),
    ...(fee && { fee }),
    ...(program !== undefined && { program }),
  }));
}
