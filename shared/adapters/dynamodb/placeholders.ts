import type { Condition } from './condition.ts';

export type Named = Pick<Condition, 'names' | 'values'>;

/**
 * Expressions with placeholders of a letter or two instead of whole words: one that demands every
 * attribute of a full balance stays within the 4 KB of an expression.
 */
export function compacted<Kind extends string>(
  expressions: Readonly<Record<Kind, string>>,
  { names, values }: Named,
): Named & { readonly expressions: Readonly<Record<Kind, string>> } {
  const shortFor = new Map<string, string>();
  const short = (word: string): string => {
    const known = shortFor.get(word) ?? `${word.slice(0, 1)}${shortFor.size.toString(36)}`;
    shortFor.set(word, known);
    return known;
  };
  const texts = Object.entries<string>(expressions).map(([kind, text]) => {
    return [kind, text.replace(/[#:]\w+/g, short)] as const;
  });
  const renamed = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).map(([word, value]) => [short(word), value]));
  return {
    expressions: Object.fromEntries(texts) as Record<Kind, string>,
    names: renamed(names),
    values: renamed(values),
  };
}
