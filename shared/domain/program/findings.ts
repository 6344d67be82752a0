import * as z from 'zod/mini';
import { wordsFor } from './finding-words.ts';
import type { Finding } from './schema.ts';
import { nearest } from './suggest.ts';

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** A JSON pointer (RFC 6901); empty for the whole document. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Reads a value by a schema, or says everything that is wrong with it, and where. */
export function readBySchema<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: unknown,
): { readonly value: z.output<Schema> } | { readonly findings: Finding[] } {
  const parsed = z.safeParse(schema, input, { error: wordsFor });
  if (parsed.success) return { value: parsed.data };
  return { findings: parsed.error.issues.flatMap((issue) => findingsOf(issue, { schema, input })) };
}

interface Read {
  readonly schema: z.core.$ZodType;
  readonly input: unknown;
}

/** `above` is the place of the union in whose branch the issue was found. */
function findingsOf(issue: Issue, read: Read, above: Path = []): Finding[] {
  const path = [...above, ...issue.path];
  const pointer = pointerOf(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(read, path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
      return { pointer: pointerOf([...path, key]), message: `unknown key \`${key}\`${hint}` };
    });
  }
  if (issue.code === 'invalid_key') {
    const [first] = issue.issues;
    return [{ pointer, message: `its name ${first === undefined ? 'is wrong' : sentence(first)}` }];
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [{ pointer, message: sentence(issue) }];
  }
  const [best, ...others] = issue.errors.toSorted((one, other) => misfit(one) - misfit(other));
  if (best === undefined || misfit(best) < 1) {
    return (best ?? []).flatMap((inner) => findingsOf(inner, read, path));
  }
  const sentences = [best, ...others].flatMap((branch) => branch.slice(0, 1).map(sentence));
  return [{ pointer, message: [...new Set(sentences)].join(', or ') }];
}

/** The schema's own messages are nouns: `an ISO 4217 code`. */
function sentence({ code, message }: Issue): string {
  const isNoun = (code === 'invalid_format' || code === 'custom') && !/\bmust\b/.test(message);
  return isNoun ? `must be ${message}` : message;
}

/**
 * How badly a branch of a union fits: from 1 where the value is of another kind altogether; below
 * that, the more issues the worse.
 */
function misfit(issues: readonly Issue[]): number {
  const isOfAnotherKind = issues.some(
    (issue) =>
      (issue.path.length === 0 && issue.code !== 'unrecognized_keys') ||
      (issue.path.length === 1 && issue.code === 'invalid_value' && issue.values.length === 1),
  );
  return isOfAnotherKind ? 1 : 1 - 1 / (issues.length + 1);
}

/** Keys that the schema knows at a place. */
function keysAt({ schema, input }: Read, path: Path): string[] {
  let candidates = concrete(schema, input);
  let value = input;
  for (const key of path) {
    value = memberOf(value, key);
    candidates = candidates.flatMap((candidate) => {
      const next = memberSchema(candidate, key);
      return next === undefined ? [] : concrete(next, value);
    });
  }
  return candidates.flatMap(({ _zod: { def } }) =>
    def.type === 'object' ? Object.keys(def.shape) : [],
  );
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined;
}

function memberSchema(
  { _zod: { def } }: z.core.$ZodTypes,
  key: PropertyKey,
): z.core.$ZodType | undefined {
  if (def.type === 'object') return def.shape[String(key)];
  if (def.type === 'record') return def.valueType;
  return def.type === 'array' ? def.element : undefined;
}

/** The schemas that may judge a value, without what only wraps them. */
function concrete(schema: z.core.$ZodType, value: unknown): z.core.$ZodTypes[] {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  if ('innerType' in def) return concrete(def.innerType, value);
  if (def.type === 'pipe') return concrete(def.in, value);
  if (def.type === 'lazy') return concrete(def.getter(), value);
  if (def.type !== 'union') return [known];
  const options = def.options.flatMap((option) => concrete(option, value));
  const discriminator = 'discriminator' in def ? String(def.discriminator) : undefined;
  if (discriminator === undefined) return options;
  const tag = memberOf(value, discriminator);
  return options.filter(({ _zod }) => _zod.propValues?.[discriminator]?.has(tag as string));
}
