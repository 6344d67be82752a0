/*
 * How a name is held against a list of names that nothing may be paid to.
 *
 * Names are folded: compatibility forms are taken apart, accents dropped, some letters spelt out
 * (ß is ss), everything in lower case, and what is no letter or digit parts one word from the next.
 * A listed name is met where each of its words is met by a word of the person's name, in whatever
 * order and whatever else the name has. Words meet where they are equal, or where both have five
 * letters or more and are one edit apart: a letter more, less, other, or two neighbours swapped.
 *
 * So a hit is a likeness and no proof: a person decides. Names in two scripts never meet: lists
 * carry the spellings.
 */

export interface SanctionsIndex {
  /** The listed names that a name meets, as the list has them. */
  hits(name: string): readonly string[];
}

interface Listed {
  readonly name: string;
  readonly words: readonly string[];
}

const spelt: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' },
};

/** From this length on, words may differ by one edit. */
const lenientLength = 5;

/** Empty where a text has no letter and no digit. */
export function foldedWords(name: string): readonly string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const known = plain.replace(/[ßæœøđðłþı]/g, (letter) => spelt[letter] ?? letter);
  return known.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Prepared once for a list; a question then looks at few names of it. */
export function sanctionsIndex(names: Iterable<string>): SanctionsIndex {
  const byVariant = new Map<string, Listed[]>();
  for (const name of names) {
    const words = foldedWords(name);
    const [longest] = [...words].sort((left, right) => right.length - left.length);
    if (longest === undefined) continue;
    const listed = { name, words };
    for (const variant of variantsOf(longest)) {
      const others = byVariant.get(variant);
      if (others === undefined) byVariant.set(variant, [listed]);
      else others.push(listed);
    }
  }
  return {
    hits: (name) => {
      const words = foldedWords(name);
      const near = words.flatMap(variantsOf).flatMap((variant) => byVariant.get(variant) ?? []);
      const met = [...new Set(near)].filter((listed) => meets(listed.words, words));
      return met.map((listed) => listed.name);
    },
  };
}

/** A word and, where it may differ, it without any one letter: words that meet share one. */
function variantsOf(word: string): string[] {
  if (word.length < lenientLength) return [word];
  const shorter = Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
  return [...new Set([word, ...shorter])];
}

function meets(listed: readonly string[], words: readonly string[]): boolean {
  return listed.every((wanted) => words.some((word) => isMet(wanted, word)));
}

function isMet(left: string, right: string): boolean {
  if (left === right) return true;
  const isLenient = left.length >= lenientLength && right.length >= lenientLength;
  return isLenient && isOneEdit(left, right);
}

function isOneEdit(left: string, right: string): boolean {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left];
  if (longer.length - shorter.length > 1) return false;
  let from = 0;
  while (from < shorter.length && longer[from] === shorter[from]) from += 1;
  if (longer.length > shorter.length) return longer.slice(from + 1) === shorter.slice(from);
  if (longer.slice(from + 1) === shorter.slice(from + 1)) return true;
  const swapped = `${longer[from + 1] ?? ''}${longer[from] ?? ''}${longer.slice(from + 2)}`;
  return swapped === shorter.slice(from);
}
