import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { InvariantError } from '../../domain/result.ts';
import { instantOf } from '../../domain/time.ts';

/** An item as the service sends and takes it. */
export type Image = Record<string, AttributeValue>;

/**
 * What items of this table are made of: whole numbers, texts, lists and maps. `undefined` is left
 * out.
 */
export type Field =
  | string
  | number
  | bigint
  | readonly Field[]
  | { readonly [name: string]: Field | undefined };

export type Fields = Readonly<Record<string, Field | undefined>>;

function isList(field: Field): field is readonly Field[] {
  return Array.isArray(field);
}

export function toAttribute(field: Field): AttributeValue {
  if (typeof field === 'string') return { S: field };
  if (typeof field === 'number' || typeof field === 'bigint') return { N: field.toString() };
  if (isList(field)) return { L: field.map(toAttribute) };
  return { M: toImage(field) };
}

export function toImage(fields: Fields): Image {
  const image: Image = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field !== undefined) image[name] = toAttribute(field);
  }
  return image;
}

const attribute = z.union([
  z.object({ S: z.string() }),
  z.object({ N: z.string().check(z.regex(/^-?\d{1,38}$/, 'a whole number')) }),
  z.object({ L: z.array(z.unknown()) }),
  z.object({ M: z.record(z.string(), z.unknown()) }),
]);

/** Numbers become bigint: nothing in the table has a fraction. */
function fromAttribute(value: unknown): unknown {
  const known = z.parse(attribute, value);
  if ('S' in known) return known.S;
  if ('N' in known) return BigInt(known.N);
  if ('L' in known) return known.L.map(fromAttribute);
  return fromAttributes(known.M);
}

function fromAttributes(image: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => [name, fromAttribute(value)]),
  );
}

/**
 * Parses an item, or a stream record's image of one. Throws on one that does not fit: the message
 * names fields, never values.
 */
export function parseImage<Schema extends z.ZodMiniType>(
  schema: Schema,
  image: Readonly<Record<string, unknown>>,
  what: string,
): z.output<Schema> {
  let fields: Record<string, unknown>;
  try {
    fields = fromAttributes(image);
  } catch {
    throw new InvariantError(`A stored ${what} has an attribute of an unknown type.`);
  }
  const parsed = z.safeParse(schema, fields);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new InvariantError(`A stored ${what} does not fit its schema at: ${paths}.`);
}

export const wholeNumber = z.pipe(
  z.bigint().check(z.gte(BigInt(Number.MIN_SAFE_INTEGER)), z.lte(BigInt(Number.MAX_SAFE_INTEGER))),
  z.transform((value) => Number(value)),
);

export const instantField = z.pipe(
  wholeNumber,
  z.transform((value) => instantOf(value)),
);
